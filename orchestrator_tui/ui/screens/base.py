"""What every screen does with an assessment, with the clock and with a filter."""

from datetime import datetime
from typing import ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.frame import SIDES
from orchestrator_tui.presentation.rows.header import WIDE_CELLS
from orchestrator_tui.ui.messages import Filtered, FilterLeft, NowWanted
from orchestrator_tui.ui.standpoint import Standpoint
from orchestrator_tui.ui.text import LOOKS
from orchestrator_tui.ui.widgets.one_line import Key, KeyLine, OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine

LEAST_WIDTH = 40
LEAST_HEIGHT = 10
MIDDLE_HEIGHT = 16
"""From here the header has two lines of facts."""
TALL_HEIGHT = 24
"""From here it may have three."""
NOWHERE: Final = Standpoint()
EVERYTHING: Final = Standpoint(can_write=True, can_remember=True, can_plan=True)


def keys_of(bindings: list[BindingType], standpoint: Standpoint = EVERYTHING) -> tuple[Key, ...]:
    """Return the keys that the line of keys shows, from the bindings themselves."""
    return tuple(
        Key(
            key_of(each.id or "", each.key_display or each.key),
            each.description,
            each.action,
            is_on=not standpoint.reason_against(each.action),
        )
        for each in bindings
        if isinstance(each, Binding) and each.show
    )


def key_line(bindings: list[BindingType]) -> KeyLine:
    """Return the line of keys of a screen with those bindings."""
    line = KeyLine(id="keys")
    line.set_reactive(KeyLine.keys, keys_of(bindings))
    return line


def too_small() -> OneLine:
    """Return the line that stands alone where a screen does not fit."""
    line = OneLine(id="too-small")
    words = f"Too small: {LEAST_WIDTH}x{LEAST_HEIGHT} is the least."
    line.set_reactive(OneLine.line, (Piece(words, Tone.WARN),))
    return line


class AssessedScreen(Screen[None]):
    """A screen that shows the newest assessment while it is in sight, and catches up on return."""

    AUTO_FOCUS = ""
    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (LEAST_WIDTH, "-fits"),
        (WIDE_CELLS + SIDES, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [
        (0, "-flat"),
        (LEAST_HEIGHT, "-low"),
        (MIDDLE_HEIGHT, "-middle"),
        (TALL_HEIGHT, "-tall"),
    ]

    assessment: var[Assessment | None] = var[Assessment | None](None, init=False)
    standpoint: var[Standpoint] = var(NOWHERE, init=False)

    def __init__(self, assessment: Assessment | None) -> None:
        super().__init__()
        self.set_reactive(AssessedScreen.assessment, assessment)
        self._shown: Assessment | None = None
        self._left: Widget | None = None
        """What had the keyboard before the filter."""
        self._sought = ""

    def show(self, assessment: Assessment) -> None:
        """Hand each widget its part."""
        raise NotImplementedError

    def show_time(self, now: datetime) -> None:
        """Show what moves with the clock alone."""

    def tick(self, now: datetime) -> None:
        """Show the time, once there is something to show it on; the past stands still."""
        if self._shown is not None and not self.standpoint.is_past:
            self.show_time(now)

    def filter_by(self, text: str) -> None:
        """Show only what holds `text`."""

    def watch_standpoint(self) -> None:
        """Say whether the past is shown, and which keys do anything."""
        # the same assessment looks otherwise from there
        self._shown = None
        if self.is_mounted:
            self._look_like_it()

    @on(events.Mount)
    def _look_like_it(self) -> None:
        self.set_class(self.standpoint.is_past, "-past")
        for line in self.query("#past").results(PastLine):
            line.recorded = self.standpoint.past
        for keys in self.query("#keys").results(KeyLine):
            keys.keys = keys_of(self.BINDINGS, self.standpoint)

    def watch_assessment(self) -> None:
        """Show the newest, if anybody can see it."""
        self.catch_up()

    @on(events.Mount)
    @on(events.ScreenResume)
    def _show_what_was_missed(self) -> None:
        self.catch_up()

    def catch_up(self) -> None:
        """Show the newest, unless it is shown already, or nobody can see it."""
        if self.assessment is None or self.assessment is self._shown:
            return
        if self.is_current and self.is_mounted:
            self._shown = self.assessment
            self.show(self.assessment)

    # The filter

    async def action_filter(self) -> None:
        """Ask what to look for."""
        from orchestrator_tui.ui.widgets.filter_line import FilterLine  # noqa: PLC0415 - not at start

        if not self.query("#filter"):
            await self.mount(FilterLine(placeholder="filter", id="filter", compact=True))
        if self.focused is not None and self.focused.id != "filter":
            self._left = self.focused
        self.query_one("#filter").focus()

    @on(Filtered)
    def _filter(self, event: Filtered) -> None:
        event.stop()
        self._sought = event.text
        self.filter_by(event.text)

    @on(FilterLeft)
    async def _leave_the_filter(self, event: FilterLeft) -> None:
        event.stop()
        self.set_focus(self._left)
        if not self._sought:
            await self.query("#filter").remove()

    async def action_leave(self) -> None:
        """Return from the past; else drop the filter that was kept; else go back."""
        if self.standpoint.is_past:
            self.post_message(NowWanted())
            return
        if not self._sought:
            await self.run_action("app.back")
            return
        self._sought = ""
        self.filter_by("")
        await self.query("#filter").remove()
