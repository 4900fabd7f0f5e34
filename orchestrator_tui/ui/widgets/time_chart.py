"""A table whose last column is a stretch of time that is zoomed and moved."""

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.presentation.rows.timeline import Scale
from orchestrator_tui.ui.widgets.live_table import LiveTable, Row

SHARE_MOVED = 8
"""One move is this part of the chart."""


class TimeChart(LiveTable[Row]):
    """One line a row, drawn to a scale of time that stays where a person has put it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "shift(-1)", "earlier", show=False, id="timeline.earlier"),
        Binding("right", "shift(1)", "later", show=False, id="timeline.later"),
        Binding("plus,equals_sign", "zoom(-1)", "finer", show=False, id="timeline.finer"),
        Binding("minus", "zoom(1)", "coarser", show=False, id="timeline.coarser"),
        Binding("home", "to_now", "now", show=False, id="timeline.now"),
        Binding("0", "fit", "all", show=False, id="timeline.fit"),
    ]

    def __init__(self, *tabs: Tab, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id)
        self._scale: Scale | None = None

    # What a subclass says of itself

    @property
    def now(self) -> datetime | None:
        """Return the present of what is shown; None while nothing is."""
        raise NotImplementedError

    def label_cells(self, width: int) -> int:
        """Return the cells before the chart in a panel of `width` cells."""
        raise NotImplementedError

    def scale_of_all(self, width: int) -> Scale:
        """Return the scale on which everything fits into `width` cells."""
        raise NotImplementedError

    def columns_on(self, scale: Scale) -> tuple[Column, ...]:
        """Return the columns, with the chart on that scale."""
        raise NotImplementedError

    # The scale

    @override
    def resized(self) -> None:
        super().resized()
        self.place()

    def place(self) -> None:
        """Lay the columns out on the present scale."""
        if self.now is None or not self.inner_width:
            return
        width = max(1, self.inner_width - self.label_cells(self.inner_width))
        if self._scale is None:
            self._scale = self.scale_of_all(width)
        self._scale = self._scale._replace(width=width)
        self.columns = self.columns_on(self._scale)

    def action_shift(self, steps: int) -> None:
        """Look at an earlier or later time."""
        if self._scale is not None:
            cells = steps * max(1, self._scale.width // SHARE_MOVED)
            self._scale = self._scale.shifted(cells)
            self.place()

    def action_zoom(self, steps: int) -> None:
        """Let a cell stand for more or less time; the present stays where it is, if it is seen."""
        if self._scale is None or (now := self.now) is None:
            return
        is_seen = self._scale.start <= now < self._scale.end
        middle = self._scale.start + self._scale.cell * (self._scale.width // 2)
        self._scale = self._scale.zoomed(steps, now if is_seen else middle)
        self.place()

    def action_to_now(self) -> None:
        """Bring the present into sight."""
        if self._scale is not None and (now := self.now) is not None:
            self._scale = self._scale.around(now)
            self.place()

    def action_fit(self) -> None:
        """Show everything."""
        self._scale = None
        self.place()
