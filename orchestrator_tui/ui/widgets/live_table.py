"""A table of live rows: only what is in sight is drawn, and of that only what differs."""

from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from typing_extensions import override

from orchestrator_tui.presentation.lines import Line
from orchestrator_tui.presentation.rows.columns import Column, Placed, place_columns
from orchestrator_tui.presentation.rows.prose import Paragraph, nothing_holds, prose_lines
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.widgets.panel import Panel


class Keyed(Protocol):
    """What a row must say of itself."""

    @property
    def key(self) -> str:
        """Return the id that stays the same while the row changes."""
        ...

    @property
    def sought(self) -> str:
        """Return the text that a filter looks in."""
        ...


Row = TypeVar("Row", bound=Keyed)


class LiveTable(Panel, Generic[Row]):
    """One line a row; the cursor stays on its row whatever happens around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False, id="table.up"),
        Binding("down", "move(1)", "down", show=False, id="table.down"),
        Binding("pageup", "move_page(-1)", "page up", show=False, id="table.page-up"),
        Binding("pagedown,space", "move_page(1)", "page down", show=False, id="table.page-down"),
        Binding("home", "move(-1_000_000_000)", "top", show=False, id="table.top"),
        Binding("end", "move(1_000_000_000)", "bottom", show=False, id="table.bottom"),
        Binding("enter", "open", "open", show=False, id="table.open"),
    ]

    rows_shown: reactive[tuple[Row, ...]] = reactive(
        (), init=False, repaint=False, always_update=True
    )
    columns: reactive[tuple[Column, ...]] = reactive((), init=False, repaint=False)
    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    filter_text: reactive[str] = reactive("", init=False, repaint=False)
    when_empty: reactive[tuple[Paragraph, ...]] = reactive((), init=False, repaint=False)

    @dataclass(eq=False)
    class Opened(Message):
        """Someone opened a row."""

        table: str
        key: str

    @dataclass(eq=False)
    class EndReached(Message):
        """Someone came to the last row."""

    def __init__(self, *tabs: Tab, id: str, can_focus: bool = True) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id, can_focus=can_focus)
        self._rows: tuple[Row, ...] = ()
        self._lines: dict[int, Line] = {}
        self._placed: Placed | None = None

    @property
    def chosen(self) -> Row | None:
        """Return the row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    @property
    def rows_found(self) -> tuple[Row, ...]:
        """Return the rows that the filter lets through."""
        return self._rows

    # What the panel draws

    @property
    @override
    def line_count(self) -> int:
        return len(self._rows) or len(self._words)

    @property
    @override
    def heading(self) -> Line | None:
        has_names = self._rows and any(each.heading for each in self.columns)
        return self.placed.heading if has_names else None

    @property
    def placed(self) -> Placed:
        """Return the columns as they are placed in the present width."""
        if self._placed is None:
            self._placed = place_columns(self.columns, self.inner_width, is_steady=True)
        return self._placed

    @override
    def line_at(self, index: int) -> Line:
        if not self._rows:
            return self._words[index]
        line = self._lines[index] = self.line_of(self._rows[index])
        return line

    def line_of(self, row: Row) -> Line:
        """Return the line of a row."""
        return self.placed.line(row)

    @property
    def _words(self) -> tuple[Line, ...]:
        """Return what stands where no rows are."""
        found = nothing_holds(self.filter_text) if self.filter_text else self.when_empty
        return prose_lines(found, self.inner_width)

    @override
    def is_cursor_at(self, index: int) -> bool:
        return index == self.cursor and self.can_focus and bool(self._rows)

    @override
    def resized(self) -> None:
        self._forget_the_places()

    def _forget_the_places(self) -> None:
        self._placed = None
        self._lines.clear()

    # Changes

    def watch_rows_shown(self) -> None:
        """Draw again the lines in sight that differ, and keep the cursor on its row."""
        self._take(self._filtered())

    def watch_filter_text(self) -> None:
        """Show the rows that hold the text."""
        self._take(self._filtered())

    def watch_when_empty(self) -> None:
        """Say something else while there are no rows."""
        if not self._rows:
            self.redraw_all()
            self.measure_again()

    def watch_columns(self) -> None:
        """Place the new columns."""
        self._forget_the_places()
        self.redraw_all()

    def watch_cursor(self, old: int, new: int) -> None:
        """Move the highlight."""
        self.redraw(old)
        self.redraw(new)

    def _filtered(self) -> tuple[Row, ...]:
        if not self.filter_text:
            return self.rows_shown
        wanted = self.filter_text.casefold()
        return tuple(each for each in self.rows_shown if wanted in each.sought.casefold())

    def _take(self, rows: tuple[Row, ...]) -> None:
        chosen = self.chosen
        had = len(self._rows)
        self._rows = rows
        if had and rows:
            self._redraw_what_differs(had)
        else:
            self._lines.clear()
            self.redraw_all()
        self._follow(chosen)
        self.measure_again()

    def _redraw_what_differs(self, had: int) -> None:
        seen = self.visible_indices()
        before, self._lines = self._lines, {}
        self._strips = {at: strip for at, strip in self._strips.items() if at in seen}
        for index in seen:
            if index >= len(self._rows) or before.get(index) != self.line_of(self._rows[index]):
                self.redraw(index)
            else:
                self._lines[index] = before[index]
        for index in range(len(self._rows), had):
            self.redraw(index)

    def _follow(self, chosen: Row | None) -> None:
        if chosen is None or not self._rows:
            self.cursor = 0
            return
        at = self.cursor
        if at < len(self._rows) and self._rows[at].key == chosen.key:
            return
        found = next((i for i, each in enumerate(self._rows) if each.key == chosen.key), None)
        self.cursor = min(at, len(self._rows) - 1) if found is None else found
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Scroll until the cursor is seen."""
        seen = max(1, self.size.height - self.lines_above - 1)
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False)

    # What a person does

    def action_move(self, lines: int) -> None:
        """Move the cursor by some lines."""
        if self._rows:
            self.cursor = max(0, min(len(self._rows) - 1, self.cursor + lines))
            self.keep_in_sight()
            if self.cursor == len(self._rows) - 1:
                self.post_message(self.EndReached())

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by some pages."""
        self.action_move(pages * max(1, self.size.height - self.lines_above - 2))

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if (row := self.chosen) is not None:
            self.post_message(self.Opened(self.id or "", row.key))

    @on(events.Click)
    def _choose(self, event: events.Click) -> None:
        index = self.index_at(event.y)
        if index is None or not self._rows:
            return
        self.cursor = index
        if event.chain == 2:  # noqa: PLR2004 - a double click
            self.action_open()
