"""Files that cannot be replaced, only written over: mounted ones, and those in closed folders.

The new version is kept under the draft's name until the file says it, so that a writer that dies
half-way leaves a mixture of two known versions, which the next one completes.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from orchestrator_tui.io.editing.drafts import Draft, check_replaceable, text_at, write_all
from orchestrator_tui.io.reading.safe_read import LARGEST_BYTES

_OPEN: Final = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def overwrite(draft: Draft, text: bytes) -> bool:
    """Let the file of `draft` say `text`; False where it no longer says the draft's base.

    Raises OSError, with the file as it was, where it cannot be written.
    """
    descriptor = os.open(draft.path, _OPEN)
    try:
        check_replaceable(draft.path, os.fstat(descriptor))
        if _read(descriptor) != draft.base:
            return False
        try:
            _write(descriptor, text)
        except OSError:
            with suppress(OSError):  # what it said has its place on the disk already
                _write(descriptor, draft.base)
            raise
        return True
    finally:
        os.close(descriptor)


def complete(draft: Draft, text: bytes) -> None:
    """Write the rest where a writer died while it wrote `text` over the base of `draft`."""
    present = text_at(draft.path)
    if present is None or present in (text, draft.base):
        return
    if _is_mixture(present, text, draft.base):
        overwrite(Draft(draft.path, present, draft.new, draft.hidden), text)


def can_make_names_in(folder: Path) -> bool:
    """Say whether this process may make files in `folder`."""
    return os.access(
        folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids
    )


def _is_mixture(present: bytes, new: bytes, old: bytes) -> bool:
    """Say whether `present` begins as `new`, and from there on is the rest of `old`."""
    if present.startswith(new):
        return present[len(new) :] == old[len(new) :]
    pairs = enumerate(zip(present, new, strict=False))
    begun = next((at for at, (one, other) in pairs if one != other), len(present))
    return present[begun:] == old[begun:]


def _read(descriptor: int) -> bytes:
    pieces: list[bytes] = []
    while piece := os.pread(descriptor, LARGEST_BYTES, sum(map(len, pieces))):
        pieces.append(piece)
    return b"".join(pieces)


def _write(descriptor: int, text: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    write_all(descriptor, text)
    os.ftruncate(descriptor, len(text))
    os.fsync(descriptor)
