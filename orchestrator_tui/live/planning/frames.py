"""What a program and its worker write to each other: frames of a length and what is pickled.

Both ends are this program, and nobody else holds the pipes: what comes out of them is our own.
"""

import copyreg
import io
import os
import pickle
from collections.abc import Callable, Iterator
from enum import IntEnum
from struct import Struct
from types import MappingProxyType
from typing import Any, Final, NamedTuple

_HEAD: Final = Struct("!BQQ")
"""The kind, the number of the question, and how many bytes follow."""


class Kind(IntEnum):
    """What a frame is."""

    WARM_UP = 1
    """Questions are to come: what they need is to be loaded."""
    QUESTION = 2
    CANCEL = 3
    """Nobody waits for the answer any more."""
    BEGUN = 4
    """The search for an answer has begun."""
    ANSWER = 5
    """What is known so far; the last one is done."""
    FAILED = 6
    """The search raised an error; the text says which."""
    ENDED = 7
    """The search is over; the text says what ended it, if it did not end by itself."""
    WARM = 8
    """What questions need is loaded."""


class Frame(NamedTuple):
    """One message."""

    kind: Kind
    number: int = 0
    """Of the question."""
    payload: bytes = b""

    def packed(self) -> bytes:
        """Return the bytes of the frame."""
        return _HEAD.pack(self.kind, self.number, len(self.payload)) + self.payload

    def write_to(self, descriptor: int) -> None:
        """Write the whole frame; waits until it is taken."""
        rest = memoryview(self.packed())
        while rest:
            rest = rest[os.write(descriptor, rest) :]


class Incoming:
    """Frames that arrive in pieces."""

    def __init__(self) -> None:
        self._received = bytearray()

    def feed(self, piece: bytes) -> Iterator[Frame]:
        """Take in a piece, and yield the frames that are whole by now."""
        self._received += piece
        while len(self._received) >= _HEAD.size:
            kind, number, length = _HEAD.unpack_from(self._received)
            end = _HEAD.size + length
            if len(self._received) < end:
                return
            payload = bytes(self._received[_HEAD.size : end])
            del self._received[:end]
            yield Frame(Kind(kind), number, payload)


def pickled(message: object) -> bytes:
    """Return `message` as bytes; mappings that cannot be written to can be part of it."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, MappingProxyType: _reduced}
    pickler.dump(message)
    return written.getvalue()


def unpickled(payload: bytes) -> object:
    """Return what was pickled at the other end."""
    found: object = pickle.loads(payload)  # noqa: S301 - our own process wrote it, see above
    return found


def _reduced(mapping: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return _read_only, (dict(mapping),)


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)
