"""One edit of a text, made in a lossless syntax tree of it."""

import re
from collections.abc import Mapping as MappingOf
from itertools import takewhile
from typing import Final, NamedTuple

from yaml_edit import Entry, Mapping, YamlError, YamlFile

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.editing.lines import Replaced, lines_of, replaced
from orchestrator_tui.io.editing.meaning import Meaning, Text
from orchestrator_tui.io.editing.refusal import EditRefused, name_of, not_editable
from orchestrator_tui.io.editing.scalars import Manner, source_of
from orchestrator_tui.io.editing.tree_removal import without_entry
from orchestrator_tui.io.editing.tree_values import key_node, put_items, value_node
from orchestrator_tui.io.reading.yaml_nodes import Scalar

_QUOTES: Final = {"double-quoted": '"', "single-quoted": "'"}
_BLOCK: Final = frozenset({"literal", "folded"})
_INDENTED: Final = re.compile(r"^( {1,8})[^ #\n]", re.MULTILINE)
_ADDED_INDENTATION: Final = 2
"""What the tree gives to what it adds below a key."""


class Change(NamedTuple):
    """What an edit makes of a text."""

    text: str
    region: Replaced
    """The lines that changed."""


def changed(text: str, edit: Edit, known: Meaning | None, *, is_shared: bool = False) -> Change:
    """Return `text` with the edit made; its line ends are LF.

    `known` is what a reader finds at the place, and `is_shared` says whether it finds the same
    elsewhere by an anchor. Raises EditRefused where that is so, and where the tree would change
    other lines than those that hold the fact.
    """
    try:
        editing = _Editing(text, edit.place)
        editing.check(known, is_shared=is_shared)
        allowed = editing.lines(edit)
        comments = editing.comments()
        new = editing.changed(edit, known)
        if _keeps_comments(edit, known) and editing.comments() != comments:
            raise not_editable([edit.place], "a comment would be lost")
    except YamlError as error:
        raise not_editable([edit.place], plain_text(str(error), limit=120)) from None
    region = _with_blanks(lines_of(text), replaced(text, new))
    region = editing.indented(region)
    is_addition = region.first == region.end
    if not is_addition and not allowed.start <= region.first <= region.end <= allowed.stop:
        raise not_editable([edit.place], "it would change other lines")
    return Change(_with_region(text, region), region)


class _Editing:
    """One text as a tree, and how far a place is there."""

    def __init__(self, text: str, place: Place) -> None:
        self._raw = text.encode()
        self._place = place
        self._file = YamlFile.parse(text)
        root = self._file.ensure_document().as_mapping()
        if root is None:
            raise EditRefused(f"`{name_of(place)}` is not changed: the file is no mapping")
        self._root = self._mapping = root
        self._above: Entry | None = None
        """The entry that holds the mapping."""
        self._depth = 0
        self._entry = _entry(root, place[0])
        while (inner := self._inside()) is not None:
            self._above, self._mapping = self._entry, inner
            self._depth += 1
            self._entry = _entry(inner, place[self._depth])
        found = _INDENTED.search(text)
        self._indentation = len(found[1]) if found is not None else _ADDED_INDENTATION
        self._below: int | None = None
        """The column of the key below which a mapping was added, if one was."""

    def _inside(self) -> Mapping | None:
        if self._entry is None or self._depth == len(self._place) - 1:
            return None
        value = self._entry.value()
        inner = value.as_mapping() if value is not None else None
        if inner is not None and inner.is_empty() and not self._mapping.is_flow_style():
            return None  # `{}` is written anew, on lines of its own
        return inner

    def check(self, known: Meaning | None, *, is_shared: bool) -> None:
        """Raise EditRefused where what is known of the place does not stand there alone."""
        if known is not None and self._entry is None:
            raise EditRefused(
                f"`{name_of(self._place)}` is not changed: it comes from a merge key (<<), and"
                " others share it; write the key itself into the entry first"
            )
        value = self._entry.value() if self._entry is not None else None
        if is_shared and value is not None and not value.is_alias():
            raise EditRefused(
                f"`{name_of(self._place)}` is not changed: other places share it by its anchor (&),"
                " and would change with it; write the value out there first"
            )

    def comments(self) -> list[str]:
        """Return the comments of the text, as they stand."""
        return [each.text() for each in self._file.comments()]

    def lines(self, edit: Edit) -> range:
        """Return the lines that hold the fact; none where lines are added alone."""
        held: Entry | Mapping | None = self._entry
        if isinstance(edit, Remove) and len(self._mapping) == 1:
            held = self._above or self._entry
        elif self._mapping.is_flow_style() and (held is None or isinstance(edit, Remove)):
            held = self._mapping  # commas between entries come and go
        if held is None:
            return range(0)
        start, end = held.byte_range()
        first = self._raw.count(b"\n", 0, start)
        return range(first, self._raw.count(b"\n", 0, max(end - 1, start)) + 1)

    def changed(self, edit: Edit, known: Meaning | None) -> str:
        """Return the text with the edit made."""
        if isinstance(edit, Remove):
            if self._entry is None:
                return str(self._file)
            return without_entry(
                self._file, self._raw, self._mapping, self._entry, above=self._above
            )
        value = edit.value
        for step in reversed(self._place[self._depth + 1 :]):
            value = {step: value}
        manner = Manner(
            is_flow=self._mapping.is_flow_style(),
            is_json=_has_quoted_keys(self._root) or _has_quoted_keys(self._mapping),
            indentation=self._indentation,
        )
        if isinstance(value, MappingOf) and value and not manner.is_flow:
            self._below = self._key_column()
        if self._entry is None:
            key = key_node(self._place[self._depth], manner)
            self._mapping.set(key, value_node(value, manner))
        else:
            _replace_value(self._entry, value, known, manner)
        return str(self._file)

    def indented(self, region: Replaced) -> Replaced:
        """Return a region whose added mappings stand as far in as those of the file."""
        more = " " * (self._indentation - _ADDED_INDENTATION)
        if self._below is None or not more:
            return region
        lines = [more + line if _column(line) > self._below else line for line in region.lines]
        return region._replace(lines=lines)

    def _key_column(self) -> int:
        first = self._entry or next(iter(self._mapping.entries()), None)
        start = first.byte_range()[0] if first is not None else 0
        return start - self._raw.rfind(b"\n", 0, start) - 1


