"""Time as whole microseconds: sums and comparisons inside the engines are exact and quick."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

NEVER: Final = 1 << 62
"""Later than every instant on the calendar."""
TICKS_PER_SECOND: Final = 1_000_000
TICKS_PER_HOUR: Final = 3600 * TICKS_PER_SECOND

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks_at(moment: datetime) -> int:
    """Return `moment` as ticks since 1970."""
    return (moment - _EPOCH) // _TICK


def ticks_in(duration: timedelta) -> int:
    """Return the ticks that `duration` lasts."""
    return duration // _TICK


def moment_at(ticks: int) -> datetime:
    """Return the instant that many ticks after 1970."""
    return _EPOCH + timedelta(microseconds=ticks)


def moment_if_ever(ticks: int) -> datetime | None:
    """Return the instant, or None where it never comes."""
    return None if ticks >= NEVER else moment_at(ticks)


def hours_in(ticks: int) -> float:
    """Return ticks as hours."""
    return ticks / TICKS_PER_HOUR


class Moments:
    """Turns columns of ticks into instants; the same instant is made once."""

    def __init__(self) -> None:
        self._made: dict[int, datetime | None] = {NEVER: None}

    def of(self, column: Iterable[int]) -> list[datetime | None]:
        """Return the instants of a column of ticks; None for NEVER."""
        made, epoch = self._made, _EPOCH
        for ticks in column:
            if ticks not in made:
                made[ticks] = epoch + timedelta(0, 0, ticks)
        return [made[ticks] for ticks in column]
