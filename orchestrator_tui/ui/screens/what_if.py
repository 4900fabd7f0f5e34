"""Until when an agent is imagined to be away, or when a deadline is imagined to be."""

from datetime import datetime

from typing_extensions import override

from orchestrator_tui.presentation.rows.choices import Choice
from orchestrator_tui.presentation.rows.giving import key_of_moment
from orchestrator_tui.presentation.rows.what_if import FOR_GOOD, moment_typed
from orchestrator_tui.presentation.words import when
from orchestrator_tui.ui.screens.picking import Picked, PickingScreen


class MomentScreen(PickingScreen):
    """Ends with a moment, as `datetime.fromisoformat` reads it, or with `for-good`."""

    def __init__(
        self, about: str, choices: tuple[Choice, ...], now: datetime, *, words: str
    ) -> None:
        """Ask for a moment; `words` say what is imagined until, or at, it."""
        super().__init__("What if", about, choices)
        self._now = now
        self._said = words

    @property
    @override
    def asked(self) -> str:
        return "or type a time: 2d, 90m, 2024-01-16 18:00"

    @override
    def picked(self) -> Picked | str:
        typed = self.words.words
        if typed:
            try:
                moment = moment_typed(typed, self._now)
            except ValueError as error:
                return str(error)
            return Picked(key_of_moment(moment), f"{self._said} {when(moment, self._now)}")
        row: Choice | None = self.choices.chosen
        if row is None:
            return "Nothing is chosen"
        if row.key == FOR_GOOD:
            return Picked(row.key, "imagines it for good")
        return Picked(row.key, f"{self._said} {row.detail}")
