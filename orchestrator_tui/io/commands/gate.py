"""How many commands run at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Event
from typing import Final

MOST_AT_ONCE: Final = 2
"""Commands that run at once, of all missions together."""

_LOOK_SECONDS: Final = 0.05
"""How often a waiting command looks whether it is still wanted."""


class Gate:
    """Lets one command of a mission through at a time, and `most` of all missions."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._inside: set[str] = set()
        self._changed = Condition()

    @contextmanager
    def passed(self, mission: str, cancel: Event | None = None) -> Iterator[bool]:
        """Wait for a place, hold it while the context is open; give False where cancelled."""
        is_in = self._enter(mission, cancel)
        try:
            yield is_in
        finally:
            if is_in:
                self._leave(mission)

    def _enter(self, mission: str, cancel: Event | None) -> bool:
        with self._changed:
            while mission in self._inside or len(self._inside) >= self._most:
                if cancel is not None and cancel.is_set():
                    return False
                self._changed.wait(None if cancel is None else _LOOK_SECONDS)
            self._inside.add(mission)
            return True

    def _leave(self, mission: str) -> None:
        with self._changed:
            self._inside.remove(mission)
            self._changed.notify_all()
