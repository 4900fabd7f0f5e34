"""The files of every mission as they were: a version for each change of them."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import MissionFile
from orchestrator_tui.io.history.chain import Cell, chained
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from orchestrator_tui.io.history.versions.contents import (
    ContentDamaged,
    Known,
    acquire,
    content,
    release,
)

VERSION_FIELDS: Final = "number, mission, holds_from, seen, revision, manifest"
"""What a version's digest covers, in this order."""
_NEWEST: Final = f"SELECT {VERSION_FIELDS} FROM versions WHERE mission = ?"  # noqa: S608 - our own
_FIRST: Final = "ORDER BY holds_from DESC, number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A mission's files as they were from one moment on."""

    mission: MissionId
    files: tuple[MissionFile, ...]
    """As they were given; empty where the mission was gone."""
    revision: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which files a version consists of: their names and digests, in order."""

    raw: bytes
    digest: bytes
    files: tuple[tuple[str, bytes], ...]


def manifest_of(files: Sequence[MissionFile]) -> Manifest:
    """Return the manifest of `files`."""
    lines = (json.dumps([each.name, each.digest], separators=(",", ":")) for each in files)
    raw = "\n".join(lines).encode("ascii")
    named = tuple((each.name, bytes.fromhex(each.digest)) for each in files)
    return Manifest(raw, sha256(raw).digest(), named)


def read_manifest(database: Connection, digest: bytes, known: Known) -> Manifest:
    """Return the manifest with that digest; raises ContentDamaged."""
    raw = content(database, digest, known)
    pairs = (json.loads(line) for line in raw.decode("ascii").split("\n") if line)
    return Manifest(raw, digest, tuple((name, bytes.fromhex(hexed)) for name, hexed in pairs))


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest version of a mission, with its contents, so that a delta needs no reading."""

    number: int
    manifest: Manifest
    raws: dict[bytes, bytes]


class Versions:
    """Writes versions; remembers the newest of each mission: its bytes are in memory anyway."""

    def __init__(self) -> None:
        self._newest: dict[MissionId, _Newest] = {}

    def add(
        self,
        database: Connection,
        version: KeptVersion,
        holds_from: int,
    ) -> bytes:
        """Keep `version` from the event `holds_from` on, and return its digest."""
        mission = version.mission
        (last,) = database.execute("SELECT max(number) FROM versions").fetchone()
        number = (last or 0) + 1
        before = self._before(database, mission)
        after = manifest_of(version.files)
        raws = {bytes.fromhex(each.digest): each.raw for each in version.files}
        _exchange(database, before, _Newest(number, after, raws))
        manifest = after.digest if version.files else None
        fields: tuple[Cell, ...] = (
            number,
            stored_text(mission),
            holds_from,
            stored_time(version.seen),
            stored_text(version.revision),
            manifest,
        )
        digest = chained(b"", fields)
        database.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)", (*fields, digest))
        self._newest[mission] = _Newest(number, after, raws)
        return digest

    def forget(self, mission: MissionId) -> None:
        """Forget what is remembered of `mission`: it was not written after all."""
        self._newest.pop(mission, None)

    def _before(self, database: Connection, mission: MissionId) -> _Newest | None:
        row = database.execute(f"{_NEWEST} {_FIRST}", (stored_text(mission),)).fetchone()
        if row is None or row[-1] is None:
            return None
        remembered = self._newest.get(mission)
        if remembered is not None and remembered.number == row[0]:
            return remembered
        known: dict[bytes, bytes] = {}
        # what is damaged is nothing to build upon: what follows it is then kept whole
        try:
            manifest = read_manifest(database, row[-1], known)
        except ContentDamaged:
            return None
        for _, digest in manifest.files:
            with suppress(ContentDamaged):
                content(database, digest, known)
        return _Newest(row[0], manifest, known)


def versions_at(database: Connection, sequence: int) -> dict[MissionId, KeptVersion]:
    """Return every mission that was there at an event, as it was; raises ContentDamaged."""
    known: dict[bytes, bytes] = {}
    missions = database.execute(
        "WITH RECURSIVE found(id) AS ("
        " SELECT min(mission) FROM versions UNION ALL"
        " SELECT (SELECT min(mission) FROM versions WHERE mission > id) FROM found"
        " WHERE id IS NOT NULL) SELECT id FROM found WHERE id IS NOT NULL"
    ).fetchall()
    rows = [
        database.execute(f"{_NEWEST} AND holds_from <= ? {_FIRST}", (mission, sequence)).fetchone()
        for (mission,) in missions
    ]
    kept = (_told(database, each, known) for each in rows if each and each[-1])
    return {each.mission: each for each in kept}


def last_version(database: Connection, mission: MissionId) -> KeptVersion | None:
    """Return the newest version of `mission`, without files where it is gone by now."""
    row = database.execute(f"{_NEWEST} {_FIRST}", (stored_text(mission),)).fetchone()
    return None if row is None else _told(database, row, {})


def _told(database: Connection, row: tuple[Cell, ...], known: Known) -> KeptVersion:
    _, mission, _, seen, revision, digest = row
    files: tuple[MissionFile, ...] = ()
    if isinstance(digest, bytes):
        manifest = read_manifest(database, digest, known)
        files = tuple(
            MissionFile(name, each.hex(), content(database, each, known))
            for name, each in manifest.files
        )
    return KeptVersion(MissionId(told_text(mission)), files, told_text(revision), told_time(seen))


def _exchange(database: Connection, before: _Newest | None, after: _Newest) -> None:
    """Keep what `after` has more than `before`, and let go of what it has no longer."""
    old = dict(before.manifest.files) if before else {}
    new = dict(after.manifest.files)
    old_raws = before.raws if before else {}
    for name, digest in new.items():
        if old.get(name) != digest:
            base = old.get(name, b"")
            base_raw = old_raws.get(base)
            acquire(
                database, digest, after.raws[digest], None if base_raw is None else (base, base_raw)
            )
    for name, digest in old.items():
        if new.get(name) != digest:
            release(database, digest, after.number)
    if new:
        base_manifest = (before.manifest.digest, before.manifest.raw) if before else None
        acquire(database, after.manifest.digest, after.manifest.raw, base_manifest)
    if before:
        release(database, before.manifest.digest, after.number)
