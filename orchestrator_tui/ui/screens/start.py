"""What is there before anything has been read."""

from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.ui.screens.base import AssessedScreen
from orchestrator_tui.ui.widgets.one_line import OneLine


class StartScreen(AssessedScreen):
    """One quiet line, gone as soon as the missions are read."""

    @override
    def compose(self) -> ComposeResult:
        line = OneLine(id="reading")
        line.set_reactive(OneLine.line, (Piece(" Reading the missions …", Tone.MUTED),))
        yield line

    @override
    def show(self, assessment: Assessment) -> None:
        del assessment
