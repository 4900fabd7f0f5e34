"""The chain of digests: each event's covers the one before and all that the event says."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

START: Final = bytes(32)
"""What stands before the first event."""

Cell = str | int | float | bytes | None
"""What SQLite gives for one field."""


def chained(previous: bytes, fields: Sequence[Cell]) -> bytes:
    """Return the digest of `fields` after `previous`: SHA-256 over it and their canonical JSON."""
    plain = [each.hex() if isinstance(each, bytes) else each for each in fields]
    return sha256(previous + json.dumps(plain, separators=(",", ":")).encode("ascii")).digest()
