"""The option that is looked at: its timeline before and after, what it changes, what it writes."""

import asyncio
from typing import Any, Final

from textual import events, getters, on, work
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.deeds import AcceptPlan
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import PlanOption, Replanning
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.layout import WIDE_CELLS
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.replan_about import option_paragraphs
from orchestrator_tui.presentation.rows.replan_chart import Plan, away_while
from orchestrator_tui.presentation.rows.replan_diff import NOT_READ_YET, diff_paragraphs
from orchestrator_tui.presentation.rows.replan_layout import (
    ABOUT,
    CHART,
    DIFF,
    IMPACT,
    OPTIONS,
    WHY,
)
from orchestrator_tui.presentation.rows.replan_names import plan_names
from orchestrator_tui.presentation.rows.tabs import Tab, tally_of
from orchestrator_tui.ui.plan_deeds import acceptance
from orchestrator_tui.ui.ports import Desk
from orchestrator_tui.ui.replanning import PlanSearch
from orchestrator_tui.ui.screens.replan_actions import ReplanActions
from orchestrator_tui.ui.widgets.option_table import OptionTable
from orchestrator_tui.ui.widgets.plan_chart import PlanChart
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel

NO_DIFF: Final = says("Nothing can be written from here.")
TABS: Final = {
    IMPACT: Tab(IMPACT, "Impact", short="cost"),
    WHY: Tab(WHY, "Re-plan", short="why"),
    OPTIONS: Tab(OPTIONS, "Options", short="opt"),
    CHART: Tab(CHART, "Timeline", short="time"),
    ABOUT: Tab(ABOUT, "Changes", short="chg"),
    DIFF: Tab(DIFF, "Diff", short="diff"),
}


class ReplanDetails(ReplanActions):
    """The panels beside the table, which follow its cursor."""

    chart = getters.query_one(f"#{CHART}", PlanChart)
    about = getters.query_one(f"#{ABOUT}", ProsePanel)
    diff = getters.query_one(f"#{DIFF}", ProsePanel)

    def __init__(
        self,
        mission: MissionId,
        assessment: Assessment | None,
        search: PlanSearch,
        desk: Desk[Any] | None,
    ) -> None:
        super().__init__(mission, assessment, search)
        self._desk = desk
        self._diffed: tuple[str, tuple[Edit, ...]] | None = None
        """What the diff that is shown, or on its way, is about."""

    @on(OptionTable.Chosen)
    def _follow_the_cursor(self, event: OptionTable.Chosen) -> None:
        event.stop()
        self.show_the_chosen()

    def show_the_chosen(self) -> None:
        """Show what is known of the option under the cursor."""
        mission, found = self.mission, self.search.found
        option = self.options.option
        judgement = None if mission is None else mission.judgement
        if mission is None or judgement is None or found is None or option is None:
            self.chart.show_nothing()
            self.about.paragraphs = self.diff.paragraphs = ()
            self._diffed = None
        else:
            self._show_one(option, found, mission, judgement)
        self.slots.name_tabs(self._tabs(mission, option))

    def _show_one(
        self,
        option: PlanOption,
        found: Replanning,
        mission: MissionAssessment,
        judgement: Judgement,
    ) -> None:
        keep, names = found.options[0], plan_names(mission)
        away = away_while(self.search.what_if.unavailable, found.at)
        plan = Plan(option, keep, judgement, names, found.at, away)
        self.chart.show_plan(plan, found.options)
        self.about.paragraphs = option_paragraphs(option, keep, names, found.at)
        self._show_the_diff(option, found, mission)

    @on(events.DescendantFocus)
    def _read_what_comes_into_sight(self, event: events.DescendantFocus) -> None:
        if event.widget.id == DIFF:
            self.call_after_refresh(self.show_the_chosen)

    @property
    def is_wide(self) -> bool:
        """Say whether panels stand side by side."""
        return self.size.width >= WIDE_CELLS

    def _tabs(self, mission: MissionAssessment | None, option: PlanOption | None) -> dict[str, Tab]:
        title = "Re-plan" if mission is None else f"Re-plan · {shorten(mission.title)}"
        chosen = "" if option is None else f" · {shorten(option.id, 4)}"
        tally = tally_of(len(self.options.rows_shown))
        return {
            IMPACT: TABS[IMPACT]._replace(label="Impact" if self.is_wide else f"{title} · impact"),
            WHY: TABS[WHY]._replace(label=title if self.is_wide else "Why"),
            OPTIONS: TABS[OPTIONS]._replace(tally=tally),
            **{
                key: TABS[key]._replace(label=TABS[key].label + chosen)
                for key in (CHART, ABOUT, DIFF)
            },
        }

    @override
    def filter_by(self, text: str) -> None:
        self.chart.filter_text = text

    # The diff

    def _show_the_diff(
        self, option: PlanOption, found: Replanning, mission: MissionAssessment
    ) -> None:
        """Read what the option would write, unless that is shown already."""
        about = (mission.revision, option.edits)
        if self._desk is None:
            self.diff.when_empty = NO_DIFF
        elif not option.edits and option.scope_change is None:
            self._diffed = about
            self.diff.paragraphs = diff_paragraphs(())
        elif about != self._diffed and self.slots.shows(DIFF):
            if self._diffed is None or self._diffed[1] != option.edits:
                self.diff.paragraphs = NOT_READ_YET
            self._diffed = about
            self._read_the_diff(self._desk, acceptance(found, option))

    @work(group="diff", exclusive=True, description="diff")
    async def _read_the_diff(self, desk: Desk[Any], deed: AcceptPlan) -> None:
        try:
            diffs: tuple[FileDiff, ...] = await asyncio.to_thread(
                desk.preview, self.mission_id, deed
            )
        except OrchestratorError as error:
            self.diff.paragraphs = says(str(error))
        else:
            self.diff.paragraphs = diff_paragraphs(diffs)
