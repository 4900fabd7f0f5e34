"""Contents of files, each kept once, most of them as what differs from an older one."""

from collections.abc import MutableMapping
from hashlib import sha256
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.io.history.versions.delta import delta, packed, patched, unpacked

DEPTH: Final = 64
"""Deltas in a row, before a content is kept whole again: what has to be read for one content."""

Known = MutableMapping[bytes, bytes]
"""Contents by their digests."""


class ContentDamaged(ValueError):
    """A content is missing, or is not what its digest says."""


def acquire(
    database: Connection, digest: bytes, raw: bytes, base: tuple[bytes, bytes] | None
) -> None:
    """Keep `raw`, said in one place more; `base`: the digest and bytes of what it said before."""
    changed = database.execute(
        "UPDATE contents SET users = users + 1 WHERE digest = ?", (digest,)
    ).rowcount
    if changed:
        return
    number, depth, body = None, 0, packed(raw)
    if base is not None:
        found = database.execute(
            "SELECT number, depth FROM contents WHERE digest = ?", (base[0],)
        ).fetchone()
        if found is not None and found[1] < DEPTH:
            difference = delta(base[1], raw)
            if len(difference) < len(body):
                number, depth, body = found[0], found[1] + 1, difference
    database.execute(
        "INSERT INTO contents (digest, base, depth, body, users, dropped)"
        " VALUES (?, ?, ?, ?, 1, 0)",
        (digest, number, depth, body),
    )


def release(database: Connection, digest: bytes, version: int) -> None:
    """Note that one place less says this, from `version` on."""
    database.execute(
        "UPDATE contents SET users = users - 1, dropped = ? WHERE digest = ?", (version, digest)
    )


def content(database: Connection, digest: bytes, known: Known) -> bytes:
    """Return the content with that digest, and remember it in `known`; raises ContentDamaged."""
    raw = known.get(digest)
    if raw is not None:
        return raw
    row = database.execute("SELECT base, body FROM contents WHERE digest = ?", (digest,)).fetchone()
    deltas: list[bytes] = []
    raw = None
    while row is not None and row[0] is not None and len(deltas) <= DEPTH:
        deltas.append(row[1])
        row = database.execute(
            "SELECT base, body, digest FROM contents WHERE number = ?", (row[0],)
        ).fetchone()
        if row is not None and (raw := known.get(row[2])) is not None:
            break
    if row is None or len(deltas) > DEPTH:
        raise ContentDamaged("a part of it is missing")
    try:
        raw = unpacked(row[1]) if raw is None else raw
        for each in reversed(deltas):
            raw = patched(raw, each)
    except (ValueError, TypeError) as error:
        raise ContentDamaged(f"it cannot be unpacked: {error}") from None
    if sha256(raw).digest() != digest:
        raise ContentDamaged("it is not what its digest says")
    known[digest] = raw
    return raw
