"""Which files have come to rest, so that no half-written version is ever read.

A rename puts a whole version in place at once, so a new inode needs to rest for a moment only. A
file that is written in place passes through every torn state, so its inode must rest for longer.
Nothing here reads a file: the stat alone tells.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.reading.safe_read import Stamp, stamp_of

REPLACED_SECONDS = 0.005
"""Rest asked of a new inode in the place of a known one."""
IN_PLACE_SECONDS = 0.05
"""Rest asked of a file that is written in place, or was never seen before."""
EMPTY_SECONDS = 2.0
"""Rest asked of a new and empty file: most are about to be filled."""
LONG_AT_REST_SECONDS = 1.0
"""Age at which a file met for the first time is taken as it is."""
STORM_SECONDS = 0.25
"""After this long of nothing but replacements, the one in place is read all the same."""
BEING_WRITTEN_SECONDS = 1.0
"""Unrest after which a person is told that the file is being written."""
READS_PER_SECOND = 4.0
"""How often one file is read in the long run; the burst below is never held back."""
READS_IN_A_BURST = 4.0


@dataclass(slots=True)
class _Unrest:
    """A version that was seen and is not believed yet."""

    stamp: Stamp
    is_replacement: bool
    began: float
    """When the file was first seen to differ from what was read."""
    rests_since: float
    due: float = 0.0


class Settling:
    """Remembers what every file looked like, and says which may be read now."""

    def __init__(
        self, *, monotonic: Callable[[], float] = time.monotonic, wall_clock: Clock = system_clock
    ) -> None:
        self._monotonic = monotonic
        self._wall_clock = wall_clock
        self._read: dict[Path, Stamp] = {}
        self._unrest: dict[Path, _Unrest] = {}
        self._allowance: dict[Path, tuple[float, float]] = {}
        self._asked: set[Path] = set()

    def is_settled(self, path: Path) -> bool:
        """Say whether `path` may be read as it is now; if so, it counts as read."""
        self._asked.add(path)
        stamp = _stamp_at(path)
        if stamp is None or stamp == self._read.get(path):
            self._forget_unrest(path, gone=stamp is None)
            return True
        now = self._monotonic()
        unrest = self._seen(path, stamp, now)
        unrest.due = max(self._rested_at(path, unrest), self._allowed_at(path, now))
        if unrest.due > now:
            return False
        self._spend(path, now)
        self._read[path] = stamp
        del self._unrest[path]
        return True

    def finish_round(self) -> None:
        """Forget the unrest of files that nobody asked about since the last round."""
        for path in self._unrest.keys() - self._asked:
            del self._unrest[path]
        self._asked.clear()

    def next_due(self) -> float | None:
        """Return when the next file may have come to rest, on the monotonic clock."""
        return min((each.due for each in self._unrest.values()), default=None)

    def next_told(self) -> float | None:
        """Return when the next file will count as being written, on the monotonic clock."""
        now = self._monotonic()
        times = (each.began + BEING_WRITTEN_SECONDS for each in self._unrest.values())
        return min((each for each in times if each > now), default=None)

    def _seen(self, path: Path, stamp: Stamp, now: float) -> _Unrest:
        unrest = self._unrest.get(path)
        if unrest is None:
            before = self._read.get(path)
            is_replacement = before is not None and before.identity != stamp.identity
            unrest = _Unrest(stamp, is_replacement, began=now, rests_since=now)
            self._unrest[path] = unrest
        elif unrest.stamp != stamp:
            unrest.is_replacement = unrest.stamp.identity != stamp.identity
            unrest.stamp = stamp
            unrest.rests_since = now
        return unrest

    def _rested_at(self, path: Path, unrest: _Unrest) -> float:
        """Return when that version has rested for as long as its kind needs."""
        age = self._wall_clock().timestamp() - unrest.stamp.changed_ns / 1e9
        if path not in self._read:
            if age > LONG_AT_REST_SECONDS:
                return unrest.began
            return unrest.rests_since + (IN_PLACE_SECONDS if unrest.stamp.size else EMPTY_SECONDS)
        if unrest.is_replacement and unrest.stamp.size:
            # A rename stamps the inode's change time: the rest may have begun before it was seen.
            rests_since = unrest.rests_since - min(max(age, 0.0), REPLACED_SECONDS)
            return min(rests_since + REPLACED_SECONDS, unrest.began + STORM_SECONDS)
        return unrest.rests_since + IN_PLACE_SECONDS

    def _allowed_at(self, path: Path, now: float) -> float:
        """Return when the file may be read again, however often it changes."""
        left = self._left(path, now)
        return now if left >= 1.0 else now + (1.0 - left) / READS_PER_SECOND

    def _left(self, path: Path, now: float) -> float:
        left, at = self._allowance.get(path, (READS_IN_A_BURST, now))
        return min(READS_IN_A_BURST, left + (now - at) * READS_PER_SECOND)

    def _spend(self, path: Path, now: float) -> None:
        self._allowance[path] = (self._left(path, now) - 1.0, now)

    def _forget_unrest(self, path: Path, *, gone: bool) -> None:
        self._unrest.pop(path, None)
        if gone:
            self._read.pop(path, None)
            self._allowance.pop(path, None)


def _stamp_at(path: Path) -> Stamp | None:
    """Return the stamp of what `path` leads to; None where nothing can be reached."""
    try:
        return stamp_of(path.stat())
    except (OSError, ValueError):
        return None
