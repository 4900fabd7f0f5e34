"""A part of a mission cut into blocks, one an entry, so that a change costs only its own block.

The cut is made by indentation, without parsing. It is offered only for texts of the plain shape
that people and agents write; every block then parses alone to what it is in the whole: it begins
with a key at the indentation of its neighbours and ends before the next one, and a block that is
not complete in itself (an open quote or bracket) does not parse.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from orchestrator_tui.io.reading.format_shape import HEAD, POLICY, SECTIONS
from orchestrator_tui.io.reading.yaml_nodes import Node, Scalar

_TOP: Final = re.compile(r"^(?:([A-Za-z0-9_][A-Za-z0-9._-]*):(?= |$)|[^ #\n])(.*)$", re.MULTILINE)
_ENTRY: Final = r"^( {1,%d})(?:([A-Za-z0-9_][A-Za-z0-9._-]*):(?= |$)|[^ #\n])"
_FIRST: Final = re.compile(r"^( +)[^ #\n]", re.MULTILINE)
_NOTHING: Final = re.compile(r" *(?: #.*)?\Z")
_NO_ENTRIES: Final = re.compile(r" +\{ *\} *(?: #.*)?\Z")


class Block:
    """One entry as it stands in one part: its key, its value, and the text they were read from."""

    __slots__ = ("judged", "key", "node", "text")

    def __init__(self, key: Scalar, node: Node, text: str | None) -> None:
        self.key = key
        self.node = node
        self.text = text
        """Absent where the block cannot be cut out, or depends on the text around it."""
        self.judged: object = None
        """What the entry was last found to be; kept here so that it goes when the block goes."""


class Placed(NamedTuple):
    """A block and the line, from 0, on which its key stands now."""

    block: Block
    line: int

    @property
    def shift(self) -> int:
        """Return how far the block has moved since its places were noted."""
        return self.line - self.block.key.line


class Piece(NamedTuple):
    """A block's text, not parsed yet."""

    section: str
    key: str
    line: int
    text: str


class Outline(NamedTuple):
    """A part's pieces in the order of the file, and the lines of its sections' keys."""

    pieces: list[Piece]
    headers: dict[str, int]


def outline_of(text: str) -> Outline | None:
    """Return the pieces of `text`, or None where it is not of the plain shape."""
    outline = Outline([], {})
    tops = list(_TOP.finditer(text))
    if tops and tops[0][0] == "---":
        del tops[0]
    if not tops or _FIRST.search(text, 0, tops[0].start()):
        return None
    for top, line, end in _with_lines(tops, text, 0, len(text)):
        key = top[1]
        if key in SECTIONS:
            entries = _entries_of(key, line, top[2], text[top.end() : end])
            if key in outline.headers or entries is None:
                return None
            outline.headers[key] = line
            outline.pieces.extend(entries)
        elif key is None:
            return None
        else:
            section = POLICY if key == POLICY else HEAD
            outline.pieces.append(Piece(section, key, line, text[top.start() : end]))
    return outline


def _entries_of(section: str, line: int, value: str, body: str) -> list[Piece] | None:
    """Return the pieces of a section, or None where it is not of the plain shape."""
    if _NO_ENTRIES.match(value):
        return None if _FIRST.search(body) else []
    return (_pieces_of(section, line, body) or None) if _NOTHING.match(value) else None


def _pieces_of(section: str, line: int, body: str) -> list[Piece]:
    """Return the pieces of a section, whose key is on `line`; none where it is of another shape."""
    first = _FIRST.search(body)
    if first is None:
        return []
    indentation = len(first[1])
    entries = list(re.compile(_ENTRY % indentation, re.MULTILINE).finditer(body))
    if any(each[2] is None or len(each[1]) != indentation for each in entries):
        return []
    return [
        Piece(section, entry[2], its_line, body[entry.start() : end])
        for entry, its_line, end in _with_lines(entries, body, line, len(body))
    ]


def _with_lines(
    matches: list[re.Match[str]], text: str, line: int, end: int
) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield each match with its line, counted on from `line`, and where the next one begins."""
    ends = [each.start() for each in matches[1:]]
    counted = 0
    for match, until in zip(matches, [*ends, end][: len(matches)], strict=True):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield match, line, until
