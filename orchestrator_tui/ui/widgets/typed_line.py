"""Where a person types with its own hands: what is pasted is ignored."""

from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from typing_extensions import override

from orchestrator_tui.ui.widgets.words_line import WordsLine


class TypedLine(WordsLine):
    """An input of one line that takes no pasted text, wherever it was pasted from."""

    @dataclass(eq=False)
    class PasteIgnored(Message):
        """Someone pasted."""

    @on(events.Paste)
    def _ignore(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.PasteIgnored())

    @override
    def action_paste(self) -> None:
        """Ignore what the app itself has kept to be pasted."""
        self.post_message(self.PasteIgnored())
