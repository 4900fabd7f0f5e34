"""A dialog in which nothing is decided by accident."""

from collections.abc import Callable
from typing import Final

from textual import events, on

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.ui.screens.modal import AssessedModal

DEAF_SECONDS: Final = 1.0
"""For so long nothing is taken, that what was typed for another screen decides nothing here."""


class CautiousScreen(AssessedModal):
    """Takes no key in its first second, nor in the first after what it shows has changed.

    Pasted text is never taken.
    """

    def __init__(self, assessment: Assessment | None, *, monotonic: Callable[[], float]) -> None:
        super().__init__(assessment)
        self._monotonic = monotonic
        self._since = monotonic()

    @property
    def is_deaf(self) -> bool:
        """Say whether it is too early to decide."""
        return self._monotonic() - self._since < DEAF_SECONDS

    @property
    def looked_seconds(self) -> float:
        """Return how long what is shown has been looked at."""
        return max(0.0, self._monotonic() - self._since)

    def show_keys(self) -> None:
        """Say what can be done now."""
        raise NotImplementedError

    @on(events.Mount)
    def look_again(self) -> None:
        """Begin anew to count the time that it is looked at."""
        self._since = self._monotonic()
        # a little more, for the two clocks are not the same one
        self.set_timer(DEAF_SECONDS * 1.05, self.show_keys)

    @on(events.Key)
    def _ignore_what_comes_too_early(self, event: events.Key) -> None:
        if self.is_deaf:
            event.stop()
            event.prevent_default()

    @on(events.Paste)
    def _ignore_what_is_pasted(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
