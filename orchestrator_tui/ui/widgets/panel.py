"""A box of lines, drawn line by line: its border, its tabs, and the part that is scrolled to."""

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from typing_extensions import override

from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.columns import fit_steady
from orchestrator_tui.presentation.rows.frame import (
    SIDES,
    lower_border,
    side_at,
    tab_at,
    upper_border,
)
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.text import Styles, look_of, strip_of, styles_on


class Panel(ScrollView, can_focus=True):
    """A rounded box whose lines are drawn one by one; what does not change is not drawn again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "up", show=False, id="panel.up"),
        Binding("down", "scroll_down", "down", show=False, id="panel.down"),
        Binding("pageup", "page_up", "page up", show=False, id="panel.page-up"),
        Binding("pagedown,space", "page_down", "page down", show=False, id="panel.page-down"),
        Binding("home", "scroll_home", "top", show=False, id="panel.top"),
        Binding("end", "scroll_end", "bottom", show=False, id="panel.bottom"),
    ]

    tabs: reactive[tuple[Tab, ...]] = reactive((), init=False, repaint=False)
    note: reactive[Line] = reactive((), init=False, repaint=False)
    """What stands at the right of the upper border."""

    @dataclass(eq=False)
    class TabChosen(Message):
        """Someone clicked on the name of a panel."""

        key: str

    def __init__(self, *tabs: Tab, id: str, can_focus: bool = True) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.can_focus = can_focus
        self.set_reactive(Panel.tabs, tabs)
        self._strips: dict[int, Strip] = {}
        self._styles_of: dict[bool, Styles] = {}
        self._frame: Styles | None = None
        self._settled_width = 0

    # What a subclass says of itself

    @property
    def line_count(self) -> int:
        """Return how many lines there are to scroll through."""
        return 0

    @property
    def heading(self) -> Line | None:
        """Return the line that stands above those that scroll."""
        return None

    def line_at(self, index: int) -> Line:
        """Return one line, in `inner_width` cells or fewer."""
        raise NotImplementedError

    def is_cursor_at(self, index: int) -> bool:
        """Say whether the line is the chosen one."""
        del index
        return False

    # Geometry

    @property
    def inner_width(self) -> int:
        """Return the cells of a line inside the border."""
        return max(0, self._settled_width - SIDES)

    @property
    def lines_above(self) -> int:
        """Return the lines above those that scroll: the border, and the heading if there is one."""
        return 1 if self.heading is None else 2

    @property
    def lines_wanted(self) -> int:
        """Return the height in which everything would be seen."""
        return self.line_count + self.lines_above + 1

    def index_at(self, y: int) -> int | None:
        """Return which line is drawn at `y`; None where the border or nothing is."""
        index = y - self.lines_above + self.scroll_offset.y
        is_inside = self.lines_above <= y < self.size.height - 1
        return index if is_inside and 0 <= index < self.line_count else None

    def measure_again(self) -> None:
        """Tell the scrolling how many lines there are now."""
        wanted = Size(1, self.lines_wanted)
        if self.virtual_size != wanted:
            self.virtual_size = wanted
            self.refresh(self._line_region(self.size.height - 1))

    # Drawing again

    def redraw_all(self) -> None:
        """Draw every line again."""
        self._strips.clear()
        self.refresh()

    def redraw(self, index: int) -> None:
        """Draw one line again, if it is in sight."""
        self._strips.pop(index, None)
        y = index - self.scroll_offset.y + self.lines_above
        if self.lines_above <= y < self.size.height - 1:
            self.refresh(self._line_region(y))

    def visible_indices(self) -> range:
        """Return the lines that are in sight."""
        top = self.scroll_offset.y
        seen = max(0, self.size.height - self.lines_above - 1)
        return range(top, min(self.line_count, top + seen))

    def watch_tabs(self) -> None:
        """Draw the upper border again."""
        self.refresh(self._line_region(0))

    def watch_note(self) -> None:
        """Draw the upper border again."""
        self.refresh(self._line_region(0))

    def _line_region(self, y: int) -> Region:
        return Region(0, y, self.size.width, 1)

    @override
    def notify_style_update(self) -> None:
        self._forget_the_looks()
        super().notify_style_update()

    @on(events.Resize)
    def _measure_in_new_size(self) -> None:
        self._settle()
        self.measure_again()

    def _settle(self) -> None:
        # Drawing comes before the message about a new size.
        self.settle_at(self.size.width)

    def settle_at(self, width: int) -> None:
        """Lay out the lines for `width`, if it is new.

        Who arranges panels calls it with the width that is about to be given, so that the lines
        are known in time and one layout is enough.
        """
        if self._settled_width != width:
            self._settled_width = width
            self._strips.clear()
            self.resized()
            if not self.styles.is_auto_height:
                self.set_reactive(Panel.virtual_size, Size(1, self.lines_wanted))

    def resized(self) -> None:
        """Lay out the lines for the new width."""

    # Drawing

    @override
    def render_line(self, y: int) -> Strip:
        self._settle()
        width, height = self.size
        if width < SIDES:
            return Strip.blank(width)
        if y == 0:
            tone = Tone.ACCENT if self.has_focus else Tone.STRONG
            return strip_of(upper_border(self.tabs, self.note, width, tone), self._frame_styles)
        if y == height - 1:
            return strip_of(lower_border(width), self._frame_styles)
        left = strip_of((Piece("│ ", Tone.TRACK),), self._frame_styles)
        return Strip.join([left, self._inner(y), self._right_at(y)])

    def _inner(self, y: int) -> Strip:
        if self.heading is not None and y == 1:
            return strip_of(
                fit_steady(self.heading, self.inner_width), self.styles_of(cursor=False)
            )
        index = self.index_at(y)
        if index is None:
            return strip_of((Piece(" " * self.inner_width),), self.styles_of(cursor=False))
        strip = self._strips.get(index)
        if strip is None:
            styles = self.styles_of(cursor=self.is_cursor_at(index))
            strip = strip_of(fit_steady(self.line_at(index), self.inner_width), styles)
            self._strips[index] = strip
        return strip

    def _right_at(self, y: int) -> Strip:
        seen = self.size.height - self.lines_above - 1
        side = side_at(
            y - self.lines_above, lines=self.line_count, seen=seen, top=self.scroll_offset.y
        )
        return strip_of((Piece(f" {side}", Tone.TRACK),), self._frame_styles)

    def styles_of(self, *, cursor: bool) -> Styles:
        """Return how each tone looks, on the chosen line or elsewhere."""
        if cursor not in self._styles_of:
            styles = styles_on(self)
            if cursor:
                name = "cursor-focused" if self.has_focus else "cursor"
                back = Style(bgcolor=look_of(self, name).bgcolor)
                styles = {tone: style + back for tone, style in styles.items()}
            self._styles_of[cursor] = styles
        return self._styles_of[cursor]

    @property
    def _frame_styles(self) -> Styles:
        """Return how the tones look in the border, where TRACK is the frame itself."""
        if self._frame is None:
            frame = look_of(self, "frame-focused" if self.has_focus else "frame")
            self._frame = {**self.styles_of(cursor=False), Tone.TRACK: frame}
        return self._frame

    @on(events.Focus)
    @on(events.Blur)
    def _look_different(self) -> None:
        self._forget_the_looks()
        self.refresh()

    def _forget_the_looks(self) -> None:
        self._styles_of.clear()
        self._frame = None
        self._strips.clear()

    # The mouse

    @on(events.Click)
    def _choose_tab(self, event: events.Click) -> None:
        key = tab_at(self.tabs, event.x, self.size.width) if event.y == 0 else None
        if key is not None:
            self.post_message(self.TabChosen(key))
