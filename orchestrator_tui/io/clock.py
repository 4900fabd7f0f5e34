"""The system's clock: the only place that asks what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present as an aware time in UTC."""


def system_clock() -> datetime:
    """Return the present in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place


def clock_set_to(moment: datetime) -> Clock:
    """Return a clock that shows `moment` now, and goes on from there."""
    ahead = moment - system_clock()
    return lambda: system_clock() + ahead
