"""A table that says which of its rows is looked at."""

from dataclasses import dataclass

from textual.message import Message
from typing_extensions import override

from orchestrator_tui.ui.widgets.live_table import LiveTable, Row


class ChoosingTable(LiveTable[Row]):
    """One line a row, and more of the one under the cursor elsewhere."""

    @dataclass(eq=False)
    class Chosen(Message):
        """Someone moved to another line; only the last one matters."""

        table: str

        @override
        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ChoosingTable.Chosen) and message.table == self.table

    @override
    def watch_cursor(self, old: int, new: int) -> None:
        """Move the highlight, and say so."""
        super().watch_cursor(old, new)
        self.post_message(self.Chosen(self.id or ""))
