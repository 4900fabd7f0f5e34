"""Who records: one process at a time, for as long as it lives."""

import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final, Self
from weakref import WeakSet

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.damage import shown
from orchestrator_tui.io.history.database import unavailable
from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.place import LEASE_FILE, PRIVATE_FILE, make_folder

_LONGEST_HOLDER: Final = 80
_FLAGS: Final = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Lease:
    """The right to record; the system takes it back when the process that has it dies."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        _OURS.add(self)

    @classmethod
    def try_take(cls, folder: Path, name: str = LEASE_FILE) -> Self | None:
        """Return the lease, or None where another process has it; raises HistoryUnavailable."""
        path = folder / name
        try:
            make_folder(folder)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, PRIVATE_FILE)
        except OSError as error:
            raise unavailable(path, error) from error
        try:
            return cls._taken(path, descriptor)
        except OSError as error:
            os.close(descriptor)
            raise unavailable(path, error) from error
        except HistoryUnavailable:
            os.close(descriptor)
            raise

    @classmethod
    def _taken(cls, path: Path, descriptor: int) -> Self | None:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise HistoryUnavailable(f"{shown(path)} is no ordinary file: remove it")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        # the name is for people; a full disk keeps nobody from recording
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{_own_name()}\n".encode("ascii"), 0)
        return cls(path, descriptor)

    @staticmethod
    def holder(folder: Path, name: str = LEASE_FILE) -> str:
        """Return who has the lease, as far as it is known; empty where nobody has."""
        try:
            descriptor = os.open(folder / name, os.O_RDONLY | _FLAGS)
        except OSError:
            return ""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            said = os.pread(descriptor, _LONGEST_HOLDER, 0).decode("utf-8", "replace").strip()
            return plain_text(said) or "another process"
        except OSError:
            return ""
        finally:
            os.close(descriptor)
        return ""

    @classmethod
    def is_held_elsewhere(cls, folder: Path) -> bool:
        """Say whether another process records."""
        return cls.holder(folder) not in {"", _own_name()}

    def holds(self) -> bool:
        """Say whether the file of the lease is still there: a deleted one keeps nobody out."""
        if self._descriptor < 0:
            return False
        try:
            named = self._path.lstat()
        except OSError:
            return False
        ours = os.fstat(self._descriptor)
        return (named.st_dev, named.st_ino) == (ours.st_dev, ours.st_ino)

    def release(self) -> None:
        """Give the lease back; twice does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        """Hold the lease for as long as the context is open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the lease back."""
        self.release()


_OURS: Final[WeakSet[Lease]] = WeakSet()


def _leave_to_the_parent() -> None:
    """Let go, in a forked child, of what would outlive the process that took it."""
    for each in tuple(_OURS):
        each.release()


os.register_at_fork(after_in_child=_leave_to_the_parent)


def _own_name() -> str:
    return f"process {os.getpid()}"
