"""The last entry taken out of a mapping in braces, with the comma that stood before it.

The syntax tree would leave that comma, which JSON does not allow.
"""

import re
from typing import Final

from yaml_edit import Entry

_UP_TO_COMMA: Final = re.compile(rb"(?:\s|#[^\n]*\n)*,")
"""What may stand between a value and the comma after it."""


def without_last(raw: bytes, previous: Entry, last: Entry) -> bytes | None:
    """Return `raw` without the last entry of its mapping; None where its end cannot be told.

    A comma after it stays one, for the entry that is the last from now.
    """
    previous_end, last_end = _end_of_value(previous), _end_of_value(last)
    if previous_end is None or last_end is None:
        return None
    start, end = last.byte_range()
    comma = _UP_TO_COMMA.match(raw, previous_end, start)
    if comma is None:
        return None
    tail = raw[last_end:end]
    if _UP_TO_COMMA.match(tail) is not None:
        kept = raw[:start].rstrip(b" ")
        return kept.removesuffix(b"\n") + _end_of_line(tail, tail.rpartition(b",")[2]) + raw[end:]
    gap = comma[0][:-1] + raw[comma.end() : start]
    lines, newline, indentation = gap.rpartition(b"\n")
    if b"#" not in lines:
        return raw[:previous_end] + _end_of_line(tail, tail) + raw[end:]
    return raw[:previous_end] + lines + _end_of_line(tail, newline + indentation) + raw[end:]


def _end_of_line(tail: bytes, otherwise: bytes) -> bytes:
    """Return what follows the line on which an entry ends; `otherwise` where the brace does."""
    return tail[tail.index(b"\n") :] if b"\n" in tail else otherwise


def _end_of_value(entry: Entry) -> int | None:
    value = entry.value()
    span = value.byte_range() if value is not None else None
    return span[1] if span is not None and span[1] > span[0] else None
