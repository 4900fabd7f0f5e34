"""The forecasts that were made: written once, read in the order in which they were made."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.coding import (
    LARGEST,
    stored_text,
    stored_time,
    told_text,
    told_time,
)
from orchestrator_tui.io.history.schema import has_tables_beside


def write_forecasts(
    database: Connection, mission: MissionId, forecasts: Iterable[Forecast]
) -> None:
    """Write `forecasts` after all others."""
    place = stored_text(mission)
    database.executemany(
        "INSERT INTO forecasts (mission, subject, made, finish) VALUES (?, ?, ?, ?)",
        [
            (
                place,
                stored_text(each.subject),
                stored_time(each.made),
                None if each.finish is None else stored_time(each.finish),
            )
            for each in forecasts
        ],
    )


def read_forecasts(
    database: Connection, mission: MissionId, *, until: datetime | None
) -> list[Forecast]:
    """Return the forecasts of `mission` made by `until`, in the order in which they were made.

    That order is by their number, as that of events is: a clock may have been set back.
    """
    if not has_tables_beside(database):
        return []
    rows = database.execute(
        "SELECT subject, made, finish FROM forecasts WHERE mission = ? AND made <= ?"
        " ORDER BY number",
        (stored_text(mission), LARGEST if until is None else stored_time(until)),
    )
    return [
        Forecast(told_text(subject), told_time(made), None if finish is None else told_time(finish))
        for subject, made, finish in rows
    ]


def drop_forecasts(database: Connection, before: datetime, *, limit: int) -> int:
    """Drop at most `limit` of those made before then, never the newest of a subject.

    Returns how many were dropped.
    """
    return database.execute(
        "DELETE FROM forecasts WHERE number IN ("
        " SELECT number FROM forecasts AS old WHERE made < ? AND EXISTS ("
        "  SELECT 1 FROM forecasts AS newer WHERE newer.mission = old.mission"
        "   AND newer.subject = old.subject AND newer.number > old.number) LIMIT ?)",
        (stored_time(before), limit),
    ).rowcount
