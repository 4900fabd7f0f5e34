"""The pieces that edits are made of: what is put only where something else stands, and texts."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.text import KEPT_LIMIT, plain_text

_BREAKS: Final = re.compile(r"\s*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+\s*")


def put(place: Place, before: Value | None, after: Value) -> Iterator[Edit]:
    """Yield the edit that lets `place` say `after`, unless it says so already."""
    if before != after:
        yield Put(place, after)


def remove(place: Place, before: object) -> Iterator[Edit]:
    """Yield the edit that lets `place` say nothing, unless it says nothing already."""
    if before is not None:
        yield Remove(place)


def put_text(place: Place, before: str | None, text: str) -> Iterator[Edit]:
    """Yield the edit that lets `place` say `text`; an empty text is removed."""
    said = one_line(text)
    yield from put(place, before, said) if said else remove(place, before)


def one_line(text: str) -> str:
    """Return `text` on one line and safe to show: what a reader would make of it anyway.

    Raises UsageError where it is too long to be kept.
    """
    if len(text) > KEPT_LIMIT:
        raise UsageError(f"the text has {len(text)} characters: write at most {KEPT_LIMIT}")
    return plain_text(_BREAKS.sub(" ", text).strip())


def required_line(text: str, what: str) -> str:
    """Return `text` as one line; raises UsageError where nothing is said."""
    said = one_line(text)
    if not said:
        raise UsageError(f"the {what} is empty: say it in a few words")
    return said


def number(value: float) -> int | float:
    """Return `value` as it is written: without a fraction where it has none."""
    return int(value) if value == int(value) else value


def whole_second(now: datetime) -> datetime:
    """Return `now` without its fraction of a second: stamps are for people."""
    return now.replace(microsecond=0)
