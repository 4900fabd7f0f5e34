"""Where a decision on a milestone is taken, one step after the other."""

from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input
from typing_extensions import override

from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.approving import Terms
from orchestrator_tui.ui.widgets.one_line import Key, KeyLine, OneLine
from orchestrator_tui.ui.widgets.typed_line import TypedLine

NOT_PASTED = "Pasted text is not taken here: type it"


class Deciding(Vertical):
    """Says how a milestone stands, asks for what a decision takes, and tells what was decided."""

    verdict = getters.query_one("#verdict", OneLine)
    asked = getters.query_one("#asked", OneLine)
    words = getters.query_one("#typed", TypedLine)
    keys = getters.query_one("#deciding-keys", KeyLine)

    @dataclass(eq=False)
    class Decided(Message):
        """Someone decided, and said all that it takes."""

        decision: ApprovalDecision
        comment: str

    def __init__(self, milestone: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._terms = Terms(milestone)
        self._decision: ApprovalDecision | None = None
        """What is being decided, while that is still being asked about."""
        self._has_typed = False

    @override
    def compose(self) -> ComposeResult:
        yield OneLine(id="verdict")
        yield OneLine(id="asked")
        yield TypedLine(id="typed")
        yield KeyLine(id="deciding-keys")

    @property
    def is_asking(self) -> bool:
        """Say whether somebody is deciding."""
        return self._decision is not None

    def show_terms(self, terms: Terms, *, is_deaf: bool) -> bool:
        """Take in what deciding takes now; say whether that is other than it was."""
        before, self._terms = self._terms, terms
        self.show_keys(is_deaf=is_deaf)
        return before.refusal != terms.refusal or bool(before.lacks) != bool(terms.lacks)

    def show_keys(self, *, is_deaf: bool = False) -> None:
        """Say what can be done."""
        terms = self._terms
        back = key_of("screen.back", "esc")
        if self.is_asking:
            self.keys.keys = (
                Key("enter", "goes on", "screen.go_on"),
                Key(back, "back to the summary", "screen.leave"),
            )
            return
        is_on = not is_deaf and not terms.refusal
        self.keys.keys = (
            Key(key_of("approval.approve", "a"), "approve", "screen.approve", is_on=is_on),
            Key(key_of("approval.reject", "r"), "reject", "screen.reject", is_on=is_on),
            Key(back, "decide later", "screen.leave"),
            Key("↑ ↓", "read", "screen.read"),
        )

    def rest(self, warning: str = "") -> None:
        """Drop what was being decided, and say how the milestone stands, or `warning`."""
        self._decision = None
        self.asked.say(())
        self.words.value = ""
        self.words.add_class("-absent")
        self.verdict.say(_warning(warning) if warning else _verdict(self._terms))

    def begin(self, decision: ApprovalDecision) -> None:
        """Ask for what it takes to decide so; where it cannot be decided, say why."""
        if self._terms.refusal:
            self.verdict.say((Piece(f" ✗ {shorten(self._terms.refusal)}", Tone.ALARM),))
        elif not self.is_asking:
            self._decision = decision
            self._has_typed = not self._terms.needs_typing(decision)
            self._ask(decision)

    def go_on(self) -> None:
        """Take what was written."""
        decision, said = self._decision, self.words.words
        if decision is None:
            return
        if not self._has_typed:
            self._has_typed = said == self._terms.milestone
            if self._has_typed:
                self._ask(decision)
            else:
                self.verdict.say(_warning(f"That is not {self._terms.milestone}"))
        elif not said and self._terms.needs_comment(decision):
            self.verdict.say(_warning("Write something first"))
        elif self._terms.refusal:
            self.rest()
        else:
            self.post_message(self.Decided(decision, said))

    def _ask(self, decision: ApprovalDecision) -> None:
        self.verdict.say(())
        self.asked.say(self._terms.question(decision, has_typed=self._has_typed))
        self.words.value = ""
        self.words.remove_class("-absent")
        self.words.focus()
        self.show_keys()

    @on(Input.Changed)
    def _forget_the_reproach(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_asking:
            self.verdict.say(())

    @on(TypedLine.PasteIgnored)
    def _say_why_nothing_was_pasted(self, event: TypedLine.PasteIgnored) -> None:
        event.stop()
        self.verdict.say(_warning(NOT_PASTED))


def _verdict(terms: Terms) -> Line:
    if terms.refusal:
        return _warning(terms.refusal)
    if terms.lacks:
        lacks = len(terms.lacks)
        return _warning("It lacks something" if lacks == 1 else f"It lacks {lacks} things")
    return (Piece(" ✓ Everything that was asked of it holds", Tone.GOOD),)


def _warning(words: str) -> Line:
    return (Piece(f" ! {shorten(words)}", Tone.WARN),)
