"""The timeline as a chart that is zoomed and moved."""

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.presentation.rows.gantt import gantt_columns, label_cells
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.presentation.rows.timeline import (
    Scale,
    TimelineRow,
    scale_of_all,
    timeline_rows,
)
from orchestrator_tui.ui.widgets.live_table import LiveTable

SHARE_MOVED = 8
"""One move is this part of the chart."""


class Gantt(LiveTable[TimelineRow]):
    """One line a task: its baseline against its forecast, on a scale of time."""

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
        self._told: tuple[Judgement, datetime] | None = None
        self._scale: Scale | None = None

    def show_judgement(self, judgement: Judgement, now: datetime) -> None:
        """Show what is so at `now`; the scale stays where a person has put it."""
        self._told = judgement, now
        self._place()
        self.rows_shown = timeline_rows(judgement, now)

    @override
    def resized(self) -> None:
        super().resized()
        self._place()

    def _place(self) -> None:
        if self._told is None or not self.inner_width:
            return
        width = max(1, self.inner_width - label_cells(self.inner_width))
        if self._scale is None:
            self._scale = scale_of_all(*self._told, width)
        self._scale = self._scale._replace(width=width)
        self.columns = gantt_columns(self._scale, self.inner_width)

    def action_shift(self, steps: int) -> None:
        """Look at an earlier or later time."""
        if self._scale is not None:
            cells = steps * max(1, self._scale.width // SHARE_MOVED)
            self._scale = self._scale.shifted(cells)
            self._place()

    def action_zoom(self, steps: int) -> None:
        """Let a cell stand for more or less time; the present stays where it is, if it is seen."""
        if self._scale is None or self._told is None:
            return
        now = self._told[1]
        is_seen = self._scale.start <= now < self._scale.end
        middle = self._scale.start + self._scale.cell * (self._scale.width // 2)
        self._scale = self._scale.zoomed(steps, now if is_seen else middle)
        self._place()

    def action_to_now(self) -> None:
        """Bring the present into sight."""
        if self._scale is not None and self._told is not None:
            self._scale = self._scale.around(self._told[1])
            self._place()

    def action_fit(self) -> None:
        """Show the whole mission."""
        self._scale = None
        self._place()
