"""The timeline of a plan, before and after."""

from datetime import datetime

from typing_extensions import override

from orchestrator_tui.domain.replanning import PlanOption, Strategy
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.replan_bars import (
    KEPT_LEGEND,
    LEGEND,
    plan_columns,
    plan_label_cells,
)
from orchestrator_tui.presentation.rows.replan_chart import Plan, PlanRow, plan_rows, plan_scale
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.presentation.rows.timeline import Scale
from orchestrator_tui.ui.widgets.time_chart import TimeChart


class PlanChart(TimeChart[PlanRow]):
    """One line a task: what happens if nothing is decided against what the plan does."""

    def __init__(self, *tabs: Tab, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id)
        self._plan: Plan | None = None
        self._options: tuple[PlanOption, ...] = ()

    def show_plan(self, plan: Plan, options: tuple[PlanOption, ...]) -> None:
        """Show one of `options`, on a scale on which all of them fit unless a person moved it."""
        is_first = self._plan is None
        self._plan, self._options = plan, options
        if is_first:
            self.action_fit()
        else:
            self.place()
        is_kept = plan.option.strategy is Strategy.KEEP and plan.option == plan.keep
        self.note = KEPT_LEGEND if is_kept else LEGEND
        self.rows_shown = plan_rows(plan)

    def show_nothing(self) -> None:
        """Show no plan."""
        self._plan = None
        self.note = ()
        self.rows_shown = ()

    @property
    @override
    def now(self) -> datetime | None:
        return None if self._plan is None else self._plan.now

    @override
    def label_cells(self, width: int) -> int:
        return plan_label_cells(width)

    @override
    def scale_of_all(self, width: int) -> Scale:
        now = self.now
        if now is None:
            raise RuntimeError("nothing is shown")
        return plan_scale(self._options, now, width)

    @override
    def columns_on(self, scale: Scale) -> tuple[Column, ...]:
        return plan_columns(scale, self.inner_width)
