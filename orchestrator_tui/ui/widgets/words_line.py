"""Where a person writes a sentence."""

from typing import Final

from textual import events, on
from textual.widgets import Input

from orchestrator_tui.domain.text import plain_text

LONGEST_WORDS: Final = 500
"""Characters that a note or a resolution may have."""


class WordsLine(Input):
    """An input of one line; what is pasted becomes one line, and nothing in it acts."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, compact=True, max_length=LONGEST_WORDS)

    @property
    def words(self) -> str:
        """Return what was written, as one safe line."""
        return plain_text(" ".join(self.value.split()), limit=LONGEST_WORDS)

    @on(events.Paste)
    def _flatten(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        line = plain_text(" ".join(event.text.split()))
        room = LONGEST_WORDS - len(self.value) + len(self.selected_text)
        self.replace(line[: max(0, room)], *self.selection)
