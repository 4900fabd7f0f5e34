"""The timeline as a chart that is zoomed and moved."""

from datetime import datetime

from typing_extensions import override

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.gantt import gantt_columns, label_cells
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.presentation.rows.timeline import (
    Scale,
    TimelineRow,
    scale_of_all,
    timeline_rows,
)
from orchestrator_tui.ui.widgets.time_chart import TimeChart


class Gantt(TimeChart[TimelineRow]):
    """One line a task: its baseline against its forecast, on a scale of time."""

    def __init__(self, *tabs: Tab, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id)
        self._told: tuple[Judgement, datetime] | None = None

    def show_judgement(self, judgement: Judgement, now: datetime) -> None:
        """Show what is so at `now`; the scale stays where a person has put it."""
        self._told = judgement, now
        self.place()
        self.rows_shown = timeline_rows(judgement, now)

    @property
    @override
    def now(self) -> datetime | None:
        return None if self._told is None else self._told[1]

    @override
    def label_cells(self, width: int) -> int:
        return label_cells(width)

    @override
    def scale_of_all(self, width: int) -> Scale:
        if self._told is None:
            raise RuntimeError("nothing is shown")
        return scale_of_all(*self._told, width)

    @override
    def columns_on(self, scale: Scale) -> tuple[Column, ...]:
        return gantt_columns(scale, self.inner_width)
