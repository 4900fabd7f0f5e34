"""A folder held open, in which nothing can be led elsewhere by a link.

Names are looked up from the descriptor on, one at a time, and no link is followed. So whatever
others do to the folders meanwhile, what is written stays where it was meant to be.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from orchestrator_tui.io.editing.exchange import exchange

_AS_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_AS_FILE: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY | os.O_NOFOLLOW
_AS_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
DRAFT: Final = ".tmp"
"""What the name of something unfinished ends in; it begins with a dot."""


class Folder:
    """A real folder, open; every method raises OSError where the disk refuses."""

    def __init__(self, descriptor: int) -> None:
        """Take what is open already; who made it closes it."""
        self._descriptor = descriptor

    @classmethod
    @contextmanager
    def at(cls, path: Path) -> Iterator["Folder"]:
        """Hold the folder at `path`, wherever a link leads: a person named it."""
        with _open(os.open(path, _AS_FOLDER)) as descriptor:
            yield cls(descriptor)

    @contextmanager
    def inner(self, name: str, *, is_made: bool = False) -> Iterator["Folder"]:
        """Hold the folder of that name in this one, made where it is missing if `is_made`."""
        if is_made:
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=self._descriptor)
        flags = _AS_FOLDER | os.O_NOFOLLOW
        with _open(os.open(name, flags, dir_fd=self._descriptor)) as descriptor:
            yield Folder(descriptor)

    @contextmanager
    def below(self, names: tuple[str, ...], *, is_made: bool = False) -> Iterator["Folder"]:
        """Hold the folder that is reached by one name after the other."""
        with ExitStack() as held:
            folder = self
            for name in names:
                folder = held.enter_context(folder.inner(name, is_made=is_made))
            yield folder

    def names(self) -> list[str]:
        """Return what is in it, in order."""
        with os.scandir(self._descriptor) as entries:
            return sorted(each.name for each in entries)

    def has(self, name: str) -> bool:
        """Say whether anything has that name."""
        with suppress(FileNotFoundError):
            os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
            return True
        return False

    def is_folder(self, name: str) -> bool:
        """Say whether a real folder has that name."""
        with suppress(FileNotFoundError):
            found = os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
            return stat.S_ISDIR(found.st_mode)
        return False

    @contextmanager
    def reading(self, name: str) -> Iterator[int]:
        """Hold a file open to be read, be it no file at all; it never waits."""
        with _open(os.open(name, _AS_FILE, dir_fd=self._descriptor)) as descriptor:
            yield descriptor

    @contextmanager
    def writing(self, name: str) -> Iterator[int]:
        """Hold a new file open to be written, and on the disk when the context ends."""
        with _open(os.open(name, _AS_NEW, 0o666, dir_fd=self._descriptor)) as descriptor:
            yield descriptor
            os.fsync(descriptor)

    def remove(self, name: str) -> None:
        """Remove what has that name, with all that is in it; a link, and not what it leads to."""
        if self.is_folder(name):
            shutil.rmtree(name, dir_fd=self._descriptor)
        else:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=self._descriptor)

    def rename(self, name: str, to: str) -> None:
        """Give `name` the name `to`, in place of the file that has it."""
        os.rename(name, to, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def exchange(self, one: str, other: str) -> bool:
        """Let two have each other's name in one step; False where this system cannot."""
        return exchange(Path(one), Path(other), folder=self._descriptor)

    def sync(self) -> None:
        """Bring its names to the disk."""
        os.fsync(self._descriptor)

    def sweep(self) -> None:
        """Remove what somebody who was killed left unfinished."""
        for each in self.names():
            if each.startswith(".") and each.endswith(DRAFT):
                self.remove(each)


def draft_name(name: str) -> str:
    """Return a name under which `name` is built, and by which nobody reads it."""
    return f".{name[:80]}.{uuid4().hex[:12]}{DRAFT}"


@contextmanager
def _open(descriptor: int) -> Iterator[int]:
    try:
        yield descriptor
    finally:
        os.close(descriptor)
