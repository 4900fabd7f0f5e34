"""One key: how content a person is with what it was told."""

from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.choices import Choice
from orchestrator_tui.ui.screens.choice import ChoiceScreen

SCORES: Final = (
    Choice("5", Piece("5", Tone.GOOD), "very well"),
    Choice("4", Piece("4", Tone.GOOD), "well"),
    Choice("3", Piece("3"), "so-so"),
    Choice("2", Piece("2", Tone.WARN), "badly"),
    Choice("1", Piece("1", Tone.ALARM), "not at all"),
)


class ContentScreen(ChoiceScreen):
    """Ends with a score from 1 to 5, by its key or from the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(each.key, f"score('{each.key}')", show=False, id=f"content.{each.key}")
        for each in SCORES
    ]

    def __init__(self, about: str) -> None:
        super().__init__(f"Kept informed of {shorten(about, 32)}?", SCORES)

    def action_score(self, score: str) -> None:
        """Answer with a score."""
        self.dismiss(score)
