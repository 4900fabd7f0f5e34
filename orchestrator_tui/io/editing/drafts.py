"""New versions of files, written beside them under hidden names before they take their places.

A draft is called `.NAME.<old>-<new>.orch-tmp`, after the first digits of the SHA-256 of the version
it replaces and of its own, so that whoever finds one knows what it is. While it is being written
its name has `.part` in it: what is called that is never of any worth.
"""

import hashlib
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.io.editing.refusal import refused, shown
from orchestrator_tui.io.reading.part import digest_of
from orchestrator_tui.io.reading.safe_read import FileRefused, kind_of, read_bytes

SUFFIX: Final = ".orch-tmp"
UNFINISHED: Final = ".part" + SUFFIX
_DRAFT: Final = re.compile(
    r"\.(?P<name>.+)\.(?P<old>[0-9a-f]{16})-(?P<new>[0-9a-f]{16})(?:\.\d+)?(?:\.part)?\.orch-tmp",
    re.DOTALL,
)
_DIGITS: Final = 16
_LONGEST_NAME_BYTES: Final = 150
_KEPT_BYTES: Final = 120
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class Change:
    """One file that is to say something else."""

    path: Path
    """The file itself, no link."""
    base: bytes
    """What it said when it was read."""
    new: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A new version and the hidden name it has until it takes its place."""

    path: Path
    base: bytes
    new: str
    """Its SHA-256."""
    hidden: Path

    @property
    def unfinished(self) -> Path:
        """Return the name it has while it is being written."""
        return Path(str(self.hidden).removesuffix(SUFFIX) + UNFINISHED)


def draft_of(change: Change, folder: Path) -> Draft:
    """Return the draft of a change, under a free name in `folder`; nothing is written yet."""
    new = digest_of(change.new)
    stem = f".{short_name(change.path.name)}.{digest_of(change.base)[:_DIGITS]}-{new[:_DIGITS]}"
    for number in count(1):
        hidden = folder / f"{stem}{f'.{number}' * (number > 1)}{SUFFIX}"
        if not os.path.lexists(hidden):
            return Draft(change.path, change.base, new, hidden)
    raise AssertionError  # pragma: no cover - the numbers do not end


def write_draft(draft: Draft, text: bytes) -> None:
    """Write a draft under its hidden name, with the mode and owner of what it will replace.

    Raises WriteRefused where it may not replace it, OSError where the disk does not take it.
    """
    found = draft.path.stat()
    check_replaceable(draft.path, found)
    draft.unfinished.unlink(missing_ok=True)
    descriptor = os.open(draft.unfinished, _NEW, 0o600)
    try:
        try:
            write_all(descriptor, text)
            _make_alike(descriptor, draft.path, found)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.unfinished.rename(draft.hidden)
    except BaseException:
        with suppress(OSError):
            draft.unfinished.unlink()
        raise


def check_replaceable(path: Path, found: os.stat_result) -> None:
    """Raise WriteRefused where `path` is something that must not be replaced."""
    if not stat.S_ISREG(found.st_mode):
        raise WriteRefused(f"{shown(path)} was not written: it is {kind_of(found)}, not a file")
    if found.st_nlink > 1:
        raise WriteRefused(
            f"{shown(path)} was not written: it has {found.st_nlink} names (hard links),"
            " and writing would tear them apart: remove the others, or use symbolic links"
        )
    if not found.st_mode & stat.S_IWUSR:
        raise WriteRefused(
            f"{shown(path)} was not written: it is read-only: chmod u+w it if it may be changed"
        )


def write_all(descriptor: int, text: bytes) -> None:
    """Write the whole of `text`."""
    rest = memoryview(text)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_draft_of(hidden: str, path: Path) -> bool:
    """Say whether the name `hidden` is that of a draft of the file `path`."""
    match = _DRAFT.fullmatch(hidden)
    return match is not None and match["name"] == short_name(path.name)


def is_named_for(hidden: str, text: bytes) -> bool:
    """Say whether a draft of that name holds one of the two versions it is named for."""
    match = _DRAFT.fullmatch(hidden)
    return match is not None and digest_of(text)[:_DIGITS] in (match["old"], match["new"])


def text_at(path: Path) -> bytes | None:
    """Return what the file `path` itself says; None where there is no file that can be read."""
    try:
        return read_bytes(path, follows_link=False)[0]
    except FileRefused:
        return None


def short_name(name: str) -> str:
    """Return `name` as it stands in the names of drafts, which must not become too long."""
    raw = os.fsencode(name)
    if len(raw) <= _LONGEST_NAME_BYTES:
        return name
    rest = hashlib.sha256(raw).hexdigest()[:_DIGITS]
    return os.fsdecode(raw[:_KEPT_BYTES]) + "~" + rest


def _make_alike(descriptor: int, path: Path, found: os.stat_result) -> None:
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (found.st_uid, found.st_gid):
        try:
            os.fchown(descriptor, found.st_uid, found.st_gid)
        except PermissionError as error:
            raise refused(path, error) from None
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # attributes are kept where that can be
            for name in os.listxattr(path):
                os.setxattr(descriptor, name, os.getxattr(path, name))
    # last, because a new owner takes the set-id bits away
    os.fchmod(descriptor, stat.S_IMODE(found.st_mode))
