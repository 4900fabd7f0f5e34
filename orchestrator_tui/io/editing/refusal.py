"""Why a file was left as it is, by an edit or by the disk, and what to do about it."""

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.edits import Place
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.text import plain_text

_WHAT_TO_DO: Final = {
    errno.ENOSPC: "no space is left on the disk: free some, then try again",
    errno.EDQUOT: "your disk quota is used up: free some space, then try again",
    errno.EFBIG: "the file would be larger than this process may write: raise its limit",
    errno.EROFS: "the disk is mounted read-only: mount it for writing",
    errno.EEXIST: "something else has its name: move that away",
    errno.ENOTDIR: "a file stands where a folder is needed: move that away",
    errno.EIO: "the disk reports an error: check it before you go on",
    errno.EACCES: "permission denied: give yourself permission to write there",
    errno.EPERM: "only its owner may change it: run this as the owner",
    errno.ESTALE: "the network folder has gone stale: mount it again",
}


class EditRefused(WriteRefused):
    """An edit that would have changed more, or something else, than the fact it names."""


def not_editable(places: Iterable[Place], why: str) -> EditRefused:
    """Return the refusal to change places in a file that is written in a way that forbids it."""
    names = ", ".join(dict.fromkeys(f"`{name_of(each)}`" for each in places))
    return EditRefused(
        f"{names} cannot be changed in the way this file is written"
        f" ({why}): nothing was written; change it by hand"
    )


def name_of(place: Place) -> str:
    """Return a place as messages name it: `tasks.chat-ui.progress`."""
    return plain_text(".".join(place), limit=120)


def refused(path: Path, error: OSError) -> WriteRefused:
    """Return the refusal to write `path` that `error` means, with what to do about it."""
    return WriteRefused(f"{shown(path)} was not written: {reason(error)}")


def reason(error: OSError) -> str:
    """Return why the disk refused, and what to do about it where that is known."""
    return plain_text(_WHAT_TO_DO.get(error.errno or 0) or error.strerror or str(error))


def shown(path: Path) -> str:
    """Return `path` safe to show."""
    return plain_text(str(path))
