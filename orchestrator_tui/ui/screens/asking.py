"""A small screen over another, that asks a person one thing."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from orchestrator_tui.ui.text import LOOKS


class AskingScreen(ModalScreen[str | None]):
    """Ends with the answer; escape ends it without one."""

    AUTO_FOCUS = ""
    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "drop", id="asking.drop"),
    ]

    def action_drop(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)
