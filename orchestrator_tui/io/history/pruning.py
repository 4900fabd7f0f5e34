"""Drops the oldest whole days, and keeps what the rest needs: its chain and its files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.io.history.coding import stored_time
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.events import dropped_until, head
from orchestrator_tui.io.history.experience import drop_experience
from orchestrator_tui.io.history.forecasts import drop_forecasts
from orchestrator_tui.io.history.notices import drop_notices
from orchestrator_tui.io.history.outbox import drop_delivered

BATCH: Final = 5_000
"""Rows dropped at once: whoever records waits no longer than that takes."""

KNOWN_FOR: Final = timedelta(days=8)
"""How long at least it is known that a message has arrived: so long a report can be put again."""

Drop = Callable[..., int]
"""Drops rows from before a time, as many as a limit allows; returns how many those were."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was dropped."""

    events: int
    versions: int
    before: datetime
    """Midnight, in UTC, before which everything that was seen is gone."""


def prune(database: Database, before: datetime) -> Pruned:
    """Drop what was seen on the whole days before `before`; raises HistoryFault."""
    midnight = before.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.reading() as connection:
        first, last = _span(connection, stored_time(midnight), stored_time(database.clock()))
    for start in range(first, last + 1, BATCH):
        with database.writing() as connection:
            _drop_events(connection, min(start + BATCH - 1, last), stored_time(midnight))
    with database.writing() as connection:
        versions = _drop_versions(connection)
        connection.execute("DELETE FROM spells WHERE ended < ?", (stored_time(midnight),))
        drop_experience(connection)
    with database.writing() as connection:
        _drop_contents(connection)
    for drop in (drop_forecasts, drop_notices):
        _drop_in_batches(database, drop, midnight)
    _drop_in_batches(database, drop_delivered, min(midnight, database.clock() - KNOWN_FOR))
    database.give_space_back()
    return Pruned(max(0, last - first + 1), versions, midnight)


def _span(database: Connection, midnight: int, now: int) -> tuple[int, int]:
    """Return the first event held, and the last that is to go.

    Only the clock of an event may be wrong, never its sequence: what comes after the first event of
    a later day stays, and an event out of the future says nothing of its day.
    """
    anchored = dropped_until(database)
    (stays,) = database.execute(
        "SELECT min(sequence) FROM events WHERE seen >= ? AND seen <= ?", (midnight, now)
    ).fetchone()
    if stays is None:
        stays = head(database)[0] + 1
    return anchored + 1, stays - 1


def _drop_events(database: Connection, last: int, midnight: int) -> None:
    row = database.execute("SELECT digest FROM events WHERE sequence = ?", (last,)).fetchone()
    if row is None:
        return
    database.execute(
        "UPDATE anchor SET sequence = ?, digest = ?, dropped = ?", (last, row[0], midnight)
    )
    database.execute("DELETE FROM events WHERE sequence <= ?", (last,))


def _drop_in_batches(database: Database, drop: Drop, before: datetime) -> None:
    dropped = BATCH
    while dropped >= BATCH:
        with database.writing() as connection:
            dropped = drop(connection, before, limit=BATCH)


def _drop_versions(database: Connection) -> int:
    """Drop the versions before the first event held, but the newest of each mission."""
    anchored = dropped_until(database)
    return database.execute(
        "DELETE FROM versions WHERE holds_from <= ?1 AND EXISTS ("
        " SELECT 1 FROM versions AS newer WHERE newer.mission = versions.mission"
        "  AND newer.holds_from <= ?1 AND newer.number > versions.number)",
        (anchored,),
    ).rowcount


def _drop_contents(database: Connection) -> None:
    """Drop the contents that no version says any more, and that no other is built upon."""
    anchored = dropped_until(database)
    (cut,) = database.execute(
        "SELECT max(number) FROM versions WHERE holds_from <= ?", (anchored,)
    ).fetchone()
    database.execute(
        "WITH RECURSIVE needed(number) AS ("
        " SELECT number FROM contents WHERE users > 0 OR dropped > ?"
        " UNION SELECT base FROM contents JOIN needed USING (number) WHERE base IS NOT NULL)"
        " DELETE FROM contents WHERE number NOT IN (SELECT number FROM needed)",
        (cut or 0,),
    )
