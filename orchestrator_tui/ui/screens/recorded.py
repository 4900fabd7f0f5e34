"""A screen on what was recorded, which is read beside it and may be beyond reading."""

from typing import Any

from textual import getters
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.ui.ports import Archive
from orchestrator_tui.ui.screens.acting import ActingScreen, Target
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine


class RecordedScreen(ActingScreen):
    """Shows what was recorded of one mission or of all; what is under the cursor is no target."""

    problem = getters.query_one("#problem", OneLine)

    def __init__(
        self, archive: Archive, mission: MissionId | None, assessment: Assessment | None
    ) -> None:
        super().__init__(assessment)
        self._archive = archive
        self._mission = mission

    @override
    def target(self) -> Target | None:
        return None

    @property
    @override
    def travels_in(self) -> MissionId | None:
        return self._mission

    def say_why_not(self, error: OrchestratorError, table: LiveTable[Any]) -> None:
        """Say why what is recorded cannot be read, above the table that would show it."""
        self.problem.say((Piece(f" ✗ {shorten(plain_text(str(error)))}", Tone.ALARM),))
        table.when_empty = says("The history cannot be read at the moment.")
