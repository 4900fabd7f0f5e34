"""Every mission in the folder."""

from datetime import datetime
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.missions import (
    MissionRow,
    mission_columns,
    mission_rows,
)
from orchestrator_tui.presentation.rows.problem import folder_problems, live_line
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.rows.tabs import Tab, tally_of
from orchestrator_tui.ui.messages import MissionWanted
from orchestrator_tui.ui.screens.acting import (
    HISTORY_KEY,
    NOTE_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
)
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel

NOTHING_YET = (
    *says("No missions here yet.", ""),
    Paragraph((Piece("orchestrator-tui new NAME  ", Tone.ACCENT),), "writes one to begin with"),
    Paragraph(
        (Piece("orchestrator-tui demo      ", Tone.ACCENT),), "shows one with agents at work"
    ),
)


class MissionsScreen(ActingScreen):
    """One row a mission, the worst first; what cannot be read stays listed with its place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="missions.open"),
        HISTORY_KEY,
        *STEP_KEYS,
        NOTE_KEY,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        Binding("escape", "leave", "back", show=False, id="screen.back"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    missions = getters.query_one("#missions", LiveTable)
    problems = getters.query_one("#problems", ProsePanel)

    @override
    def target(self) -> Target | None:
        row: MissionRow | None = self.missions.chosen
        if row is None:
            return None
        return Target(row.mission.id, row.mission.id, row.mission.title)

    @property
    @override
    def travels_in(self) -> MissionId | None:
        return None

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield LiveTable(Tab("missions", "Missions"), id="missions")
        yield ProsePanel(Tab("problems", "Problems"), id="problems")
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        rows = mission_rows(assessment)
        self.missions.when_empty = NOTHING_YET
        self.missions.columns = mission_columns(rows)
        self.missions.rows_shown = rows
        self.missions.note = live_line(None, assessment.at, is_past=self.standpoint.is_past)
        self.missions.tabs = (Tab("missions", "Missions", tally_of(len(rows))),)
        self.problems.paragraphs = folder_problems(assessment)
        self.problems.set_class(not self.problems.paragraphs, "-absent")
        if self.focused is None:
            self.missions.focus()

    @override
    def show_time(self, now: datetime) -> None:
        self.missions.note = live_line(None, now)

    @override
    def filter_by(self, text: str) -> None:
        self.missions.filter_text = text
        self.problems.filter_text = text

    def action_open(self) -> None:
        """Open the mission under the cursor."""
        if (row := self.missions.chosen) is not None:
            self.post_message(MissionWanted(MissionId(row.key)))

    @on(LiveTable.Opened)
    def _open(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.post_message(MissionWanted(MissionId(event.key)))
