"""How well the ends of milestones were foretold."""

from math import fsum

from orchestrator_tui.engine.metrics.record import Record, Window

_INTERVAL = 80
"""Per cent of the interval whose coverage counts."""


class Prediction:
    """By how much forecasts of half time missed, as a share of the time from the first one on."""

    def __init__(self, record: Record) -> None:
        self._hits = [
            (each.ended, _hit(each.error_hours, (each.ended - each.began).total_seconds() / 3600))
            for each in record.scored
            if each.subject
        ]

    def within(self, window: Window) -> tuple[float, int]:
        """Return the sum of what was foretold of each milestone, and how many ended.

        1 where the end was foretold exactly, 0 where it was off by all of the time or never was to
        be.
        """
        hits = [hit for ended, hit in self._hits if window.has(ended)]
        return fsum(hits), len(hits)


def _hit(error_hours: float | None, hours: float) -> float:
    return 0.0 if error_hours is None else max(0.0, 1 - abs(error_hours) / hours)


class Coverage:
    """How many ends lay in the 80 % interval of the forecast of half time."""

    def __init__(self, record: Record) -> None:
        self._held = [
            (each.ended, dict(each.held)[_INTERVAL]) for each in record.scored if each.held
        ]

    def within(self, window: Window) -> tuple[int, int]:
        """Return how many ends lay in it, and how many there were."""
        held = [is_held for ended, is_held in self._held if window.has(ended)]
        return sum(held), len(held)
