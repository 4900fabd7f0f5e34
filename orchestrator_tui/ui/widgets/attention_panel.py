"""What waits for a person: one is chosen, and opened where it is dealt with."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from typing_extensions import override

from orchestrator_tui.presentation.lines import Line
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel


class AttentionPanel(ProsePanel):
    """Paragraphs of which one is under the cursor, while the panel has the keyboard."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False, id="table.up"),
        Binding("down", "move(1)", "down", show=False, id="table.down"),
        Binding("enter", "open", "open", show=False, id="table.open"),
    ]

    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    @dataclass(eq=False)
    class Opened(Message):
        """Someone opened what waits."""

        key: str

    def __init__(self, *tabs: Tab, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id)
        self._key = ""
        """Of what is under the cursor: it stays there whatever happens around it."""

    @property
    def chosen(self) -> str:
        """Return the key of what is under the cursor; empty where nothing waits."""
        found = self.found
        return found[self.cursor].key if self.cursor < len(found) else ""

    @override
    def is_cursor_at(self, index: int) -> bool:
        return self.has_focus and bool(self.found) and index in self.lines_of(self.cursor)

    @override
    def take(self, lines: tuple[Line, ...]) -> None:
        super().take(lines)
        keys = [each.key for each in self.found]
        at = keys.index(self._key) if self._key in keys else self.cursor
        self.cursor = max(0, min(at, len(keys) - 1))
        self._key = self.chosen

    def choose(self, key: str) -> None:
        """Put the cursor on what has that key, as soon as it is there, and bring it into sight."""
        self._key = key
        keys = [each.key for each in self.found]
        if key in keys:
            self.cursor = keys.index(key)
        self.call_after_refresh(self._scroll_to_cursor)

    def watch_cursor(self, old: int, new: int) -> None:
        """Move the highlight."""
        for index in (*self.lines_of(old), *self.lines_of(new)):
            self.redraw(index)

    def action_move(self, steps: int) -> None:
        """Move the cursor; beyond the last one, scroll."""
        last = len(self.found) - 1
        self.cursor = max(0, min(last, self.cursor + steps))
        self._key = self.chosen
        self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        lines = self.lines_of(self.cursor)
        seen = max(1, self.size.height - self.lines_above - 1)
        if lines and lines.start < self.scroll_offset.y:
            self.scroll_to(y=lines.start, animate=False)
        elif lines and lines.stop > self.scroll_offset.y + seen:
            self.scroll_to(y=lines.stop - seen, animate=False)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.chosen:
            self.post_message(self.Opened(self.chosen))

    @on(events.Click)
    def _choose(self, event: events.Click) -> None:
        index = self.index_at(event.y)
        at = (at for at in range(len(self.found)) if index in self.lines_of(at))
        found = None if index is None else next(at, None)
        if found is None:
            return
        self.cursor = found
        self._key = self.chosen
        if event.chain == 2:  # noqa: PLR2004 - a double click
            self.action_open()
