"""Walks the chain of events and everything that was kept, and names what is wrong first."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from typing_extensions import override

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.chain import Cell, chained
from orchestrator_tui.io.history.coding import told_time
from orchestrator_tui.io.history.database import Database, is_damage
from orchestrator_tui.io.history.events import noted_head, walk
from orchestrator_tui.io.history.schema import has_experience, has_notices, has_tables_beside
from orchestrator_tui.io.history.versions.contents import ContentDamaged, content
from orchestrator_tui.io.history.versions.versions import VERSION_FIELDS, read_manifest

CHANGED: Final = "its content is not what was recorded"
MISSING: Final = "it is missing"
OUT_OF_ORDER: Final = "it stands where no event belongs"
_BESIDE: Final = (
    ("a forecast", "forecasts", "mission subject", "made", "finish"),
    (
        "a message in the outbox",
        "outbox",
        "id mission channel subject body why",
        "made attempts",
        "tried again delivered",
    ),
)
"""What stands beside the events: its table, and the columns of texts, of numbers, and of numbers
that may be absent. It is in no chain: only what cannot be right is found."""
_TOLD: Final = (
    ("a message in the outbox", "letters", "message document", "alone", ""),
    ("a digest in the outbox", "carried", "message carrier", "", ""),
    (
        "a notice",
        "notices",
        "mission recipient channel subject kind mission_title title detail",
        "since noted",
        "level ended",
    ),
)
"""The same, of a file that has these tables, too."""
_LEARNED: Final = (
    ("a forecast", "forecast_ranges", "body", "forecast", ""),
    ("a record of work", "experience", "kind mission key body", "at", ""),
)
"""The same, of a file that has these tables, too."""
_SEEN: Final = 2
_BYTES_KNOWN: Final = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What walking through the history found."""

    is_whole: bool
    first_bad: int | None
    """The sequence of the first event that is wrong, or whose files are.

    Absent where nothing is wrong, or only what stands beside the events.
    """
    reason: str
    """What is wrong; empty where nothing is."""
    events: int
    """How many events were found right before that."""
    since: datetime | None
    """When the first event held was seen; absent where there is none."""


class _Broken(Exception):
    """The chain does not hold from one event on, or what stands beside the events is wrong."""

    def __init__(self, sequence: int | None, reason: str) -> None:
        super().__init__(reason)
        self.sequence = sequence
        self.reason = reason


@dataclass(slots=True)
class _Walked:
    """How far the walk came."""

    sequence: int = 0
    events: int = 0
    since: datetime | None = None

    def result(self, first_bad: int | None = None, reason: str = "") -> Verification:
        """Return what was found: all is whole where nothing is said to be wrong."""
        return Verification(
            is_whole=not reason,
            first_bad=first_bad,
            reason=reason,
            events=self.events,
            since=self.since,
        )


def verify(database: Database) -> Verification:
    """Return whether all that is held is what was recorded; raises HistoryUnavailable."""
    walked = _Walked()
    with database.reading() as connection:
        try:
            _versions(connection, dict(_events(connection, walked)))
            _beside(connection)
        except _Broken as broken:
            return walked.result(broken.sequence, broken.reason)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            why = f"the database cannot be read from there on: {plain_text(str(error))}"
            return walked.result(walked.sequence + 1, why)
    return walked.result()


def _events(database: Connection, walked: _Walked) -> Iterator[tuple[bytes, int]]:
    """Walk the chain; yield the digest of every version that an event names."""
    walked.sequence, digest = _start(database)
    for row in walk(database):
        expected = walked.sequence + 1
        sequence, stored = row[0], row[-1]
        if not isinstance(sequence, int) or sequence < expected:
            raise _Broken(sequence if isinstance(sequence, int) else expected, OUT_OF_ORDER)
        if sequence > expected:
            raise _Broken(expected, MISSING)
        digest = _digest(digest, row[:-1])
        if digest != stored:
            raise _Broken(sequence, CHANGED)
        walked.sequence = sequence
        walked.events += 1
        walked.since = walked.since or told_time(row[_SEEN])
        if isinstance(row[-2], bytes):
            yield row[-2], sequence
    _end(database, walked.sequence, digest)


