"""The options of a re-plan, one of which is looked at."""

from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.replanning import PlanOption
from orchestrator_tui.presentation.rows.replan import OptionRow
from orchestrator_tui.ui.widgets.live_table import LiveTable


class OptionTable(LiveTable[OptionRow]):
    """One line an option; it says when another one is looked at."""

    is_touched = False
    """Whether a person chose among them: then nothing else moves the cursor."""

    @dataclass(eq=False)
    class Chosen(Message):
        """Someone moved to another option; only the last one matters."""

        @override
        def can_replace(self, message: Message) -> bool:
            return isinstance(message, OptionTable.Chosen)

    @property
    def option(self) -> PlanOption | None:
        """Return the one under the cursor."""
        row = self.chosen
        return None if row is None else row.option

    @override
    def watch_cursor(self, old: int, new: int) -> None:
        """Move the highlight, and say so."""
        super().watch_cursor(old, new)
        self.post_message(self.Chosen())

    @override
    def action_move(self, lines: int) -> None:
        """Move the cursor by some lines."""
        self.is_touched = True
        super().action_move(lines)

    @on(events.Click)
    def _touch(self) -> None:
        self.is_touched = True
