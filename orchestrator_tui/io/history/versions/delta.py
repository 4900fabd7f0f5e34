"""What differs between two versions of a file, written small.

A change of a mission touches a few lines that may lie far apart. A delta is a list of steps, each
of which keeps a stretch of the old version, skips one, and inserts new bytes.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_STEP: Final = struct.Struct("<III")
"""Bytes kept, bytes skipped, length of what is inserted then."""
_PROBE_LINES: Final = 3
"""Lines that have to come again before two versions count as being in step."""
_PROBES: Final = 200
"""Lines that are tried after a difference, before the rest counts as different."""
_STEPS: Final = 400
_LEVEL: Final = 6

Step = tuple[int, int, bytes]


def packed(raw: bytes) -> bytes:
    """Return `raw` compressed, whole."""
    return zlib.compress(raw, _LEVEL)


def unpacked(body: bytes) -> bytes:
    """Return what `packed` was given; raises ValueError for what it never wrote."""
    try:
        return zlib.decompress(body)
    except zlib.error as error:
        raise ValueError(str(error)) from None


def delta(old: bytes, new: bytes) -> bytes:
    """Return what makes `new` of `old`, compressed."""
    parts = bytearray()
    for kept, skipped, inserted in _steps(old, new):
        parts += _STEP.pack(kept, skipped, len(inserted)) + inserted
    return zlib.compress(bytes(parts), _LEVEL)


def patched(old: bytes, body: bytes) -> bytes:
    """Return the version that `body`, a delta, makes of `old`; raises ValueError."""
    steps = memoryview(unpacked(body))
    parts: list[bytes | memoryview] = []
    source = memoryview(old)
    at = place = 0
    while place < len(steps):
        try:
            kept, skipped, length = _STEP.unpack_from(steps, place)
        except struct.error as error:
            raise ValueError(str(error)) from None
        place += _STEP.size
        parts += (source[at : at + kept], steps[place : place + length])
        at += kept + skipped
        place += length
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two versions, without the tail that they have in common."""

    old: bytes
    new: bytes
    old_end: int
    new_end: int

    def kept(self, at: int, place: int) -> int:
        """Return how many bytes are alike from there, by halves: each comparison runs in C."""
        low, high = 0, min(self.old_end - at, self.new_end - place)
        while low < high:
            middle = (low + high + 1) // 2
            if self.old[at + low : at + middle] == self.new[place + low : place + middle]:
                low = middle
            else:
                high = middle - 1
        return low

    def in_step_again(self, at: int, place: int) -> tuple[int, int] | None:
        """Return where both go on alike after a difference, or None where they do not."""
        lines = _line_starts(self.new, place, self.new_end)
        for first, after in zip(lines, lines[_PROBE_LINES:], strict=False):
            found = self.old.find(self.new[first:after], at, self.old_end)
            if found >= 0:
                return found, first
        return None


def _steps(old: bytes, new: bytes) -> Iterator[Step]:
    """Yield steps that cover `new`, greedily, from its start to its end."""
    tail = _common_tail(old, new)
    pair = _Pair(old, new, len(old) - tail, len(new) - tail)
    at = place = 0
    for _ in range(_STEPS):
        kept = pair.kept(at, place)
        again = pair.in_step_again(at + kept, place + kept)
        if again is None:
            break
        next_at, next_place = again
        yield kept, next_at - at - kept, new[place + kept : next_place]
        at, place = again
    kept = pair.kept(at, place)
    yield kept, pair.old_end - at - kept, new[place + kept : pair.new_end]
    yield tail, 0, b""


def _line_starts(raw: bytes, place: int, end: int) -> list[int]:
    starts: list[int] = []
    for _ in range(_PROBES + _PROBE_LINES):
        newline = raw.find(b"\n", place, end)
        if newline < 0:
            break
        place = newline + 1
        starts.append(place)
    return starts


def _common_tail(old: bytes, new: bytes) -> int:
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low
