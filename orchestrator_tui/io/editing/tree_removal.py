"""An entry taken out of a mapping of the lossless syntax tree."""

import re
from typing import Final

from yaml_edit import Entry, Mapping, YamlFile

from orchestrator_tui.io.editing.scalars import Manner
from orchestrator_tui.io.editing.tree_values import value_node

_UP_TO_COMMA: Final = re.compile(rb"(?:\s|#[^\n]*\n)*,")
"""What may stand between a value and the comma after it."""


def without_entry(
    file: YamlFile, raw: bytes, mapping: Mapping, entry: Entry, *, above: Entry | None
) -> str:
    """Return the text `raw` of `file` without an entry of `mapping`, which `above` holds.

    A mapping that holds nothing else stays, and says `{}`.
    """
    entries = mapping.entries()
    if len(entries) > 1:
        new = _without_line(raw, entry, is_flow=mapping.is_flow_style())
        if new is None and mapping.is_flow_style() and _is_same(entries[-1], entry):
            new = _without_last(raw, entries[-2], entry)
        if new is not None:
            return new.decode()
    if len(entries) == 1 and above is not None:
        above.set_value(value_node({}, Manner()))
    else:
        entry.remove()
    return str(file)


def _without_line(raw: bytes, entry: Entry, *, is_flow: bool) -> bytes | None:
    """Return the text without the lines of an entry; None where others stand on them, too.

    The tree would move a comment that follows a text in `|` or `>`, and the next entry.
    """
    start, end = entry.byte_range()
    begin = raw.rfind(b"\n", 0, start) + 1
    is_alone = not is_flow or raw[start:end].endswith(b",\n")
    if not is_alone or raw[begin:start].strip(b" "):
        return None
    after = raw.find(b"\n", end - 1)
    return raw[:begin] + (raw[after + 1 :] if after >= 0 else b"")


def _without_last(raw: bytes, previous: Entry, last: Entry) -> bytes | None:
    """Return the text without the last entry of a mapping in braces; None where it has no end.

    The tree would leave the comma before it, which JSON does not allow. A comma after it stays
    one, for the entry that is the last from now.
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
        kept = raw[:start].rstrip(b" ").removesuffix(b"\n")
        return kept + _end_of_line(tail, tail.rpartition(b",")[2]) + raw[end:]
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


def _is_same(one: Entry, other: Entry) -> bool:
    return one.byte_range() == other.byte_range()
