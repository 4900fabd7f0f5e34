"""Copies of what the tasks of a milestone delivered: whole regular files, bounded, hashed.

What is not copied is told with its reason: a link out of the workspace, a pipe, a giant.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.evidence.found_files import FoundFile
from orchestrator_tui.io.evidence.workspace import Look, Workspace
from orchestrator_tui.io.handover.folder import Folder
from orchestrator_tui.io.reading.safe_read import kind_of, why_not

MOST_FILES: Final = 2_000
LARGEST_BYTES: Final = 64_000_000
"""The largest file that is copied."""
MOST_BYTES: Final = 256_000_000
"""Of all files together."""
MOST_FOLDERS: Final = 64
"""How deep a file may be."""
MOST_LEFT_OUT: Final = 200
"""How many are told of that were not copied; more are counted."""
_CHUNK: Final = 1_000_000


class Copied(NamedTuple):
    """A file in the archive."""

    name: str
    """Relative to the workspace, as the file system has it: shown only through `plain_text`."""
    size: int
    sha256: str


class LeftOut(NamedTuple):
    """Something that was not copied."""

    name: str
    """A file, or a pattern that nothing matches; safe to show."""
    why: str
    """The end of a sentence about it."""


@dataclass(slots=True)
class Harvest:
    """What came of copying."""

    copied: list[Copied] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    more_left_out: int = 0

    def leave_out(self, name: str, why: str) -> None:
        """Note that something was not copied."""
        if len(self.left_out) < MOST_LEFT_OUT:
            self.left_out.append(LeftOut(plain_text(name), plain_text(why)))
        else:
            self.more_left_out += 1


class _NotCopied(Exception):
    """One file was not copied; its text is the end of a sentence about it."""


def copy_deliverables(
    patterns: Iterable[str],
    workspace: Path,
    into: Folder,
    *,
    apart: Path,
    copied: Callable[[], object],
) -> Harvest:
    """Copy what `patterns` mean in `workspace` into a folder, and return what came of it.

    What is below `apart` is never copied: it is where the copies are. `copied` is called after
    each file. Raises OSError where they cannot be written.
    """
    harvest = Harvest()
    look = Workspace(workspace).look(system_clock())
    files = _found(patterns, look, harvest)
    own = f"{os.path.realpath(apart)}/"
    left = MOST_BYTES
    for each in files.values():
        try:
            _refuse_unwanted(each, own, len(harvest.copied))
            with _opened(each, look.root) as source:
                done = _copy(each, source, into, left)
        except _NotCopied as refusal:
            harvest.leave_out(each.name, str(refusal))
            continue
        left -= done.size
        harvest.copied.append(done)
        copied()
    return harvest


def _found(patterns: Iterable[str], look: Look, harvest: Harvest) -> dict[str, FoundFile]:
    """Return the files that patterns mean, by name and in the order of names."""
    files: dict[str, FoundFile] = {}
    for pattern in dict.fromkeys(patterns):
        if look.refusal:
            harvest.leave_out(pattern, f"was not looked for: the workspace {look.refusal}")
            continue
        matches = look.find(pattern)
        files |= {each.name: each for each in matches.files}
        if matches.remark:
            harvest.leave_out(pattern, f"was not copied whole: {matches.remark}")
        elif not matches.files:
            harvest.leave_out(pattern, "is not there")
    return dict(sorted(files.items()))


def _refuse_unwanted(file: FoundFile, own: str, copied: int) -> None:
    if file.path.startswith(own):
        raise _NotCopied("is itself a part of what was handed over")
    if copied >= MOST_FILES:
        raise _NotCopied(f"is one too many: at most {MOST_FILES:,} files are copied")


@contextmanager
def _opened(file: FoundFile, root: str) -> Iterator[int]:
    """Hold a file of the workspace open, reached from its root without any link."""
    *folders, name = file.path[len(root.rstrip("/")) + 1 :].split("/")
    with ExitStack() as held:
        try:
            top = held.enter_context(Folder.at(Path(root)))
            folder = held.enter_context(top.below(tuple(folders)))
            descriptor = held.enter_context(folder.reading(name))
            found = os.fstat(descriptor)
        except OSError as error:
            raise _NotCopied(why_not(error)) from None
        if not stat.S_ISREG(found.st_mode):
            raise _NotCopied(f"has become {kind_of(found)}")
        yield descriptor


def _copy(file: FoundFile, source: int, into: Folder, left: int) -> Copied:
    """Copy an open file to where its name says, and return what was copied."""
    most = min(LARGEST_BYTES, left)
    _refuse_giant(os.fstat(source).st_size, most)
    *folders, name = (each for each in file.name.split("/") if each not in {"", ".", ".."})
    if len(folders) > MOST_FOLDERS:
        raise _NotCopied(f"is too deep: in at most {MOST_FOLDERS} folders")
    try:
        with into.below(tuple(folders), is_made=True) as folder:
            return _copy_into(folder, name, source, Copied(file.name, most, ""))
    except (FileExistsError, NotADirectoryError):
        raise _NotCopied("has the name of another one that was copied") from None


def _copy_into(folder: Folder, name: str, source: int, wanted: Copied) -> Copied:
    digest, size = hashlib.sha256(), 0
    try:
        with folder.writing(name) as target:
            for chunk in _chunks(source):
                size += len(chunk)
                _refuse_giant(size, wanted.size)
                digest.update(chunk)
                _write(target, chunk)
    except _NotCopied:
        folder.remove(name)
        raise
    folder.sync()
    return wanted._replace(size=size, sha256=digest.hexdigest())


def _chunks(source: int) -> Iterator[bytes]:
    while chunk := _next_chunk(source):
        yield chunk


def _next_chunk(source: int) -> bytes:
    try:
        return os.read(source, _CHUNK)
    except OSError as error:
        raise _NotCopied(why_not(error)) from None


def _write(target: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(target, rest) :]


def _refuse_giant(size: int, most: int) -> None:
    if size <= most:
        return
    if size > LARGEST_BYTES:
        raise _NotCopied(f"is too big: files of at most {LARGEST_BYTES:,} bytes are copied")
    raise _NotCopied(f"is one too many: at most {MOST_BYTES:,} bytes are copied together")
