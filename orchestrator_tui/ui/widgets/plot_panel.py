"""A box that shows a plot, and what is said above it and beside it."""

from collections.abc import Callable

from textual import events, on
from typing_extensions import override

from orchestrator_tui.presentation.lines import Line, Piece
from orchestrator_tui.presentation.plots import Picture, Plot
from orchestrator_tui.presentation.rows.columns import fit_line
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.plotting import plotted
from orchestrator_tui.ui.widgets.panel import Panel

Draw = Callable[[int, int], Picture]
"""Returns what to show in so many cells and lines."""
LINES_WANTED = 14
GAP = "  "


def _nothing(width: int, height: int) -> Picture:
    del width, height
    return Picture()


class PlotPanel(Panel):
    """A plot that fills its box; it is drawn again only where a dot of it has moved."""

    def __init__(self, *tabs: Tab, id: str, can_focus: bool = True) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id, can_focus=can_focus)
        self._draw: Draw = _nothing
        self._lines: tuple[Line, ...] = ()
        self._shown: Picture | None = None
        self._plotted: tuple[Plot, tuple[Line, ...]] | None = None

    @property
    @override
    def line_count(self) -> int:
        return len(self._lines)

    @override
    def line_at(self, index: int) -> Line:
        return self._lines[index]

    @property
    @override
    def lines_wanted(self) -> int:
        return LINES_WANTED

    @override
    def resized(self) -> None:
        self._show_again()

    @on(events.Resize)
    def _fill_the_new_size(self) -> None:
        self._show_again()

    @on(events.Show)
    def _draw_what_came_into_sight(self) -> None:
        self._show_again()

    def draw_with(self, draw: Draw) -> None:
        """Show what `draw` returns for the size of the box, now and whenever that changes."""
        self._draw = draw
        self._show_again()

    def _show_again(self) -> None:
        height = self.size.height - self.lines_above - 1
        if not self.inner_width or height <= 0 or not self.is_on_screen:
            return
        picture = self._draw(self.inner_width, height)
        if picture != self._shown:
            self._shown = picture
            self._take(self._drawn(picture)[:height])

    def _take(self, lines: tuple[Line, ...]) -> None:
        old, self._lines = self._lines, lines
        for index in range(max(len(old), len(lines))):
            if old[index : index + 1] != lines[index : index + 1]:
                self.redraw(index)
        self.measure_again()

    def _drawn(self, picture: Picture) -> tuple[Line, ...]:
        plot = () if picture.plot is None else self._lines_of(picture.plot)
        if not picture.beside:
            return (*picture.above, *plot)
        return (*picture.above, *_side_by_side(plot, picture.beside))

    def _lines_of(self, plot: Plot) -> tuple[Line, ...]:
        if self._plotted is None or self._plotted[0] != plot:
            self._plotted = plot, plotted(plot)
        return self._plotted[1]


def _side_by_side(left: tuple[Line, ...], right: tuple[Line, ...]) -> tuple[Line, ...]:
    width = max((sum(len(each.text) for each in line) for line in left), default=0)
    found = []
    for at in range(max(len(left), len(right))):
        before = fit_line(left[at] if at < len(left) else (), width)
        after = right[at] if at < len(right) else ()
        found.append((*before, Piece(GAP), *after) if width else after)
    return tuple(found)
