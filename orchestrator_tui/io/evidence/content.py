"""The bytes of evidence, read up to a bound and never from what is not a file any more."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.found_files import FoundFile
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.reading.safe_read import kind_of, why_not

LARGEST_BYTES: Final = 64_000_000
"""The most that is read for one criterion."""
_CHUNK: Final = 1_000_000
_FLAGS: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY | os.O_NOFOLLOW


class NotLookedAt(Exception):
    """Nothing can be said of the evidence; its text is one line, safe to show."""


def read_whole(files: Iterable[FoundFile]) -> tuple[list[tuple[str, bytes]], str]:
    """Return name and bytes of each file, and the SHA-256 over the names and what was read.

    Raises EvidenceRefused where they are too big, before they are read, and NotLookedAt where they
    cannot be read.
    """
    raws: list[tuple[str, bytes]] = []
    digest = hashlib.sha256()
    chosen = tuple(files)
    refuse_giants(chosen)
    total = 0
    for each in chosen:
        raw = b"".join(chunks_of(each, most=LARGEST_BYTES - total))
        total += len(raw)
        digest.update(os.fsencode(each.name) + b"\0" + hashlib.sha256(raw).digest())
        raws.append((each.name, raw))
    return raws, digest.hexdigest()


def refuse_giants(files: tuple[FoundFile, ...]) -> None:
    """Raise EvidenceRefused where the files are more than is read for one criterion."""
    total = sum(each.stamp.size for each in files)
    if total <= LARGEST_BYTES:
        return
    largest = max(files, key=lambda each: each.stamp.size)
    size = f"{largest.stamp.size:,} bytes"
    if len(files) > 1:
        size += f", and with {len(files) - 1} others {total:,}"
    raise EvidenceRefused(
        largest.name, None, f"is too big, {size}: at most {LARGEST_BYTES:,} are read"
    )


def chunks_of(file: FoundFile, *, most: int = LARGEST_BYTES) -> Iterator[bytes]:
    """Yield the bytes of a file.

    Raises EvidenceRefused where it turns out to have more than `most`, such as while it grows, and
    NotLookedAt where it cannot be read.
    """
    with _opened(file) as descriptor:
        left = most
        while piece := os.read(descriptor, _CHUNK):
            left -= len(piece)
            if left < 0:
                grown = f"has grown while it was read: at most {LARGEST_BYTES:,} bytes are read"
                raise EvidenceRefused(file.name, None, grown)
            yield piece


@contextmanager
def _opened(file: FoundFile) -> Iterator[int]:
    name = plain_text(file.name)
    try:
        descriptor = os.open(file.path, _FLAGS)
    except (OSError, ValueError) as error:
        raise NotLookedAt(f"{name} {why_not(error)}") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotLookedAt(f"{name} has become {kind_of(found)}")
        if os.path.realpath(file.path) != file.path:
            raise NotLookedAt(f"{name} was moved while it was looked at")
        yield descriptor
    except OSError as error:
        raise NotLookedAt(f"{name} {why_not(error)}") from None
    finally:
        os.close(descriptor)
