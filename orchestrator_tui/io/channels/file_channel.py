"""A file that gets one line of JSON for each message.

Each line is appended with one write, so several programs may share a file. What a program that was
killed left of a line is ended first: every whole line stays readable.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.io.channels.message_document import message_line
from orchestrator_tui.io.channels.not_delivered import NotDelivered
from orchestrator_tui.io.editing.drafts import sync_folder
from orchestrator_tui.io.reading.safe_read import kind_of

_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
"""Not to wait for the other end of a pipe; reading shows whether the last line is whole."""
_ONLY_MINE: Final = 0o600
_LOOK_SECONDS: Final = 0.05
"""How often it is looked whether another program has let go of the file."""
_LINE_END: Final = b"\n"
_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EINVAL})
"""What file systems say that have no locks."""


def append(path: str, message: OutgoingMessage, timeout_seconds: float) -> None:
    """Append a message to the file at `path`, and make it last; raises NotDelivered."""
    file = Path(path)
    line = message_line(message)
    try:
        with _opened(file) as descriptor, _held(descriptor, timeout_seconds):
            _write(descriptor, line)
            os.fsync(descriptor)
    except (OSError, ValueError) as error:
        raise NotDelivered(f"the file cannot be written: {_reason(error)}") from None


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    """Open the file, which is made where there is none, and its folders."""
    is_new = not file.exists()
    if not is_new:
        _require_regular(file.stat())  # opening a device can already do something
    else:
        _make_folder(file.parent)
    descriptor = os.open(file, _FLAGS, _ONLY_MINE)
    try:
        _require_regular(os.fstat(descriptor))
        yield descriptor
    finally:
        os.close(descriptor)
    if is_new:
        sync_folder(file.parent)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotDelivered(f"{folder} is not a folder") from None


def _require_regular(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotDelivered(f"it is {kind_of(found)}, and not a file")


@contextmanager
def _held(descriptor: int, timeout_seconds: float) -> Iterator[None]:
    """Keep others that ask out, so that one of us sees whole lines; closing lets go."""
    until = monotonic() + timeout_seconds
    while not _is_locked(descriptor):
        if monotonic() >= until:
            raise NotDelivered("the file is locked by another program")
        sleep(_LOOK_SECONDS)
    yield


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _write(descriptor: int, line: bytes) -> None:
    """Append a line with one write; what did not fit whole is taken back."""
    size = os.fstat(descriptor).st_size
    is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != _LINE_END
    whole = _LINE_END + line if is_torn else line
    written = os.write(descriptor, whole)
    if written == len(whole):
        return
    end = os.lseek(descriptor, 0, os.SEEK_CUR)
    with suppress(OSError):
        if os.fstat(descriptor).st_size == end:  # else another program has appended to it
            os.ftruncate(descriptor, end - written)
    raise NotDelivered("the file cannot be written: there is no room for the whole message")


def _reason(error: OSError | ValueError) -> str:
    said = error.strerror if isinstance(error, OSError) else None
    return (said or "its name is none").lower()
