"""The milestones as a table that says which of them is looked at."""

from dataclasses import dataclass

from textual.message import Message
from typing_extensions import override

from orchestrator_tui.presentation.rows.matrix import MatrixRow
from orchestrator_tui.ui.widgets.live_table import LiveTable


class MatrixTable(LiveTable[MatrixRow]):
    """One line a milestone."""

    @dataclass(eq=False)
    class Chosen(Message):
        """Someone moved to another milestone; only the last one matters."""

        @override
        def can_replace(self, message: Message) -> bool:
            return isinstance(message, MatrixTable.Chosen)

    @override
    def watch_cursor(self, old: int, new: int) -> None:
        """Move the highlight, and say so."""
        super().watch_cursor(old, new)
        self.post_message(self.Chosen())
