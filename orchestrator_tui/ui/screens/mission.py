"""The dashboard of one mission."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.agents import AgentRow, agent_columns, agent_rows
from orchestrator_tui.presentation.rows.feeds import (
    activity_paragraphs,
    attention_paragraphs,
    blocker_paragraphs,
    recommendation_paragraphs,
)
from orchestrator_tui.presentation.rows.header import gone_lines, header_lines
from orchestrator_tui.presentation.rows.layout import PANELS
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
from orchestrator_tui.ui.messages import AgentWanted, TimelineWanted
from orchestrator_tui.ui.screens.base import AssessedScreen, keys_of, too_small
from orchestrator_tui.ui.widgets.lines_panel import LinesPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import KeyLine, OneLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

if TYPE_CHECKING:
    from orchestrator_tui.ui.widgets.gantt import Gantt

CHART_WIDTH, CHART_HEIGHT = 110, 40
"""From this size on the chart of the tasks may fit too."""


class MissionScreen(AssessedScreen):
    """One mission: will it make it, does anything need me, who is stuck, what changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "agent", "agent", id="mission.agent", tooltip="Everything about one agent"),
        Binding("t", "timeline", "timeline", id="mission.timeline", tooltip="The Gantt chart"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("g", "app.missions", "missions", id="app.missions", tooltip="Every mission"),
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        Binding("escape", "leave", "back", show=False, id="screen.back"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
        *(
            Binding(str(number), f"look_at('{key}')", LABELS[key], show=False, id=f"mission.{key}")
            for number, key in enumerate(PANELS, 1)
        ),
    ]

    header = getters.query_one("#header", LinesPanel)
    problem = getters.query_one("#problem", OneLine)
    slots = getters.query_one("#slots", Slots)
    agents = getters.query_one("#agents", LiveTable)
    milestones = getters.query_one("#milestones", LiveTable)
    attention = getters.query_one("#attention", ProsePanel)
    activity = getters.query_one("#activity", ProsePanel)
    blockers = getters.query_one("#blockers", ProsePanel)
    actions = getters.query_one("#actions", ProsePanel)
    problems = getters.query_one("#problems", ProsePanel)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self._mission = mission
        self._chart: Gantt | None = None
        """The chart of the tasks, once a screen was large enough for it."""

    @property
    def mission(self) -> MissionAssessment | None:
        """Return the mission that is shown, as far as it is known."""
        if self.assessment is None:
            return None
        return self.assessment.mission(self._mission)

    @override
    def compose(self) -> ComposeResult:
        tabs = {key: Tab(key, LABELS[key], short=str(at)) for at, key in enumerate(PANELS, 1)}
        yield LinesPanel(Tab("header", ""), id="header")
        yield OneLine(id="problem")
        yield Slots(
            LiveTable[AgentRow](tabs["agents"], id="agents"),
            LiveTable[MilestoneRow](tabs["milestones"], id="milestones"),
            ProsePanel(tabs["attention"], id="attention"),
            ProsePanel(tabs["activity"], id="activity"),
            ProsePanel(tabs["blockers"], id="blockers"),
            ProsePanel(tabs["actions"], id="actions"),
            id="slots",
        )
        yield ProsePanel(Tab("problems", "Problems"), id="problems")
        keys = KeyLine(id="keys")
        keys.set_reactive(KeyLine.keys, keys_of(self.BINDINGS))
        yield keys
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
        self.header.tabs = (Tab("header", self._mission),)
        self.header.note = live_line(None, assessment.at)
        self.header.draw_with(gone_lines)
        self.problem.say(())
        self._show_slots(is_readable=False)
        self.problems.paragraphs = ()
        self.problems.when_empty = says("Press g for the other missions.")

    def _show_slots(self, *, is_readable: bool) -> None:
        self.slots.set_class(not is_readable, "-absent")
        self.problems.set_class(is_readable, "-absent")

    def _show_frame(self, mission: MissionAssessment, assessment: Assessment) -> None:
        self.header.tabs = (Tab("header", shorten(mission.title)),)
        self.header.note = live_line(mission, assessment.at)
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
        self.attention.when_empty = says("Nothing needs you.")
        self.activity.paragraphs = activity_paragraphs(judgement, now)
        self.activity.when_empty = says("Nothing has happened yet.")
        self.blockers.paragraphs = blocker_paragraphs(judgement, now)
        self.blockers.when_empty = says("No open blockers.")
        self.actions.paragraphs = recommendation_paragraphs(judgement)
        self.actions.when_empty = says("Nothing to recommend.")
        self.slots.name_tabs(mission_tabs(judgement))
        if self.focused is None:
            self.agents.focus()

        if self._chart is not None:
            self._chart.when_empty = says("No tasks yet.", "Write them under tasks:")
            self._chart.show_judgement(judgement, now)

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

    def action_look_at(self, key: str) -> None:
        """Bring a panel into sight and give it the keyboard."""
        self.slots.look_at(key)

    def action_timeline(self) -> None:
        """Show when everything will happen."""
        self.post_message(TimelineWanted(self._mission))

    def action_agent(self) -> None:
        """Show everything about the agent under the cursor."""
        if (row := self.agents.chosen) is not None:
            self.post_message(AgentWanted(self._mission, AgentId(row.key)))

    @on(LiveTable.Opened)
    def _open_the_agent(self, event: LiveTable.Opened) -> None:
        event.stop()
        if event.table == self.agents.id:
            self.action_agent()
