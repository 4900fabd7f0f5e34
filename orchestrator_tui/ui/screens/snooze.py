"""Until when nobody is to be told of something that escalates."""

from datetime import datetime

from typing_extensions import override

from orchestrator_tui.presentation.rows.choices import Choice
from orchestrator_tui.presentation.rows.giving import (
    key_of_moment,
    snooze_choices,
    snoozed_for,
    until_words,
)
from orchestrator_tui.ui.screens.picking import Picked, PickingScreen


class SnoozeScreen(PickingScreen):
    """Ends with a moment, as `datetime.fromisoformat` reads it."""

    def __init__(self, about: str, now: datetime) -> None:
        super().__init__("Snooze", about, snooze_choices(now))
        self._now = now

    @property
    @override
    def asked(self) -> str:
        return "or type how long: 90m, 2h, 1d"

    @override
    def picked(self) -> Picked | str:
        typed = self.words.words
        if not typed:
            row: Choice | None = self.choices.chosen
            return "Nothing is chosen" if row is None else Picked(row.key, f"snoozes {row.detail}")
        try:
            until = snoozed_for(typed, self._now)
        except ValueError as error:
            return str(error)
        return Picked(key_of_moment(until), f"snoozes {until_words(until, self._now)}")
