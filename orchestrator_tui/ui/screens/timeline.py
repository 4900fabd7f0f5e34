"""When everything will happen."""

from datetime import datetime
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.gantt import LEGEND
from orchestrator_tui.presentation.rows.problem import live_line, problem_line
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.presentation.rows.timeline import TimelineRow
from orchestrator_tui.ui.messages import AgentWanted, MilestonesWanted
from orchestrator_tui.ui.screens.acting import (
    DEED_KEYS,
    ESCALATIONS_KEY,
    FORECAST_KEY,
    HISTORY_KEY,
    MILESTONES_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
)
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.widgets.gantt import Gantt
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine


class TimelineScreen(ActingScreen):
    """A Gantt chart: the baseline against the forecast, and what decides the finish."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("t", "app.back", "back", show=False, id="timeline.back"),
        Binding("plus", "zoom(-1)", "finer", key_display="+", id="timeline.finer"),
        Binding("minus", "zoom(1)", "coarser", key_display="-", id="timeline.coarser"),
        Binding("home", "now", "now", key_display="home", id="timeline.now"),
        Binding("0", "fit", "all", id="timeline.fit"),
        Binding("i", "agent", "agent", id="mission.agent"),
        FORECAST_KEY,
        MILESTONES_KEY,
        ESCALATIONS_KEY,
        HISTORY_KEY,
        *STEP_KEYS,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        *DEED_KEYS,
        Binding("q", "app.quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", show=False, id="app.palette"),
    ]

    chart = getters.query_one("#chart", Gantt)
    problem = getters.query_one("#problem", OneLine)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self._mission = mission

    @override
    def target(self) -> Target:
        row: TimelineRow | None = self.chart.chosen
        if row is not None and row.task is not None:
            task = row.task
            return Target(self._mission, task.id, task.title, task.agent, (task.id,))
        if row is not None and row.milestone is not None:
            return Target(self._mission, row.milestone.id, row.milestone.title)
        return Target(self._mission, self._mission, self._mission)

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield Gantt(Tab("chart", "Timeline"), id="chart")
        legend = OneLine(id="legend")
        legend.set_reactive(OneLine.line, LEGEND)
        yield legend
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        mission = assessment.mission(self._mission)
        if mission is None or mission.judgement is None:
            self.chart.rows_shown = ()
            self.chart.when_empty = says("This mission cannot be read at the moment.")
            return
        self.chart.tabs = (Tab("chart", f"Timeline · {shorten(mission.title)}"),)
        self.chart.note = live_line(mission, assessment.at, is_past=self.standpoint.is_past)
        self.chart.when_empty = says("No tasks yet.", "Write them under tasks:")
        self.chart.show_judgement(mission.judgement, assessment.at)
        self.problem.say(problem_line(mission, assessment))
        if self.focused is None:
            self.chart.focus()

    @override
    def show_time(self, now: datetime) -> None:
        if self.assessment is not None:
            self.chart.note = live_line(self.assessment.mission(self._mission), now)

    @override
    def filter_by(self, text: str) -> None:
        self.chart.filter_text = text

    def action_zoom(self, steps: int) -> None:
        """Let a cell stand for more or less time."""
        self.chart.action_zoom(steps)

    def action_now(self) -> None:
        """Bring the present into sight."""
        self.chart.action_to_now()

    def action_fit(self) -> None:
        """Show the whole mission."""
        self.chart.action_fit()

    def action_milestones(self) -> None:
        """Show the milestones, and the one under the cursor."""
        row = self.chart.chosen
        one = None if row is None or row.milestone is None else row.milestone.id
        self.post_message(MilestonesWanted(self._mission, one))

    def action_agent(self) -> None:
        """Show everything about the agent of the task under the cursor."""
        row = self.chart.chosen
        if row is not None and row.task is not None and row.task.agent is not None:
            self.post_message(AgentWanted(self._mission, AgentId(row.task.agent)))

    @on(LiveTable.Opened)
    def _open_what_is_chosen(self, event: LiveTable.Opened) -> None:
        event.stop()
        row: TimelineRow | None = self.chart.chosen
        if row is not None and row.milestone is not None:
            self.post_message(MilestonesWanted(self._mission, row.milestone.id))
        else:
            self.action_agent()
