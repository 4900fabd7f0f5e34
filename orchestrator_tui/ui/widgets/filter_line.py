"""Where a person types what to look for."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from orchestrator_tui.ui.messages import Filtered, FilterLeft


class FilterLine(Input):
    """An input that filters while one types; enter keeps the filter, escape drops it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "drop the filter", show=False, id="filter.drop"),
        Binding("down", "leave", "to the rows", show=False, id="filter.leave"),
    ]

    def action_drop(self) -> None:
        """Show everything again."""
        self.value = ""
        self.post_message(Filtered(""))
        self.post_message(FilterLeft())

    def action_leave(self) -> None:
        """Go back to the rows, and keep the filter."""
        self.post_message(FilterLeft())

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Filtered(event.value))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(FilterLeft())
