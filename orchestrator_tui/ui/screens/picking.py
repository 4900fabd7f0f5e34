"""A small list to choose from, over a line to type in."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input
from typing_extensions import override

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.choices import Choice, choice_columns
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.screens.asking import AskingScreen
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.words_line import WordsLine

BORDER = 2
LINES_BENEATH = 3
MOST_LINES = 18


@dataclass(frozen=True, slots=True)
class Picked:
    """What enter would take now, and how the hint says it."""

    key: str
    words: str


class PickingScreen(AskingScreen):
    """Ends with what was chosen in the list, or with what was typed; the keyboard is in the line.

    The arrows move through the list all the same.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False, id="table.up"),
        Binding("down", "move(1)", "down", show=False, id="table.down"),
        Binding("pageup", "move(-10)", "page up", show=False, id="table.page-up"),
        Binding("pagedown", "move(10)", "page down", show=False, id="table.page-down"),
    ]

    choices = getters.query_one("#choices", LiveTable)
    words = getters.query_one("#words", WordsLine)
    hint = getters.query_one("#hint", OneLine)

    def __init__(self, action: str, about: str, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self._action = action
        self._about = shorten(about)
        self._choices = choices

    def picked(self) -> Picked | str:
        """Return what enter takes now; a sentence says why it takes nothing."""
        raise NotImplementedError

    @property
    def asked(self) -> str:
        """Return what stands in the line while nothing is typed."""
        raise NotImplementedError

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="picking"):
            yield LiveTable[Choice](Tab("choices", f"{self._action} · {self._about}"), id="choices")
            line = WordsLine(id="words")
            line.placeholder = self.asked
            yield line
            yield OneLine(id="hint")

    @on(events.Mount)
    def _begin(self) -> None:
        self.choices.columns = choice_columns(self._choices)
        self.choices.rows_shown = self._choices
        present = (at for at, each in enumerate(self._choices) if each.is_present)
        self.choices.cursor = next(present, 0)
        self._fit()
        self.words.focus()
        self.show_hint()

    @on(events.Resize)
    def _fit(self) -> None:
        """Leave room for the line beneath, however low the screen is."""
        wanted = len(self._choices) + BORDER
        self.choices.styles.height = min(wanted, MOST_LINES, self.size.height - LINES_BENEATH)

    def show_hint(self) -> None:
        """Say what enter does now."""
        found = self.picked()
        drop = (Piece(key_of("asking.drop", "esc"), Tone.ACCENT), Piece(" drops it", Tone.MUTED))
        if isinstance(found, str):
            self.hint.line = (Piece(f" {found}  ", Tone.WARN), *drop)
            return
        takes: Line = (Piece(" enter", Tone.ACCENT), Piece(f" {found.words}  ", Tone.MUTED))
        self.hint.line = (*takes, *drop)

    def action_move(self, lines: int) -> None:
        """Move through the list."""
        self.choices.action_move(lines)
        self.show_hint()

    @on(events.Click)
    def _follow_the_mouse(self) -> None:
        self.show_hint()

    @on(Input.Changed)
    def _follow_the_typing(self, event: Input.Changed) -> None:
        event.stop()
        self.typed()
        self.show_hint()

    def typed(self) -> None:
        """Take in what was typed so far."""

    @on(Input.Submitted)
    def _end(self, event: Input.Submitted) -> None:
        event.stop()
        found = self.picked()
        if isinstance(found, Picked):
            self.dismiss(found.key)

    @on(LiveTable.Opened)
    def _end_with_the_chosen(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.dismiss(event.key)
