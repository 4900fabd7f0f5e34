"""Reading a file that may not be one: FIFOs, devices, links to nowhere, giants.

The file is opened without blocking, looked at through its descriptor, and read up to a bound, so
no name on disk can hang the reader or fill its memory.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

LARGEST_BYTES: Final = 2_000_000
"""The largest file that is read."""

_FLAGS: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class FileRefused(Exception):
    """The file was not read; its text says why and what to do."""


class Stamp(NamedTuple):
    """What tells cheaply that a file may have changed; equal stamps prove nothing when young."""

    size: int
    modified_ns: int
    changed_ns: int
    inode: int
    device: int

    @property
    def identity(self) -> tuple[int, int]:
        """Return what stays the same while a file is written in place."""
        return self.device, self.inode


def stamp_of(found: os.stat_result) -> Stamp:
    """Return the stamp of a file that was looked at."""
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


def read_bytes(path: Path, *, follows_link: bool = True) -> tuple[bytes, Stamp]:
    """Return the whole file and its stamp as of the reading.

    Raises FileRefused where `path` is no readable regular file of at most `LARGEST_BYTES`.
    """
    try:
        descriptor = os.open(path, _FLAGS | (0 if follows_link else os.O_NOFOLLOW))
    except (OSError, ValueError) as error:
        raise FileRefused(why_not(error)) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise FileRefused(f"is {kind_of(found)}, not a regular file: put a YAML file here")
        if found.st_size > LARGEST_BYTES:
            raise FileRefused(_too_big(found.st_size))
        return _read_all(descriptor), stamp_of(found)
    except OSError as error:
        raise FileRefused(why_not(error)) from None
    finally:
        os.close(descriptor)


def kind_of(found: os.stat_result) -> str:
    """Return what a thing on disk that is no regular file is called."""
    return next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "something else")


def why_not(error: OSError | ValueError) -> str:
    """Return why a path cannot be read, as the end of a sentence about it."""
    match error:
        case FileNotFoundError():
            return "is not there: it was removed, or the link leads nowhere"
        case PermissionError():
            return "may not be read: give yourself permission with chmod u+r"
        case OSError(errno=errno.ELOOP):
            return "is a link that leads round in a circle: remove it"
        case OSError(strerror=str(reason)):
            return f"cannot be read: {reason}"
        case _:
            return "cannot be read: its name is no path"


def _read_all(descriptor: int) -> bytes:
    pieces: list[bytes] = []
    length = 0
    while piece := os.read(descriptor, LARGEST_BYTES + 1 - length):
        pieces.append(piece)
        length += len(piece)
        if length > LARGEST_BYTES:
            raise FileRefused(_too_big(length))
    return b"".join(pieces)


def _too_big(size: int) -> str:
    return (
        f"is too big, {size:,} bytes: at most {LARGEST_BYTES:,} are read;"
        " make the mission a folder and divide it into parts"
    )
