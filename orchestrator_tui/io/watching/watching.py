"""Watching mission folders: when to look again, and which files are fit to be read.

Three sources say when to look: hints of the system, files that are coming to rest, and the clock (a
sweep), because watchers go deaf without a word. Looking itself is the library's affair.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR
from threading import TIMEOUT_MAX, Condition

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.watching.hints import Hints, StartHints, start_hints
from orchestrator_tui.io.watching.settling import Settling

SWEEP_SECONDS = 2.0
POLL_SECONDS = 1.0
"""Between two sweeps while the system's watcher cannot be had."""
RETRY_SECONDS = 30.0
"""Between two attempts to get a watcher that could not be had."""
NOTICE_LIMIT = 160

Identity = tuple[int, int]
"""Device and inode: what a folder is, whatever its name."""


class Watching:
    """Tells its one reader when to look again; hints and pokes may come from any thread."""

    def __init__(
        self,
        *,
        start: StartHints = start_hints,
        monotonic: Callable[[], float] = time.monotonic,
        settling: Settling | None = None,
    ) -> None:
        self._start = start
        self._monotonic = monotonic
        self._settling = settling or Settling(monotonic=monotonic)
        self._changed = Condition()
        self._is_dirty = False
        self._has_failed = False
        self._failure = ""
        self._retry_at = 0.0
        self._hints: Hints | None = None
        self._watched: dict[Path, Identity] = {}

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know of the watching itself."""
        return (f"watching by polling: {self._failure}",) if self._failure else ()

    @property
    def sweep_seconds(self) -> float:
        """Return how long to wait at most before looking without a hint."""
        return POLL_SECONDS if self._failure else SWEEP_SECONDS

    def is_settled(self, path: Path) -> bool:
        """Say whether `path` may be read now."""
        return self._settling.is_settled(path)

    def poke(self) -> None:
        """End the wait, or the next one, at once."""
        with self._changed:
            self._is_dirty = True
            self._changed.notify()

    def wait(self, until: float) -> bool:
        """Wait for a hint, a poke, a file at rest, or `until`; say whether it was the first two."""
        dues = (self._settling.next_due(), self._settling.next_told())
        until = min((each for each in dues if each is not None and each < until), default=until)
        with self._changed:
            rest = min(max(0.0, until - self._monotonic()), TIMEOUT_MAX)
            self._changed.wait_for(lambda: self._is_dirty, timeout=rest)
            was_dirty, self._is_dirty = self._is_dirty, False
        return was_dirty

    def follow(self, folders: tuple[Path, ...]) -> None:
        """Watch exactly `folders` from now on, each as what stands under its name now.

        Called after every look. Where the watcher had to be started anew, the next wait ends at
        once: what changed in between gave no hint.
        """
        self._settling.finish_round()
        watched = _identities(folders)
        if self._has_failed:
            self._has_failed = False
            self._retry_at = self._monotonic() + RETRY_SECONDS
        elif watched == self._watched and not self._failure and not self._is_deaf:
            return
        if self._failure and self._monotonic() < self._retry_at:
            return
        self._restart(watched)

    def close(self) -> None:
        """Stop watching, and end the wait."""
        if self._hints is not None:
            self._hints.close()
            self._hints = None
        self.poke()

    @property
    def _is_deaf(self) -> bool:
        return self._hints is not None and self._hints.is_deaf

    def _restart(self, watched: dict[Path, Identity]) -> None:
        if self._hints is not None:
            self._hints.close()
            self._hints = None
        self._watched = watched
        try:
            self._hints = self._start(tuple(watched), self.poke, self._fail) if watched else None
        except (FileNotFoundError, NotADirectoryError):
            # It went between two looks; the next one, at once, will not name it.
            self._watched = {}
        except Exception as error:  # noqa: BLE001 - without a watcher, the sweep sees everything
            self._failure = plain_text(str(error), limit=NOTICE_LIMIT)
            self._retry_at = self._monotonic() + RETRY_SECONDS
        else:
            self._failure = ""
        self.poke()

    def _fail(self, reason: str) -> None:
        self._failure = plain_text(reason, limit=NOTICE_LIMIT)
        self._has_failed = True
        self.poke()


def _identities(folders: tuple[Path, ...]) -> dict[Path, Identity]:
    """Return what is to be watched: for a folder that is gone, where it would come again."""
    found: dict[Path, Identity] = {}
    for each in folders:
        for place in (each, each.parent):
            identity = _identity(place)
            if identity is not None:
                found[place] = identity
                break
    return found


def _identity(folder: Path) -> Identity | None:
    try:
        status = folder.stat()
    except (OSError, ValueError):
        return None
    is_watchable = S_ISDIR(status.st_mode) and os.access(folder, os.R_OK)
    return (status.st_dev, status.st_ino) if is_watchable else None