def _start(database: Connection) -> tuple[int, bytes]:
    anchors = database.execute("SELECT sequence, digest FROM anchor").fetchall()
    match anchors:
        case [(int(sequence), bytes(digest))]:
            return sequence, digest
        case _:
            raise _Broken(1, "where the chain begins is missing")


def _digest(previous: bytes, fields: tuple[Cell, ...]) -> bytes:
    try:
        return chained(previous, fields)
    except (TypeError, ValueError):
        return b""


def _end(database: Connection, sequence: int, digest: bytes) -> None:
    noted = noted_head(database)
    if noted is None:
        raise _Broken(sequence + 1, "where the chain ends is missing")
    newest, stored = noted
    if not isinstance(newest, int):
        raise _Broken(sequence + 1, "where the chain ends was changed")
    if newest > sequence:
        raise _Broken(sequence + 1, MISSING)
    if newest < sequence:
        raise _Broken(newest + 1, OUT_OF_ORDER)
    if stored != digest:
        raise _Broken(sequence, CHANGED)


def _versions(database: Connection, named: dict[bytes, int]) -> None:
    """Check every version; `named` says by their digests which the events speak of."""
    known = _Recent()
    checked: set[bytes] = set()
    found: set[bytes] = set()
    rows = database.execute(
        f"SELECT {VERSION_FIELDS}, digest FROM versions ORDER BY number"  # noqa: S608 - our own
    )
    for row in rows:
        *fields, digest = row
        sequence, manifest = row[2], row[5]
        if _digest(b"", tuple(fields)) != digest:
            raise _Broken(_as_sequence(sequence), "the version kept with it was changed")
        found.add(digest)
        if isinstance(manifest, bytes):
            try:
                _contents(database, manifest, checked, known)
            except (ContentDamaged, ValueError, TypeError) as error:
                why = f"a file kept with it is damaged: {plain_text(str(error))}"
                raise _Broken(_as_sequence(sequence), why) from None
    for digest, sequence in named.items():
        if digest not in found:
            raise _Broken(sequence, "the version kept with it is missing")


def _contents(database: Connection, manifest: bytes, checked: set[bytes], known: "_Recent") -> None:
    for _, digest in read_manifest(database, manifest, known).files:
        if digest not in checked:
            content(database, digest, known)
            checked.add(digest)


def _beside(database: Connection) -> None:
    if not has_tables_beside(database):
        return
    told = _TOLD if has_notices(database) else ()
    learned = _LEARNED if has_experience(database) else ()
    for what, table, texts, numbers, optional in (*_BESIDE, *told, *learned):
        odd = [f"typeof({each}) <> 'text'" for each in texts.split()]
        odd += [f"typeof({each}) <> 'integer'" for each in numbers.split()]
        odd += [f"typeof({each}) NOT IN ('integer', 'null')" for each in optional.split()]
        query = f"SELECT 1 FROM {table} WHERE {' OR '.join(odd)} LIMIT 1"  # noqa: S608 - our own
        if database.execute(query).fetchone():
            raise _Broken(None, f"{what} is not what was recorded")


def _as_sequence(stored: Cell) -> int:
    return stored if isinstance(stored, int) else 0


class _Recent(dict[bytes, bytes]):
    """The contents that were read last: the next ones are built upon them."""

    @override
    def __setitem__(self, digest: bytes, raw: bytes) -> None:
        """Remember `raw`, and forget the oldest where all together are too many."""
        super().__setitem__(digest, raw)
        self.held = getattr(self, "held", 0) + len(raw)
        while self.held > _BYTES_KNOWN and len(self) > 1:
            self.held -= len(self.pop(next(iter(self))))
