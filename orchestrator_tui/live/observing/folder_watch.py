"""Hints on the folders of one workspace, or none where it is too large to be watched."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

from orchestrator_tui.io.watching.hints import Dirty, Failed, Hints, StartHints, start_hints
from orchestrator_tui.io.watching.watching import Watching

MOST_FOLDERS: Final = 512
"""That one workspace may use of what the system gives to all programs of a person."""


def start_any_hints(folders: tuple[Path, ...], dirty: Dirty, failed: Failed) -> Hints:
    """Watch `folders` for any change at all; raises OSError where they cannot be watched."""
    return start_hints(folders, dirty, failed, matters=bool)


class FolderWatch:
    """Calls `dirty`, from any thread, when something in the folders may have changed."""

    def __init__(self, dirty: Callable[[], None], *, start: StartHints = start_any_hints) -> None:
        self._dirty = dirty
        self._start = start
        self._lock = Lock()
        self._watching = Watching(start=self._started)
        self._is_too_large = False
        self._is_closed = False

    @property
    def is_polled(self) -> bool:
        """Say whether changes are found by looking alone."""
        return self._is_too_large or bool(self._watching.notices)

    def follow(self, folders: tuple[Path, ...]) -> None:
        """Watch exactly `folders` from now on, or none of them where there are too many."""
        with self._lock:
            if not self._is_closed:
                self._is_too_large = len(folders) > MOST_FOLDERS
                self._watching.follow(() if self._is_too_large else folders)

    def close(self) -> None:
        """Stop; no hint comes after this returns. Not to be called while holding `dirty` up."""
        with self._lock:
            self._is_closed = True
            self._watching.close()

    def _started(self, folders: tuple[Path, ...], _: Dirty, failed: Failed) -> Hints:
        hints = self._start(folders, self._dirty, failed)
        # what changed since the look that named the folders gave no hint
        self._dirty()
        return hints
