"""So many deliveries in any minute, and no more."""

import math
from collections import deque
from collections.abc import Iterable
from datetime import datetime
from typing import Final

WINDOW_SECONDS: Final = 60.0


class Pace:
    """When a channel delivered in the last minute, on the monotonic clock."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = max(1, per_minute)
        self._sent: deque[float] = deque()

    def restore(self, sent: Iterable[datetime], wall: datetime, now: float) -> None:
        """Take in what was delivered by the wall clock, before this process or beside it.

        What is further ahead than the window lay before the clock was set back: it says nothing.
        Where less is known that way than this process did itself, the clock was set, too.
        """
        self._forget(now)
        ages = (max(0.0, age) for each in sent if (age := _age(each, wall)) > -WINDOW_SECONDS)
        found = sorted(now - each for each in ages if each < WINDOW_SECONDS)
        if len(found) > len(self._sent):
            self._sent = deque(found)

    def note(self, now: float) -> None:
        """Note a delivery that ended now."""
        self._sent.append(now)

    def opens_at(self, now: float) -> float:
        """Return from when on one more may be delivered: the past where that is now."""
        self._forget(now)
        surplus = len(self._sent) - self._per_minute
        return -math.inf if surplus < 0 else self._sent[surplus] + WINDOW_SECONDS

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0] <= now - WINDOW_SECONDS:
            self._sent.popleft()


def _age(moment: datetime, wall: datetime) -> float:
    return (wall - moment).total_seconds()
