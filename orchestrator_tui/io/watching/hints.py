"""Hints that something in a folder may have changed: never what, never whether.

Folders are watched, not files, because editors and agents replace files. Hints may be late, lost or
wrong: whoever gets one looks for itself, and looks from time to time without any.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Final, Protocol

GROUP_MILLISECONDS: Final = 20
STEP_MILLISECONDS: Final = 10
"""Below this the watcher alone would cost more than one per cent of a core."""
SUFFIX: Final = ".yaml"


class Hints(Protocol):
    """A watcher at work."""

    @property
    def is_deaf(self) -> bool:
        """Say whether a folder it watched is gone, so that it must be started anew."""

    def close(self) -> None:
        """Stop; no hint comes after this returns."""


Dirty = Callable[[], None]
"""Called from the watcher's own thread when something may have changed."""
Failed = Callable[[str], None]
"""Called from the watcher's own thread when it died; says why."""
Matters = Callable[[str], bool]
"""Says whether the change of an entry of that name is worth a hint."""
StartHints = Callable[[tuple[Path, ...], Dirty, Failed], Hints]
"""Starts to watch; raises OSError where that is impossible."""


def matters(name: str) -> bool:
    """Say whether a change of an entry called `name` may change a mission.

    A name without a suffix may be a folder, or a link to one.
    """
    return not name.startswith(".") and (name.endswith(SUFFIX) or "." not in name)


def start_hints(
    folders: tuple[Path, ...], dirty: Dirty, failed: Failed, *, matters: Matters = matters
) -> Hints:
    """Watch `folders`, not what lies below them, by the best means this system has.

    Raises OSError where they cannot be watched, such as beyond the system's limits.
    """
    if os.uname().sysname == "Linux":
        from orchestrator_tui.io.watching.inotify import Inotify  # noqa: PLC0415 - not on other systems

        return Inotify(folders, dirty, failed, matters=matters)
    return Watchfiles(folders, dirty, failed, matters=matters)


class Watchfiles:
    """Hints by the watchfiles package, which knows every desktop system."""

    def __init__(
        self,
        folders: tuple[Path, ...],
        dirty: Dirty,
        failed: Failed,
        *,
        matters: Matters = matters,
    ) -> None:
        # Its import costs more than the first picture may wait for.
        from watchfiles._rust_notify import (  # noqa: PLC0415
            RustNotify,
            WatchfilesRustInternalError,
        )

        try:
            # Its own filter would drop every path below .venv, node_modules or .git.
            self._notify = RustNotify(
                [str(each) for each in folders],
                debug=False,
                force_polling=False,
                poll_delay_ms=0,
                recursive=False,
                ignore_permission_denied=True,
            )
        except WatchfilesRustInternalError as error:
            raise OSError(str(error)) from error
        self._folders = frozenset(str(each) for each in folders)
        self._matters = matters
        self._is_deaf = False
        self._dirty = dirty
        self._failed = failed
        self._stop = Event()
        self._thread = Thread(target=self._run, name="hints", daemon=True)
        self._thread.start()

    @property
    def is_deaf(self) -> bool:
        """Say whether a folder it watched is gone, so that it must be started anew."""
        return self._is_deaf

    def close(self) -> None:
        """Stop; no hint comes after this returns."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while self._listen():
                pass
        except Exception as error:  # noqa: BLE001 - whatever it was, watching goes on without it
            self._failed(str(error))
        finally:
            self._notify.close()

    def _listen(self) -> bool:
        found = self._notify.watch(GROUP_MILLISECONDS, STEP_MILLISECONDS, 0, self._stop)
        if isinstance(found, str):
            return False
        paths = {path for _, path in found}
        if paths & self._folders:
            self._is_deaf = True
        if self._is_deaf or any(self._matters(path.rpartition("/")[2]) for path in paths):
            self._dirty()
        return True
