"""The second copy of the rulings: a text file that is only ever added to, on the disk at once.

A line holds its place in the chain, the ruling, the digest of the line before and its own. So each
line proves itself, also where another was torn by a crash or changed by hand.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EAGAIN
from pathlib import Path
from typing import Final, NamedTuple

from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.chain import chained
from orchestrator_tui.io.history.coding import LARGEST
from orchestrator_tui.io.history.damage import is_locked_soon, moved_aside, odd_kind
from orchestrator_tui.io.history.place import PRIVATE_FILE

_TAIL_BYTES: Final = 4096


class Line(NamedTuple):
    """One ruling as it stands in both copies."""

    sequence: int
    text: str
    """The ruling, as JSON."""
    digest: bytes


def digest_of(previous: bytes, sequence: int, text: str) -> bytes:
    """Return the digest of the ruling that follows the one with the digest `previous`."""
    return chained(previous, (sequence, text))


def read_copy(path: Path) -> tuple[Line, ...]:
    """Return every line of the copy that proves itself, as they stand there; raises OSError.

    The same ruling may stand there twice, where the database was made again from this copy.
    """
    if odd_kind(path):
        return ()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ()
    lines: list[Line] = []
    for each in raw.split(b"\n"):
        line = _proven(each)
        if line is not None:
            lines.append(line)
    return tuple(lines)


@contextmanager
def appending(path: Path, clock: Clock) -> Iterator[int]:
    """Give the copy's open file, alone among all processes; raises OSError.

    What lies in its place and is no file is moved aside.
    """
    if odd_kind(path):
        moved_aside(path, clock())
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, PRIVATE_FILE)
    try:
        if not is_locked_soon(descriptor):
            raise BlockingIOError(EAGAIN, "it is locked by another process")
        yield descriptor
    finally:
        os.close(descriptor)


def newest_of(descriptor: int) -> Line | None:
    """Return the last line of the copy, or None where there is none that proves itself."""
    size = os.fstat(descriptor).st_size
    length = _TAIL_BYTES
    while True:
        tail = os.pread(descriptor, length, max(0, size - length))
        line, _, rest = tail.removesuffix(b"\n").rpartition(b"\n")
        if line or length >= size:
            return _proven(rest) if tail.endswith(b"\n") else None
        length *= 4


def add_lines(descriptor: int, previous: bytes, lines: Iterable[Line]) -> None:
    """Write `lines` at the end of the copy, after the digest `previous`; raises OSError."""
    parts: list[str] = []
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        parts.append("\n")  # the line before was torn: ours begins anew
    for each in lines:
        parts.append(_written(each, previous) + "\n")
        previous = each.digest
    raw = "".join(parts).encode("ascii")
    while raw:
        raw = raw[os.write(descriptor, raw) :]
    os.fsync(descriptor)


def _written(line: Line, previous: bytes) -> str:
    return json.dumps(
        {
            "sequence": line.sequence,
            "ruling": line.text,
            "previous": previous.hex(),
            "digest": line.digest.hex(),
        }
    )


def _proven(raw: bytes) -> Line | None:
    try:
        document = json.loads(raw)
        previous = bytes.fromhex(document["previous"])
        line = Line(document["sequence"], document["ruling"], bytes.fromhex(document["digest"]))
        is_proven = digest_of(previous, line.sequence, line.text) == line.digest
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return line if is_proven and _is_count(line.sequence) else None


def _is_count(sequence: object) -> bool:
    return type(sequence) is int and 0 < sequence <= LARGEST
