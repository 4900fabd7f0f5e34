"""Keeps the two copies of the decisions alike: what one has lost comes back from the other."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.chain import START
from orchestrator_tui.io.history.damage import shown
from orchestrator_tui.io.history.database import Database, set_aside
from orchestrator_tui.io.history.faults import HistoryDamaged
from orchestrator_tui.io.history.opening import open_to_write
from orchestrator_tui.io.history.place import RULINGS_COPY, RULINGS_FILE
from orchestrator_tui.io.history.rulings.rows import (
    RULINGS,
    holds,
    insert,
    last_shared,
    lines_after,
    newest_row,
    sound_rows,
)
from orchestrator_tui.io.history.rulings.second_copy import (
    Line,
    add_lines,
    appending,
    newest_of,
    read_copy,
)
from orchestrator_tui.io.history.rulings.text import ruling_of

PATIENCE_SECONDS: Final = 5.0
"""A person waits for a decision to be kept; nobody waits for an event."""
CHANGED: Final = "a decision in it is not what was recorded"


def open_mended(folder: Path, clock: Clock) -> tuple[Database, list[str]]:
    """Return the database of decisions, and what a person should know of its state.

    Raises HistoryDamaged where damage cannot be moved aside, and HistoryUnavailable.
    """
    database, notices = _opened(folder, clock)
    try:
        with database.reading() as connection:
            salvaged, is_whole = sound_rows(connection)
        if not is_whole and not database.read_only:
            database.close()
            notices.append(str(set_aside(database.path, CHANGED, clock)))
            database, more = _opened(folder, clock)
            notices += more
        if not database.read_only:
            notices += _restored(database, folder / RULINGS_COPY, [] if is_whole else salvaged)
            notices += mirrored(database, folder / RULINGS_COPY)
    except BaseException:
        database.close()
        raise
    return database, notices


def mirrored(database: Database, copy: Path) -> list[str]:
    """Write to the copy what only the database holds; the decision counts either way.

    Returns what a person should know: that the copy could not be written.
    """
    try:
        with appending(copy, database.clock) as descriptor, database.reading() as connection:
            newest = newest_of(descriptor)
            if newest is None or not holds(connection, newest):
                newest = last_shared(connection, read_copy(copy))
            rows = lines_after(connection, newest.sequence if newest else 0)
            if rows:
                add_lines(descriptor, newest.digest if newest else START, rows)
    except OSError as error:
        return [_not_written(copy, error)]
    return []


def _opened(folder: Path, clock: Clock) -> tuple[Database, list[str]]:
    """Open the database alone: a new one, where it was damaged."""
    path = folder / RULINGS_FILE
    try:
        return open_to_write(path, RULINGS, clock, patience_seconds=PATIENCE_SECONDS), []
    except HistoryDamaged as damage:
        database = open_to_write(path, RULINGS, clock, patience_seconds=PATIENCE_SECONDS)
        return database, [str(damage)]


def _restored(database: Database, copy: Path, salvaged: Sequence[Line]) -> list[str]:
    """Take in what only the copy holds: the database was damaged, deleted, or set back."""
    notices: list[str] = []
    lines: tuple[Line, ...] = ()
    try:
        with appending(copy, database.clock) as descriptor:
            newest = newest_of(descriptor)
        if newest is None or not _is_held(database, newest):
            lines = read_copy(copy)
    except OSError as error:
        notices.append(_not_written(copy, error))
    if lines or salvaged:
        count = _taken_in(database, (*lines, *salvaged))
        decisions = "1 decision" if count == 1 else f"{count:,} decisions"
        notices += [f"{decisions} came back from {shown(copy)}"] if count else []
    return notices


def _is_held(database: Database, line: Line) -> bool:
    with database.reading() as connection:
        return holds(connection, line)


def _taken_in(database: Database, lines: Iterable[Line]) -> int:
    with database.writing() as connection:
        had = newest_row(connection)[0]
        for each in lines:
            with suppress(ValueError):
                insert(connection, each.text, ruling_of(each.text))
        return newest_row(connection)[0] - had


def _not_written(copy: Path, error: OSError) -> str:
    why = plain_text(error.strerror or str(error))
    return f"decisions are kept, but their second copy {shown(copy)} is not written ({why})"
