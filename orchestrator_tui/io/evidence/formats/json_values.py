"""JSON from outside: every fault a sentence, every value asked for by its type."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from typing import Any, Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.refusal import EvidenceRefused, Malformed

MOST_BYTES: Final = 16_000_000
"""JSON is read in one go, in many times its size of memory, and all else stands still meanwhile."""

_NAMES: Final = {
    bool: "true or false", dict: "an object", float: "a number", int: "a number", list: "a list",
    str: "text", type(None): "null",
}  # fmt: skip


def read_json(file: str, raw: bytes) -> object:
    """Return the value in `raw`; raises EvidenceRefused, with the line where it is known."""
    if not raw.strip():
        raise EvidenceRefused(file, None, "is empty")
    if len(raw) > MOST_BYTES:
        size = f"{len(raw):,} bytes: of JSON at most {MOST_BYTES:,} are read"
        raise EvidenceRefused(file, None, f"is too big, {size}")
    encoding = json.detect_encoding(raw)
    try:
        return json.loads(raw.decode(encoding), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise EvidenceRefused(file, line, f"is not {encoding.upper()} text") from None
    except json.JSONDecodeError as error:
        raise EvidenceRefused(file, error.lineno, f"is no JSON: {error.msg}") from None
    except RecursionError:
        raise EvidenceRefused(file, None, "is nested too deep") from None
    except ValueError:
        raise EvidenceRefused(file, None, "holds a number that is too long") from None
    except Malformed as fault:
        raise EvidenceRefused(file, None, str(fault)) from None


@contextmanager
def refusing(file: str) -> Iterator[None]:
    """Say of which file it is that something in it is malformed."""
    try:
        yield
    except Malformed as fault:
        raise EvidenceRefused(file, None, str(fault)) from None


def as_object(value: object, what: str) -> Mapping[str, object]:
    """Return `value` where it is an object; `what` begins the sentence where it is not."""
    if not isinstance(value, dict):
        raise Malformed(f"{what} is {_kind(value)}, not an object")
    return value


def as_list(value: object, what: str) -> list[Any]:
    """Return `value` where it is a list."""
    if not isinstance(value, list):
        raise Malformed(f"{what} is {_kind(value)}, not a list")
    return value


def as_text(value: object, what: str) -> str:
    """Return `value` where it is text, as it was written."""
    if not isinstance(value, str):
        raise Malformed(f"{what} is {_kind(value)}, not text")
    return value


def as_amount(value: object, what: str) -> float:
    """Return `value` where it is a number that something can measure: finite and not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed(f"{what} is {_kind(value)}, not a number")
    try:
        amount = float(value)
    except OverflowError:
        raise Malformed(f"{what} is too large") from None
    if not isfinite(amount) or amount < 0:
        raise Malformed(f"{what} is {amount:g}")
    return amount


def objects_at(parent: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """Return the objects in the list at `key`; none where the list is absent or null."""
    listed = parent.get(key)
    if listed is None:
        return []
    return [as_object(each, f"an entry of `{key}`") for each in as_list(listed, f"`{key}`")]


def object_at(parent: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the object at `key`; an empty one where it is absent or null."""
    value = parent.get(key)
    return {} if value is None else as_object(value, f"`{key}`")


def text_at(parent: Mapping[str, object], key: str) -> str:
    """Return the text at `key`; empty where it is absent or null."""
    value = parent.get(key)
    return "" if value is None else as_text(value, f"`{key}`")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise Malformed(f"key `{plain_text(twice, limit=60)}` is given twice")
    return found


def _kind(value: object) -> str:
    return _NAMES[type(value)]
