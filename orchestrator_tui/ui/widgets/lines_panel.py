"""A box of a few lines that are laid out for its width, such as the header."""

from collections.abc import Callable

from typing_extensions import override

from orchestrator_tui.presentation.lines import Line
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.widgets.panel import Panel

Draw = Callable[[int], tuple[Line, ...]]
"""Returns the lines for a width in cells."""


def _nothing(width: int) -> tuple[Line, ...]:
    del width
    return ()


class LinesPanel(Panel):
    """Lines that fill their box exactly; no scrolling, no cursor."""

    def __init__(self, *tabs: Tab, id: str, can_focus: bool = False) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id, can_focus=can_focus)
        self._draw: Draw = _nothing
        self._lines: tuple[Line, ...] = ()

    @property
    @override
    def line_count(self) -> int:
        return min(len(self._lines), max(0, self.size.height - self.lines_above - 1))

    @override
    def line_at(self, index: int) -> Line:
        return self._lines[index]

    @override
    def resized(self) -> None:
        self._lines = self._draw(self.inner_width)

    def draw_with(self, draw: Draw) -> None:
        """Show what `draw` returns; lines that stay the same are not drawn again."""
        self._draw = draw
        if not self.inner_width:
            return
        old, self._lines = self._lines, draw(self.inner_width)
        for index in range(max(len(old), len(self._lines))):
            if old[index : index + 1] != self._lines[index : index + 1]:
                self.redraw(index)
        self.measure_again()
