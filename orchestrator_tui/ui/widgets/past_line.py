"""The line that says that the past is shown."""

from typing import TYPE_CHECKING

from textual import events, on
from textual.reactive import reactive
from textual.strip import Strip
from typing_extensions import override

from orchestrator_tui.presentation.rows.past import past_line, way_at
from orchestrator_tui.ui.text import strip_of
from orchestrator_tui.ui.widgets.one_line import KeyLine, OneLine

if TYPE_CHECKING:
    from orchestrator_tui.domain.history import RecordedEvent


class PastLine(OneLine):
    """The moment that is looked at, and the ways elsewhere; absent while it is now."""

    recorded: "reactive[RecordedEvent | None]" = reactive(None, init=False)

    def __init__(self) -> None:
        super().__init__(id="past")
        self.add_class("-absent")

    def watch_recorded(self, recorded: "RecordedEvent | None") -> None:
        """Come and go."""
        self.set_class(recorded is None, "-absent")

    @override
    def render_line(self, y: int) -> Strip:
        if self.recorded is None:
            return Strip.blank(self.size.width)
        return strip_of(past_line(self.recorded, self.size.width), self.tones)

    @on(events.Click)
    def _go(self, event: events.Click) -> None:
        action = way_at(event.x, self.size.width)
        if action:
            self.post_message(KeyLine.Pressed(action))
