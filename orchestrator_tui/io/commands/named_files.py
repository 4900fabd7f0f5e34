"""The files that the words of a command name, and what is in them."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from datetime import timedelta
from threading import Lock
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.reading.safe_read import Stamp, kind_of, stamp_of, why_not

LARGEST_BYTES: Final = 256_000_000
"""The largest file whose content is looked at: programs have 100 MB and more."""
MOST_BYTES: Final = 512_000_000
"""What is read for one command."""
REPORT_OPTIONS: Final = frozenset(
    {"--benchmark-json", "--junit-xml", "--junitxml", "--output-file"}
)
"""Options of test runners and linters that name the file they write: its content is no part of
what runs, and a command that names it would be another one after each run."""

_NO_NAMES: Final = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR})
_YOUNG: Final = timedelta(seconds=2)
"""A file changed within this may change again and leave its stamp as it is."""
_CHUNK: Final = 1 << 20
_FLAGS: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class CommandRefused(Exception):
    """The command cannot be allowed; its text is one line that says why, safe to show."""


class FileDigests:
    """Digests of files that did not change since they were read; safe to share by threads."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Stamp, str]] = {}
        self._lock = Lock()

    def get(self, path: str, stamp: Stamp) -> str | None:
        """Return the SHA-256 of the file, if it has that stamp still."""
        with self._lock:
            known = self._known.get(path)
        return known[1] if known is not None and known[0] == stamp else None

    def keep(self, path: str, stamp: Stamp, digest: str) -> None:
        """Remember a digest, unless the file is so young that its stamp proves nothing."""
        age = timedelta(seconds=system_clock().timestamp() - stamp.changed_ns / 1e9)
        if age > _YOUNG:
            with self._lock:
                self._known[path] = (stamp, digest)


class NamedFiles:
    """The files of one command: each with the SHA-256 of its content."""

    def __init__(self, folder: str, memory: FileDigests | None) -> None:
        """Prepare for a command that runs in `folder`; without `memory`, everything is read."""
        self._folder = folder
        self._memory = memory
        self._left = MOST_BYTES
        self._digests: dict[str, str] = {}

    def add(self, path: str) -> None:
        """Add the file at a path, if one is there; raises CommandRefused if it cannot be read.

        Folders are no files, and what is behind a terminal or `/dev/null` is not content.
        """
        try:
            real = os.path.realpath(os.path.join(self._folder, path), strict=True)  # noqa: PTH118 - a path that ends in a slash stays what it is
            found = os.stat(real)  # noqa: PTH116 - as above
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            if _names_nothing(error):
                return
            raise _refused(path, why_not(error)) from None
        if real in self._digests or stat.S_ISDIR(found.st_mode) or stat.S_ISCHR(found.st_mode):
            return
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, f"is {kind_of(found)}, and what is in it cannot be known")
        self._digests[real] = self._digest(path, real, stamp_of(found))

    def sorted(self) -> tuple[tuple[str, str], ...]:
        """Return real path and digest of each file, in the order of the paths."""
        return tuple(sorted(self._digests.items()))

    def _digest(self, path: str, real: str, stamp: Stamp) -> str:
        known = None if self._memory is None else self._memory.get(real, stamp)
        if known is not None:
            return known
        if stamp.size > min(LARGEST_BYTES, self._left):
            raise _refused(path, f"is too big to be looked at, {stamp.size:,} bytes")
        self._left -= stamp.size
        try:
            stamp, digest = _read_digest(real, min(LARGEST_BYTES, stamp.size + _CHUNK))
        except OSError as error:
            raise _refused(path, why_not(error)) from None
        if self._memory is not None:
            self._memory.keep(real, stamp, digest)
        return digest


def paths_named(words: Sequence[str]) -> Iterator[str]:
    """Yield everything in the arguments of a command that may be the path of a file.

    That is each argument, and of `--option=FILE`, `NAME=FILE`, `-fFILE`, `@FILE` and `FILE::test`
    the part that names one. More is yielded than is meant: what is no file costs nothing.
    """
    previous = ""
    for word in words:
        option, equals, value = word.partition("=")
        if previous not in REPORT_OPTIONS:
            yield word
            yield word.partition("::")[0]
        if equals and option not in REPORT_OPTIONS:
            yield value
            yield value.partition("::")[0]
        if word.startswith("-") and not word.startswith("--"):
            yield word[2:]
        if word.startswith("@"):
            yield word[1:]
        previous = word


def _read_digest(real: str, most: int) -> tuple[Stamp, str]:
    """Return stamp and SHA-256 of a regular file; raises OSError."""
    descriptor = os.open(real, _FLAGS | os.O_NOFOLLOW)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, f"it has become {kind_of(found)}")
        digest = hashlib.sha256()
        while piece := os.read(descriptor, _CHUNK):
            digest.update(piece)
            most -= len(piece)
            if most < 0:
                raise OSError(0, "it grows while it is read")
        return stamp_of(found), digest.hexdigest()
    finally:
        os.close(descriptor)


def _names_nothing(error: OSError | ValueError) -> bool:
    """Say whether such a path cannot be that of a file: it goes through one, or is too long."""
    return not isinstance(error, OSError) or error.errno in _NO_NAMES


def _refused(path: str, why: str) -> CommandRefused:
    return CommandRefused(plain_text(f"{path}, which the command names, {why}", limit=500))
