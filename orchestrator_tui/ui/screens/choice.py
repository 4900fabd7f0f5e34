"""A small list: which one of several is meant."""

from textual import events, getters, on
from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.choices import Choice, choice_columns
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.screens.asking import AskingScreen
from orchestrator_tui.ui.widgets.live_table import LiveTable


class ChoiceScreen(AskingScreen):
    """A list to choose from; it ends with the key of the choice."""

    choices = getters.query_one("#choices", LiveTable)

    def __init__(self, asked: str, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self._asked = shorten(asked)
        self._choices = choices

    @override
    def compose(self) -> ComposeResult:
        table = LiveTable[Choice](Tab("choices", self._asked), id="choices")
        words = f"{key_of('table.open', 'enter')} chooses"
        table.set_reactive(LiveTable.note, (Piece(words, Tone.MUTED),))
        yield table

    @on(events.Mount)
    def _show_the_choices(self) -> None:
        self.choices.columns = choice_columns(self._choices)
        self.choices.rows_shown = self._choices
        present = (at for at, each in enumerate(self._choices) if each.is_present)
        self.choices.cursor = next(present, 0)
        self.choices.styles.height = self.choices.lines_wanted
        self.choices.focus()

    @on(LiveTable.Opened)
    def _choose(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.dismiss(event.key)
