"""What a slip costs, the ways to go on, and for the chosen one what it changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.rows.problem import live_line, problem_line
from orchestrator_tui.presentation.rows.replan import (
    UNREADABLE,
    option_columns,
    option_rows,
    recommended_at,
    waiting_words,
)
from orchestrator_tui.presentation.rows.replan_impact import impact_paragraphs, trigger_paragraphs
from orchestrator_tui.presentation.rows.replan_layout import (
    ABOUT,
    CHART,
    DIFF,
    IMPACT,
    OPTIONS,
    WHY,
    replan_slots,
)
from orchestrator_tui.presentation.rows.replan_names import plan_names
from orchestrator_tui.presentation.rows.replan_search import imagined_line, search_line
from orchestrator_tui.presentation.rows.what_if import imagined_sentences
from orchestrator_tui.ui.ports import Desk, Planner
from orchestrator_tui.ui.replanning import PlanSearch
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.replan_details import TABS, ReplanDetails
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.option_table import OptionTable
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.plan_chart import PlanChart
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

ROOMY_CELLS: Final = 150
"""From here each option says in words what it trades."""


class ReplanScreen(ReplanDetails):
    """The impact, the options side by side, and the chosen one as timeline, changes and diff."""

    why = getters.query_one(f"#{WHY}", ProsePanel)
    impact = getters.query_one(f"#{IMPACT}", ProsePanel)
    problem = getters.query_one("#problem", OneLine)
    progress = getters.query_one("#search", OneLine)
    imagined = getters.query_one("#imagined", OneLine)

    @dataclass(eq=False)
    class Found(Message):
        """More is known of the answer; only the newest counts."""

        @override
        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ReplanScreen.Found)

    def __init__(
        self,
        mission: MissionId,
        assessment: Assessment | None,
        *,
        planner: Planner,
        desk: Desk[Any] | None,
        monotonic: Callable[[], float],
    ) -> None:
        """Prepare to look for plans for `mission`, once it is seen."""
        search = PlanSearch(planner, self._say_that_more_is_known, monotonic=monotonic)
        super().__init__(mission, assessment, search, desk)

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield OneLine(id="imagined")
        yield Slots(
            ProsePanel(TABS[IMPACT], id=IMPACT),
            ProsePanel(TABS[WHY], id=WHY),
            OptionTable(TABS[OPTIONS], id=OPTIONS),
            PlanChart(TABS[CHART], id=CHART),
            ProsePanel(TABS[ABOUT], id=ABOUT),
            ProsePanel(TABS[DIFF], id=DIFF),
            id="slots",
            arrange=replan_slots,
        )
        yield OneLine(id="search")
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        mission = self.mission
        self.impact.note = live_line(mission, assessment.at, is_past=self.standpoint.is_past)
        if mission is None or mission.judgement is None:
            self.problem.say(())
            self.options.when_empty = UNREADABLE
            return
        self.problem.say(problem_line(mission, assessment))
        self._ask_where_needed()
        self.show_the_search()
        if self.focused is None:
            self.options.focus()

    def _ask_where_needed(self) -> None:
        """Ask at the beginning, and when what plans rest on has changed, but never in the past."""
        if self.mission is None or self.assessment is None or self.standpoint.is_past:
            return
        # while a dialog stands over the options, they stay as they are
        if self.is_active:
            self.search.follow(self.mission, self.assessment.at)

    def _say_that_more_is_known(self) -> None:
        self.post_message(self.Found())

    @on(Found)
    def _take_what_was_found(self, event: Found) -> None:
        event.stop()
        if self.search.take():
            self.show_the_search()

    @override
    def show_the_search(self) -> None:
        mission, assessment = self.mission, self.assessment
        if mission is None or mission.judgement is None or assessment is None:
            return
        state, names = self.search.state, plan_names(mission)
        self.progress.say(search_line(state))
        sentences = imagined_sentences(self.search.what_if, names, assessment.at)
        self.imagined.say(imagined_line(sentences))
        self.options.when_empty = waiting_words(is_searching=state.is_searching)
        triggers = trigger_paragraphs(mission.judgement.triggers)
        if state.found is None:
            self.impact.paragraphs = () if self.is_wide else triggers
            self.why.paragraphs = triggers
            self.options.rows_shown = ()
        else:
            is_alone = not self.is_wide
            self.impact.paragraphs = impact_paragraphs(state.found, names, tells_why=is_alone)
            self.why.paragraphs = trigger_paragraphs(state.found.triggers)
            rows = option_rows(state.found, names, state.found.at)
            is_wide = self.size.width >= ROOMY_CELLS
            self.options.columns = option_columns(rows, is_wide=is_wide)
            self.options.rows_shown = rows
            if not self.options.is_touched:
                self.options.cursor = recommended_at(rows)
        self.show_the_chosen()

    @on(events.Resize)
    def _say_more_where_there_is_room(self) -> None:
        self.show_the_search()
        # a diff that comes into sight is read once the panels have their places
        self.call_after_refresh(self.show_the_chosen)

    # The clock, and the end

    @override
    def show_time(self, now: datetime) -> None:
        self.impact.note = live_line(self.mission, now, is_past=self.standpoint.is_past)
        if self.mission is not None and self.mission.judgement is not None:
            self._ask_where_needed()
            self.progress.say(search_line(self.search.state))

    @on(events.Unmount)
    def _search_no_further(self) -> None:
        self.search.stop()
