"""The dashboard of one mission."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import events, getters, on
from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.rows.agents import AgentRow, agent_columns, agent_rows
from orchestrator_tui.presentation.rows.attention import NOTHING_WAITS, attention_paragraphs
from orchestrator_tui.presentation.rows.feeds import (
    activity_paragraphs,
    blocker_paragraphs,
    recommendation_paragraphs,
)
from orchestrator_tui.presentation.rows.header import gone_lines, header_lines
from orchestrator_tui.presentation.rows.layout import ATTENTION, PANELS
from orchestrator_tui.presentation.rows.milestones import (
    MilestoneRow,
    milestone_columns,
    milestone_rows,
)
from orchestrator_tui.presentation.rows.problem import (
    live_line,
    problem_line,
    problem_paragraphs,
)
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import LABELS, Tab, mission_tabs
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.mission_actions import MissionActions
from orchestrator_tui.ui.widgets.attention_panel import AttentionPanel
from orchestrator_tui.ui.widgets.lines_panel import LinesPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

if TYPE_CHECKING:
    from orchestrator_tui.ui.widgets.gantt import Gantt

CHART_WIDTH, CHART_HEIGHT = 110, 40
"""From this size on the chart of the tasks may fit too."""


class MissionScreen(MissionActions):
    """One mission: will it make it, does anything need me, who is stuck, what changed."""

    header = getters.query_one("#header", LinesPanel)
    problem = getters.query_one("#problem", OneLine)
    attention = getters.query_one("#attention", AttentionPanel)
    activity = getters.query_one("#activity", ProsePanel)
    blockers = getters.query_one("#blockers", ProsePanel)
    actions = getters.query_one("#actions", ProsePanel)
    problems = getters.query_one("#problems", ProsePanel)

    def __init__(
        self, mission: MissionId, assessment: Assessment | None, *, waiting: str = ""
    ) -> None:
        """Show `mission`, and choose what waits in it under the key `waiting`."""
        super().__init__(mission, assessment)
        self._waiting = waiting
        self._chart: Gantt | None = None
        """The chart of the tasks, once a screen was large enough for it."""

    @override
    def compose(self) -> ComposeResult:
        tabs = {key: Tab(key, LABELS[key], short=str(at)) for at, key in enumerate(PANELS, 1)}
        yield PastLine()
        yield LinesPanel(Tab("header", ""), id="header")
        yield OneLine(id="problem")
        yield Slots(
            LiveTable[AgentRow](tabs["agents"], id="agents"),
            LiveTable[MilestoneRow](tabs["milestones"], id="milestones"),
            AttentionPanel(tabs["attention"], id="attention"),
            ProsePanel(tabs["activity"], id="activity"),
            ProsePanel(tabs["blockers"], id="blockers"),
            ProsePanel(tabs["actions"], id="actions"),
            id="slots",
        )
        yield ProsePanel(Tab("problems", "Problems"), id="problems")
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        mission = self.mission
        if mission is None:
            self._show_that_it_is_gone(assessment)
            return
        self._show_frame(mission, assessment)
        if mission.judgement is not None:
            self._show_panels(mission.judgement, mission, assessment.at)

    def _show_that_it_is_gone(self, assessment: Assessment) -> None:
        self.header.tabs = (Tab("header", self.mission_id),)
        is_past = self.standpoint.is_past
        self.header.note = live_line(None, assessment.at, is_past=is_past)
        self.header.draw_with(partial(gone_lines, is_past=is_past))
        self.problem.say(())
        self._show_slots(is_readable=False)
        self.problems.paragraphs = ()
        self.problems.when_empty = says(
            f"Press {key_of('app.missions', 'g')} for the other missions."
        )

    def _show_slots(self, *, is_readable: bool) -> None:
        self.slots.set_class(not is_readable, "-absent")
        self.problems.set_class(is_readable, "-absent")

    def _show_frame(self, mission: MissionAssessment, assessment: Assessment) -> None:
        self.header.tabs = (Tab("header", shorten(mission.title)),)
        self.header.note = live_line(mission, assessment.at, is_past=self.standpoint.is_past)
        self.header.draw_with(partial(header_lines, mission, assessment.at))
        line = problem_line(mission, assessment)
        is_readable = mission.judgement is not None
        self.problem.say(line if is_readable else ())
        self._show_slots(is_readable=is_readable)
        if not is_readable:
            self.problems.paragraphs = problem_paragraphs(mission.problems)
            self.problems.focus()

    def _show_panels(self, judgement: Judgement, mission: MissionAssessment, now: datetime) -> None:
        agents, milestones = agent_rows(judgement, now), milestone_rows(judgement, now)
        self.agents.columns = agent_columns(agents)
        self.agents.rows_shown = agents
        self.agents.when_empty = says(
            "No agents yet.", f"Write them under agents: in {mission.path}"
        )
        self.milestones.columns = milestone_columns(milestones)
        self.milestones.rows_shown = milestones
        self.milestones.when_empty = says("No milestones yet.", "Write them under milestones:")
        self.attention.paragraphs = attention_paragraphs(judgement)
        self.attention.when_empty = NOTHING_WAITS
        self.activity.paragraphs = activity_paragraphs(judgement, now)
        self.activity.when_empty = says("Nothing has happened yet.")
        self.blockers.paragraphs = blocker_paragraphs(judgement, now)
        self.blockers.when_empty = says("No open blockers.")
        self.actions.paragraphs = recommendation_paragraphs(judgement)
        self.actions.when_empty = says("Nothing to recommend.")
        self.slots.name_tabs(mission_tabs(judgement))
        if self.focused is None:
            self.agents.focus()
        if self._waiting:
            waiting, self._waiting = self._waiting, ""
            self.look_at_what_waits(waiting)
        if self._chart is not None:
            self._chart.when_empty = says("No tasks yet.", "Write them under tasks:")
            self._chart.show_judgement(judgement, now)

    def look_at_what_waits(self, key: str) -> None:
        """Give the keyboard to what waits for a person, and choose one of it."""
        self.action_look_at(ATTENTION)
        self.attention.choose(key)

    @on(events.Resize)
    async def _fill_a_large_screen(self) -> None:
        if self.size.width < CHART_WIDTH or self.size.height < CHART_HEIGHT:
            return
        from orchestrator_tui.ui.widgets.gantt import Gantt  # noqa: PLC0415 - only where it fits

        if self._chart is None:
            self._chart = Gantt(Tab("timeline", "Timeline"), id="timeline")
            await self.slots.add(self._chart)
            if self.assessment is not None:
                self.show(self.assessment)

    @override
    def show_time(self, now: datetime) -> None:
        self.header.note = live_line(self.mission, now)

    @override
    def filter_by(self, text: str) -> None:
        for table in (self.agents, self.milestones):
            table.filter_text = text
        for panel in (self.attention, self.activity, self.blockers, self.actions):
            panel.filter_text = text
