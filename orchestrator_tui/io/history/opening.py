"""Opens a database of ours, whatever lies at its path."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.coding import decoded
from orchestrator_tui.io.history.damage import alone_in, odd_kind, shown
from orchestrator_tui.io.history.database import Database, is_damage, set_aside, unavailable
from orchestrator_tui.io.history.faults import HistoryDamaged, HistoryFault, HistoryUnavailable
from orchestrator_tui.io.history.lease import Lease
from orchestrator_tui.io.history.place import PRIVATE_FILE, make_folder

PATIENCE_SECONDS: Final = 1.0
"""How long one statement waits for other writers; measured, four of them need a third of it."""
CHECKED_BYTES: Final = 64_000_000
"""The largest file that is checked after a crash: a fifth of a second, with a quarter of a million
events. Damage in a larger one shows when it is read."""
_JOURNAL_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of database is opened."""

    application: int
    """Tells our files from others' (SQLite's `application_id`)."""
    version: int
    """Of the tables; a file with a higher one is only read, never migrated down."""
    schema: Sequence[str]
    """What makes the tables of version 1."""
    synchronous: str
    """FULL where every commit is on the disk before it is acknowledged, else NORMAL."""
    upgrades: Sequence[Sequence[str]] = ()
    """What makes each later version of the one before: it only ever adds."""


def open_to_write(
    path: Path, kind: Kind, clock: Clock, *, patience_seconds: float = PATIENCE_SECONDS
) -> Database:
    """Return the database at `path`, new where there was none.

    Raises HistoryDamaged after what was there has been moved aside, and HistoryUnavailable.
    """
    try:
        make_folder(path.parent)
        with alone_in(path.parent):
            return _open_to_write(path, kind, clock, patience_seconds)
    except OSError as error:
        raise unavailable(path, error) from error


def open_to_read(
    path: Path, kind: Kind, clock: Clock, *, patience_seconds: float = PATIENCE_SECONDS
) -> Database | None:
    """Return the database at `path` to be read, or None where there is none; nothing is made.

    Raises HistoryDamaged, moving nothing, and HistoryUnavailable.
    """
    try:
        if not path.parent.is_dir() or not os.path.lexists(path):
            return None
        if odd := _oddity(path):
            raise HistoryDamaged(f"{shown(path)} is damaged (it {odd})")
        return _readable(path, kind, clock, patience_seconds)
    except OSError as error:
        raise unavailable(path, error) from error


def _open_to_write(path: Path, kind: Kind, clock: Clock, patience: float) -> Database:
    odd = _oddity(path)
    if odd:
        raise set_aside(path, f"it {odd}", clock)
    is_new = not path.exists()
    if is_new:
        # made here, so that nobody else may ever look into it; SQLite gives its own files this mode
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    elif not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise HistoryUnavailable(
            f"{shown(path)} may not be written: allow it, or name another --state-dir"
        )
    is_doubtful = _is_doubtful(path)
    connection: sqlite3.Connection | None = None
    try:
        connection = _connected(path, "rw", patience)
        newer = _prepared(connection, kind, is_new=is_new)
        if is_doubtful:
            _check(connection)
    except (sqlite3.Error, UnicodeDecodeError, HistoryDamaged) as error:
        if connection is not None:
            connection.close()
        raise _refusal(path, error, clock, is_new=is_new) from error
    if newer:
        connection.execute("PRAGMA query_only=1")
    return Database(path, connection, clock, newer and f"{shown(path)} {newer}")


def _readable(path: Path, kind: Kind, clock: Clock, patience: float) -> Database:
    """Open as one who could write, where that is allowed: only then no file of SQLite is left."""
    why = f"{shown(path)} is only read here"
    error = Exception()
    for mode in ("rw", "ro", "ro&immutable=1"):
        connection: sqlite3.Connection | None = None
        try:
            connection = _connected(path, mode, patience)
            connection.execute("PRAGMA query_only=1")
            _newer(connection, kind)
            return Database(path, connection, clock, why, may_move=False)
        except (sqlite3.Error, UnicodeDecodeError, HistoryDamaged) as failure:
            error = failure
            if connection is not None:
                connection.close()
            if isinstance(failure, HistoryDamaged) or is_damage(failure):
                why = plain_text(str(error))
                raise HistoryDamaged(f"{shown(path)} is damaged ({why})") from error
    raise unavailable(path, error) from error


def _connected(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.text_factory = decoded
    return connection


def _prepared(connection: sqlite3.Connection, kind: Kind, *, is_new: bool) -> str:
    """Make the tables that are missing; return why an older program may not write this file."""
    if is_new:
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
    else:
        newer = _newer(connection, kind)
        if newer:
            return newer
    if connection.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
        raise HistoryDamaged("it has no write-ahead log")
    connection.execute(f"PRAGMA synchronous={kind.synchronous}")
    connection.execute(f"PRAGMA journal_size_limit={_JOURNAL_BYTES}")
    if version_of(connection) < kind.version:
        _make_tables(connection, kind)
    return ""


def _make_tables(connection: sqlite3.Connection, kind: Kind) -> None:
    """Make the tables that a new or an older file lacks, all or none."""
    connection.execute("BEGIN IMMEDIATE")
    there = version_of(connection)
    for statements in (kind.schema, *kind.upgrades)[there:]:
        for each in statements:
            connection.execute(each)
    connection.execute(f"PRAGMA application_id={kind.application}")
    connection.execute(f"PRAGMA user_version={kind.version}")
    connection.execute("COMMIT")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the tables that are there now, 0 before there are any."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _newer(connection: sqlite3.Connection, kind: Kind) -> str:
    """Return why a file of a newer program is only read; raises HistoryDamaged for foreign ones."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    if application != kind.application or version < 1:
        raise HistoryDamaged("it is no database of this program")
    if version > kind.version:
        return (
            f"was written by a newer version of this program (tables {version}, here "
            f"{kind.version}) and is only read: update this program"
        )
    return ""


def _oddity(path: Path) -> str:
    if odd := odd_kind(path):
        return odd
    for suffix in ("-wal", "-shm"):
        if odd := odd_kind(Path(f"{path}{suffix}")):
            return f"has a {suffix} file that {odd}"
    with suppress(FileNotFoundError):
        if path.stat().st_size == 0:
            return "is empty"
    return ""


def _is_doubtful(path: Path) -> bool:
    """Say whether whoever wrote last went without closing, and looking at all of it is quick."""
    try:
        has_journal = Path(f"{path}-wal").stat().st_size > 0
    except OSError:
        return False
    is_small = path.stat().st_size <= CHECKED_BYTES
    return has_journal and is_small and not Lease.is_held_elsewhere(path.parent)


def _check(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise HistoryDamaged(str(found))


def _refusal(path: Path, error: Exception, clock: Clock, *, is_new: bool) -> HistoryFault:
    if is_new:  # what was only begun holds nothing, and would be taken for damage
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        return unavailable(path, error)
    if isinstance(error, HistoryDamaged) or is_damage(error):
        return set_aside(path, plain_text(str(error)), clock)
    return unavailable(path, error)
