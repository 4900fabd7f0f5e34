"""Where a plan is accepted: how it stands, a comment that may be empty, and the keys."""

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from typing_extensions import override

from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.ui.widgets.one_line import Key, KeyLine, OneLine
from orchestrator_tui.ui.widgets.words_line import WordsLine


class Accepting(Vertical):
    """Says how a plan stands, and asks for a comment once somebody wants to accept it."""

    verdict = getters.query_one("#verdict", OneLine)
    asked = getters.query_one("#asked", OneLine)
    line = getters.query_one("#words", WordsLine)
    keys = getters.query_one("#deciding-keys", KeyLine)

    @override
    def compose(self) -> ComposeResult:
        yield OneLine(id="verdict")
        yield OneLine(id="asked")
        yield WordsLine(id="words")
        yield KeyLine(id="deciding-keys")

    @property
    def is_asking(self) -> bool:
        """Say whether somebody is deciding."""
        return not self.line.has_class("-absent")

    @property
    def words(self) -> str:
        """Return the comment."""
        return self.line.words

    def rest(self, verdict: Line) -> None:
        """Drop what was being decided, and say how it stands."""
        self.asked.say(())
        self.line.value = ""
        self.line.add_class("-absent")
        self.verdict.say(verdict)

    def refuse(self, reason: str) -> None:
        """Say why it cannot be accepted."""
        self.verdict.say((Piece(f" ✗ {reason}", Tone.ALARM),))

    def begin(self) -> None:
        """Ask for a comment."""
        self.verdict.say(())
        self.asked.say((Piece(" Accept: ", Tone.GOOD), Piece("a comment, or nothing")))
        self.line.remove_class("-absent")
        self.line.focus()

    def show_keys(self, *, is_on: bool) -> None:
        """Say what can be done; `is_on` says whether it can be accepted now."""
        back = key_of("screen.back", "esc")
        if self.is_asking:
            self.keys.keys = (
                Key("enter", "accepts", "screen.go_on"),
                Key(back, "back to the diff", "screen.leave"),
            )
            return
        accept = key_of("acceptance.accept", "a")
        self.keys.keys = (
            Key(accept, "accept", "screen.accept", is_on=is_on),
            Key(back, "decide later", "screen.leave"),
            Key("↑ ↓", "read", "screen.read"),
        )