def _keeps_comments(edit: Edit, known: Meaning | None) -> bool:
    """Say whether there is no comment inside of what is replaced."""
    return isinstance(edit, Put) and (known is None or isinstance(known, Scalar | Text))


def _entry(mapping: Mapping, key: str) -> Entry | None:
    """Return the entry under `key`; numbers and truth values are keys by their text."""
    if (found := mapping.find_entry(key)) is not None:
        return found
    for each in mapping.entries():
        node = each.key()
        scalar = node.as_scalar() if node is not None else None
        if scalar is not None and scalar.as_string() == key:
            return each
    return None


def _has_quoted_keys(mapping: Mapping) -> bool:
    if not mapping.is_flow_style():
        return False
    keys = (each.key() for each in mapping.entries()[:1])
    scalars = (key.as_scalar() for key in keys if key is not None)
    return any(each is not None and each.style() == "double-quoted" for each in scalars)


def _replace_value(entry: Entry, value: Value, known: Meaning | None, manner: Manner) -> None:
    old = entry.value()
    scalar = old.as_scalar() if old is not None else None
    sequence = old.as_sequence() if old is not None else None
    style = scalar.style() if scalar is not None else ""
    manner = manner._replace(quote=_QUOTES.get(style, ""))
    if sequence is not None and len(sequence) and isinstance(value, tuple) and value and known:
        put_items(sequence, known, value, manner)
    elif (
        scalar is None
        or not scalar.value()
        or style in _BLOCK
        or isinstance(value, MappingOf | tuple)
    ):
        entry.set_value(value_node(value, manner))
    else:
        scalar.set_value(source_of(value, manner))  # so that comments around it stay


def _with_blanks(old: list[str], region: Replaced) -> Replaced:
    """Return a region that leaves the blank lines below a text in `|` or `>` where they are."""
    blanks = _blanks(old[region.first : region.end])
    new = _blanks(region.lines)
    if blanks <= new:
        return region
    return Replaced(region.first, region.end - blanks, region.lines[: len(region.lines) - new])


def _blanks(lines: list[str]) -> int:
    """Return how many blank lines stand at the end."""
    return sum(1 for _ in takewhile(lambda line: not line.strip(), reversed(lines)))


def _with_region(text: str, region: Replaced) -> str:
    lines = lines_of(text)
    lines[region.first : region.end] = region.lines
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
