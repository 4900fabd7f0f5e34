"""One SQLite database of ours: opened with care, written in whole transactions, never trusted.

Measured, with four processes: transactions that begin to write late fail at once with "database is
locked", whatever the timeout; those that begin with IMMEDIATE all wait their turn. So all do.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.damage import moved_aside, shown
from orchestrator_tui.io.history.faults import HistoryDamaged, HistoryFault, HistoryUnavailable

PRIMARY_CODE: Final = 0xFF
"""The part of SQLite's error codes that says what sort of error it is."""
DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
REASONS: Final = {
    sqlite3.SQLITE_BUSY: "is locked by another process: end that process, or wait for it",
    sqlite3.SQLITE_LOCKED: "is locked by another process: end that process, or wait for it",
    sqlite3.SQLITE_FULL: "has no space left on its disk: make some",
    sqlite3.SQLITE_IOERR: "was refused by its disk: look at its space and its health",
    sqlite3.SQLITE_READONLY: "may not be written: allow it, or name another --state-dir",
    sqlite3.SQLITE_PERM: "may not be opened: allow it, or name another --state-dir",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: look at its folder, or name another --state-dir",
}


@dataclass(slots=True)
class Database:
    """An open connection; any thread may use it, one at a time."""

    path: Path
    connection: sqlite3.Connection
    clock: Clock
    read_only: str = ""
    """Why nothing is written; empty where it may be."""
    may_move: bool = True
    """Whether damage is moved aside: never by those who only read."""
    _lock: RLock = None  # type: ignore[assignment]
    _identity: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Remember which file was opened."""
        self._lock = RLock()
        self._identity = identity_of(self.path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection, to be read at one instant; raises HistoryFault."""
        yield from self._transaction("BEGIN", is_written=False)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection, to be written all or nothing; raises HistoryFault."""
        if self.read_only:
            raise HistoryUnavailable(self.read_only)
        yield from self._transaction("BEGIN IMMEDIATE", is_written=True)

    def give_space_back(self) -> None:
        """Hand what is free in the file back to the disk; raises HistoryFault."""
        with self._alone():
            # a script, because SQLite frees one page for each step of this statement
            self.connection.executescript("PRAGMA incremental_vacuum")

    def is_still_there(self) -> bool:
        """Say whether the file that was opened is still the one at its path.

        SQLite goes on writing, into nowhere, where somebody deleted or replaced it.
        """
        return self._identity is not None and identity_of(self.path) == self._identity

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""
        with self._lock:
            self.connection.close()

    def fault(self, error: Exception) -> HistoryFault:
        """Return what `error` means to a person; damage is moved aside, and the file closed."""
        if not is_damage(error):
            return unavailable(self.path, error)
        why = plain_text(str(error))
        if not self.may_move:
            return HistoryDamaged(f"{shown(self.path)} is damaged ({why})")
        self.close()
        if not self.is_still_there():  # another process has moved it
            return HistoryDamaged(f"{shown(self.path)} was damaged ({why}), and is gone by now")
        return set_aside(self.path, why, self.clock)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other thread in, and say in our words what SQLite says."""
        with self._lock:
            try:
                yield
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise self.fault(error) from error

    def _transaction(self, begin: str, *, is_written: bool) -> Iterator[sqlite3.Connection]:
        with self._alone():
            if self.connection.in_transaction:
                yield self.connection
                return
            self.connection.execute(begin)
            try:
                yield self.connection
            except BaseException:
                self._roll_back()
                raise
            if is_written:
                self._commit()
            else:
                self._roll_back()

    def _commit(self) -> None:
        try:
            self.connection.execute("COMMIT")
        except sqlite3.Error:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        # SQLite has rolled back by itself after some errors
        if self.connection.in_transaction:
            self.connection.rollback()


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of `error`; 0 where Python raised it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & PRIMARY_CODE


def is_damage(error: Exception) -> bool:
    """Say whether `error` means that the file is no database, or that our tables are not in it.

    SQLite quotes names of damaged tables, which may be no text: Python fails to decode that.
    """
    if isinstance(error, sqlite3.Error):
        return code_of(error) in DAMAGE or str(error).startswith("no such ")
    return isinstance(error, UnicodeDecodeError)


def unavailable(path: Path, error: Exception) -> HistoryUnavailable:
    """Return why the database at `path` cannot be used now."""
    code = code_of(error) if isinstance(error, sqlite3.Error) else 0
    why = plain_text(getattr(error, "strerror", None) or str(error))
    reason = REASONS.get(code, "cannot be used: look at its folder, or name another --state-dir")
    return HistoryUnavailable(f"{shown(path)} {reason} ({why})")


def set_aside(path: Path, why: str, clock: Clock) -> HistoryFault:
    """Move the damaged database at `path` aside, and return what is said of it."""
    try:
        aside = moved_aside(path, clock())
    except OSError as error:
        return HistoryDamaged(
            f"{shown(path)} is damaged ({why}) and cannot be moved aside "
            f"({plain_text(error.strerror or str(error))}): move it yourself"
        )
    return HistoryDamaged(
        f"{shown(path)} was damaged ({why}): it was moved to {shown(aside)}, and a new one begins"
    )


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from every other, or None where none is."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
