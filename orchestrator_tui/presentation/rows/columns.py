"""Tables as data: columns that know their width, their worth and how to draw one cell."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from rich.cells import set_cell_size

from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, fit_right, width_of
from orchestrator_tui.presentation.rows.widths import steady_line

ROOMY = 40
"""Cells in which a growing column is content."""
WIDE_GAP = 2
"""Cells between columns where there is room."""


class Column(NamedTuple):
    """One column of a table."""

    heading: str
    cell: Callable[[Any], Line]
    """Draws the cell of a row, in any width."""
    width: int
    """The fewest cells it is drawn in."""
    widest: int = 0
    """The most cells it grows to; 0 means that it does not grow."""
    keep: int = 100
    """Its worth: where there is no room, the least worthy column goes first."""
    is_right: bool = False
    """Whether it is aligned to the right, as numbers are."""


class Placed(NamedTuple):
    """Columns with the cells that each is given."""

    columns: tuple[tuple[Column, int], ...]
    gap: int
    is_steady: bool
    """Whether cells are made steady: see `widths.py`."""

    @property
    def heading(self) -> Line:
        """Return the line of headings."""
        return self._joined(
            (Piece((fit_right if each.is_right else fit)(each.heading, width), Tone.MUTED),)
            for each, width in self.columns
        )

    def line(self, row: object) -> Line:
        """Return the line of one row."""
        return self._joined(
            fit_line(self._dressed(each.cell(row)), width, is_right=each.is_right)
            for each, width in self.columns
        )

    def _dressed(self, cell: Line) -> Line:
        return steady_line(cell) if self.is_steady else cell

    def _joined(self, cells: Iterable[Line]) -> Line:
        pieces: list[Piece] = []
        before: Column | None = None
        for (column, _width), cell in zip(self.columns, cells, strict=True):
            if before is not None:
                pieces.append(Piece(" " * _gap(before, column, self.gap)))
            pieces.extend(cell)
            before = column
        return tuple(pieces)


def place_columns(columns: tuple[Column, ...], width: int, *, is_steady: bool = False) -> Placed:
    """Return the columns that fit into `width` cells, in their order."""
    kept = list(columns)
    while len(kept) > 1 and cells_needed(kept) > width:
        kept.remove(min(kept, key=lambda each: each.keep))
    gap = WIDE_GAP if cells_needed(kept, WIDE_GAP) + _wish(kept) <= width else 1
    spare = max(0, width - cells_needed(kept, gap))
    widths = [min(each.width, width) for each in kept]
    for at in sorted(range(len(kept)), key=lambda each: -kept[each].keep):
        more = min(spare, max(0, kept[at].widest - widths[at]))
        widths[at] += more
        spare -= more
    return Placed(tuple(zip(kept, widths, strict=True)), gap, is_steady)


def cells_needed(columns: Sequence[Column], gap: int = 1) -> int:
    """Return the fewest cells that all of `columns` take."""
    gaps = sum(_gap(left, right, gap) for left, right in pairwise(columns))
    return sum(each.width for each in columns) + gaps


def _gap(left: Column, right: Column, gap: int) -> int:
    """Return the cells between two columns; a number and the words after it never touch."""
    return max(gap, WIDE_GAP) if left.is_right and not right.is_right else gap


def _wish(columns: list[Column]) -> int:
    return sum(max(0, min(each.widest, ROOMY) - each.width) for each in columns)


def fit_line(line: Line, width: int, *, is_right: bool = False) -> Line:
    """Return `line` in exactly `width` cells: padded with spaces, or cut with `…`."""
    taken = sum(width_of(each.text) for each in line)
    if taken <= width:
        blank = Piece(" " * (width - taken))
        if not blank.text:
            return line
        return (blank, *line) if is_right else (*line, blank)
    return _cut(line, width)


def fit_steady(line: Line, width: int) -> Line:
    """Return `line` in exactly `width` cells on every terminal: see `widths.py`."""
    return fit_line(steady_line(line), width)


def _cut(line: Line, width: int) -> Line:
    pieces: list[Piece] = []
    left = width
    for text, tone in line:
        taken = width_of(text)
        if taken < left:
            pieces.append(Piece(text, tone))
            left -= taken
            continue
        if left > 0:
            pieces.append(Piece(set_cell_size(text, left - 1) + "…", tone))
        return tuple(pieces)
    return tuple(pieces)


def plain(line: Line) -> str:
    """Return the text of `line` without its tones."""
    return "".join(each.text for each in line)
