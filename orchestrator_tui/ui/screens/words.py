"""A line to write in: a note, or how something was resolved."""

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input
from typing_extensions import override

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.ui.screens.asking import AskingScreen
from orchestrator_tui.ui.text import name_border
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.words_line import WordsLine


class WordsScreen(AskingScreen):
    """A line to write in; it ends with what was written."""

    dialog = getters.query_one("#dialog", Vertical)
    words = getters.query_one("#words", WordsLine)
    hint = getters.query_one("#hint", OneLine)

    def __init__(self, action: str, about: str, question: str) -> None:
        super().__init__()
        self._action = action
        self._about: Line = (Piece(shorten(about), Tone.STRONG),)
        self._asked: Line = (Piece(question, Tone.MUTED),)

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            for key, line in (("about", self._about), ("asked", self._asked)):
                shown = OneLine(id=key)
                shown.set_reactive(OneLine.line, line)
                yield shown
            yield WordsLine(id="words")
            hint = OneLine(id="hint")
            hint.set_reactive(OneLine.line, _hint())
            yield hint

    @on(events.Mount)
    def _begin(self) -> None:
        name_border(self.dialog, self._action)
        self.words.focus()

    @on(Input.Submitted)
    def _end(self, event: Input.Submitted) -> None:
        event.stop()
        if self.words.words:
            self.dismiss(self.words.words)
        else:
            words = f"Write something first; {_drop_key()} drops it"
            self.hint.line = (Piece(words, Tone.WARN),)

    @on(Input.Changed)
    def _forget_the_reproach(self, event: Input.Changed) -> None:
        event.stop()
        self.hint.line = _hint()


def _hint() -> Line:
    return (
        Piece("enter", Tone.ACCENT),
        Piece(" saves  ", Tone.MUTED),
        Piece(_drop_key(), Tone.ACCENT),
        Piece(" drops it", Tone.MUTED),
    )


def _drop_key() -> str:
    return key_of("asking.drop", "esc")
