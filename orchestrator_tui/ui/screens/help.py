"""Every key, and what the marks mean."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.help import help_paragraphs
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.screens.modal import AssessedModal
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel


class HelpScreen(AssessedModal):
    """The help, over the screen it was asked on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter", "dismiss", "close", id="help.close"),
    ]

    panel = getters.query_one("#help", ProsePanel)

    @override
    def compose(self) -> ComposeResult:
        panel = ProsePanel(Tab("help", "Help"), id="help")
        panel.set_reactive(
            ProsePanel.note, (Piece(f"{key_of('help.close', 'esc')} closes", Tone.MUTED),)
        )
        panel.set_reactive(ProsePanel.paragraphs, help_paragraphs())
        yield panel

    @override
    def show(self, assessment: Assessment) -> None:
        del assessment
        self.panel.focus()
