"""Who is to take care of something that escalates."""

from typing_extensions import override

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.choices import Choice
from orchestrator_tui.ui.screens.picking import Picked, PickingScreen

LONGEST_NAME = 24


class GiveScreen(PickingScreen):
    """Ends with the id of an agent or of a stakeholder; what is typed is looked for."""

    def __init__(self, about: str, choices: tuple[Choice, ...]) -> None:
        super().__init__("Give", about, choices)

    @property
    @override
    def asked(self) -> str:
        return "type to look for a name"

    @override
    def typed(self) -> None:
        self.choices.filter_text = self.words.words

    @override
    def picked(self) -> Picked | str:
        row: Choice | None = self.choices.chosen
        if row is None:
            return "Nobody is called so"
        return Picked(row.key, f"gives it to {shorten(row.title, LONGEST_NAME)}")
