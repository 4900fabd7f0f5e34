"""Files that are not what they should be: found before they are opened, and moved aside."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.place import OPENING_FILE, PRIVATE_FILE

_BESIDE: Final = ("", "-wal", "-shm")
_LOOKS: Final = 50
_LOOK_SECONDS: Final = 0.02
_KINDS: Final = (
    (stat.S_ISLNK, "is a link"),
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISREG, ""),
)


def shown(path: Path) -> str:
    """Return `path` safe to show."""
    return plain_text(str(path))


def odd_kind(path: Path) -> str:
    """Return why `path` is no ordinary file, or nothing where it is one or nothing is there."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    return next((text for is_kind, text in _KINDS if is_kind(mode)), "is a pipe or a device")


def moved_aside(path: Path, now: datetime) -> Path:
    """Move the database at `path`, with what SQLite keeps beside it, and return where it is.

    Raises OSError.
    """
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    count = 1
    while os.path.lexists(aside):
        count += 1
        aside = path.with_name(f"{path.name}.corrupt-{stamp}-{count}")
    for suffix in _BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    return aside


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time open, make or move what is in `folder`; raises OSError.

    It is held for milliseconds; a process that was stopped in there is not waited for.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(folder / OPENING_FILE, flags, PRIVATE_FILE)
    try:
        if not is_locked_soon(descriptor):
            raise HistoryUnavailable(
                f"the history in {shown(folder)} is being opened by another process that does not "
                "go on: end that process"
            )
        yield
    finally:
        os.close(descriptor)


def is_locked_soon(descriptor: int) -> bool:
    """Lock an open file for this process alone, and say whether it could within a second."""
    for _ in range(_LOOKS):
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        sleep(_LOOK_SECONDS)
    return False
