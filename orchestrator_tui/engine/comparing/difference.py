"""What differs between two versions of an entry, and how it is told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.comparing.notation import written

Id = TypeVar("Id", bound=str)
Each = TypeVar("Each", bound=Entry)

_NAMES: Final = {"mission", "title", "name"}
"""Fields whose new value a sentence about the entry begins with."""
_FEW_WORDS: Final = 30
"""Characters of a value that stands in a sentence."""


class Found(NamedTuple):
    """A change that was found: an event, but for when it was seen."""

    kind: EventKind
    subject: str
    text: str
    actor: str = ""
    before: str = ""
    after: str = ""
    stamp: datetime | None = None
    """When it happened, as far as the mission says so."""


class Difference(NamedTuple):
    """One field in which two versions of an entry differ."""

    field: str
    """As it is written in the file."""
    before: object
    after: object


def pairs(
    old: Mapping[Id, Each], new: Mapping[Id, Each]
) -> Iterator[tuple[Id, Each | None, Each | None]]:
    """Yield the entries that differ: with no old one where added, no new one where removed."""
    for key, each in new.items():
        before = old.get(key)
        if before is not each and before != each:
            yield key, before, each
    for key, each in old.items():
        if key not in new:
            yield key, each, None


def differences(old: Entry, new: Entry) -> list[Difference]:
    """Return the fields in which two entries differ, in the order of the format."""
    return [
        Difference(field.alias or name, getattr(old, name), getattr(new, name))
        for name, field in type(new).model_fields.items()
        if getattr(old, name) != getattr(new, name)
    ]


def told(
    kind: EventKind,
    subject: str,
    text: str,
    found: Iterable[Difference],
    *,
    actor: str = "",
    stamp: datetime | None = None,
) -> Found:
    """Return the event that tells of some differences; when a report was made is its stamp."""
    fields = [each for each in found if each.field != "updated"]
    before = [(each.field, each.before) for each in fields]
    after = [(each.field, each.after) for each in fields]
    return Found(kind, subject, text, actor, _words(before), _words(after), stamp)


def changed(kind: EventKind, subject: str, name: str, found: Iterable[Difference]) -> Found:
    """Return the event that names the fields of an entry that changed, by whom nobody can tell.

    Of one field whose value is short, that is named, too.
    """
    fields = list(found)
    value = _short_value(fields)
    if value:
        text = f"{shorten(name)}: {fields[0].field} {value}"
    else:
        text = f"{shorten(name)} changed: {', '.join(each.field for each in fields)}"
    return told(kind, subject, text, fields)


def appeared(kind: EventKind, subject: str, noun: str, name: str) -> Found:
    """Return the event that something was added to the plan."""
    return Found(kind, subject, f"{noun} added: {shorten(name)}", after=shorten(name))


def vanished(kind: EventKind, subject: str, noun: str, name: str) -> Found:
    """Return the event that something was taken out of the plan."""
    return Found(kind, subject, f"{noun} removed: {shorten(name)}", before=shorten(name))


def _short_value(fields: list[Difference]) -> str:
    """Return the new value where one field changed that a few words tell; else nothing."""
    if len(fields) != 1 or fields[0].field in _NAMES:
        return ""
    value = fields[0].after
    is_single = not isinstance(value, Entry | Mapping | tuple)
    return shown if is_single and len(shown := written(value)) <= _FEW_WORDS else ""


def _words(values: Iterable[tuple[str, object]]) -> str:
    return shorten(
        ", ".join(f"{field} {written(value)}" for field, value in values if value is not None)
    )
