"""The levels of the ladder, and on each what has come to it: the cursor stands on the latter."""

from dataclasses import dataclass

from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.presentation.lines import Line
from orchestrator_tui.presentation.rows.escalations import LadderRow, level_line
from orchestrator_tui.ui.widgets.live_table import LiveTable


class LadderTable(LiveTable[LadderRow]):
    """One line a level, and one for each that has come to it."""

    @dataclass(eq=False)
    class Chosen(Message):
        """Someone moved to another one; only the last one matters."""

        @override
        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LadderTable.Chosen)

    @property
    def escalation(self) -> EscalationAssessment | None:
        """Return the one under the cursor."""
        row = self.chosen
        return None if row is None else row.escalation

    @override
    def line_of(self, row: LadderRow) -> Line:
        if row.escalation is None:
            return level_line(row, self.inner_width)
        return super().line_of(row)

    def validate_cursor(self, cursor: int) -> int:
        """Return the line that the cursor comes to: that of a level is passed over."""
        rows = self.rows_found
        if cursor >= len(rows) or rows[cursor].escalation is not None:
            return cursor
        below = [at for at in range(cursor, len(rows)) if rows[at].escalation is not None]
        above = [at for at in range(cursor) if rows[at].escalation is not None]
        if cursor < self.cursor:
            return above[-1] if above else below[0]
        return below[0] if below else above[-1]

    @override
    def watch_cursor(self, old: int, new: int) -> None:
        """Move the highlight, and say so."""
        super().watch_cursor(old, new)
        self.post_message(self.Chosen())

    @override
    def keep_in_sight(self) -> None:
        """Scroll until the cursor is seen, and the level above it, where that is next to it."""
        super().keep_in_sight()
        top = self.cursor
        while top > 0 and self.rows_found[top - 1].escalation is None:
            top -= 1
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
