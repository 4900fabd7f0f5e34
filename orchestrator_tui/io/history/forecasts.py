"""The forecasts that were made: written once, read in the order in which they were made."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.coding import (
    LARGEST,
    stored_text,
    stored_time,
    told_text,
    told_time,
)
from orchestrator_tui.io.history.schema import has_experience, has_tables_beside

_SELECT: Final = {
    False: "SELECT subject, made, finish, NULL FROM forecasts",
    True: (
        "SELECT subject, made, finish, body FROM forecasts"
        " LEFT JOIN forecast_ranges ON forecast = number"
    ),
}
"""By whether the ranges are kept, too."""


def write_forecasts(
    database: Connection, mission: MissionId, forecasts: Iterable[Forecast]
) -> None:
    """Write `forecasts` after all others."""
    place = stored_text(mission)
    for each in forecasts:
        number = database.execute(
            "INSERT INTO forecasts (mission, subject, made, finish) VALUES (?, ?, ?, ?)",
            (place, stored_text(each.subject), stored_time(each.made), _stored(each.finish)),
        ).lastrowid
        if each.finishes or each.due is not None or each.on_time is not None:
            row = (number, _range_written(each))
            database.execute("INSERT INTO forecast_ranges VALUES (?, ?)", row)


def read_forecasts(
    database: Connection, mission: MissionId, *, until: datetime | None
) -> list[Forecast]:
    """Return the forecasts of `mission` made by `until`, in the order in which they were made.

    That order is by their number, as that of events is: a clock may have been set back.
    """
    if not has_tables_beside(database):
        return []
    rows = database.execute(
        f"{_SELECT[has_experience(database)]} WHERE mission = ? AND made <= ? ORDER BY number",
        (stored_text(mission), LARGEST if until is None else stored_time(until)),
    )
    return [_told(*each) for each in rows]


def read_past(
    database: Connection, mission: str, subject: str, ended: datetime
) -> tuple[Forecast, ...]:
    """Return the forecasts that decide the score of something that has ended.

    The first one, and the one that was in force halfway to the end; `mission` and `subject` are
    as they are stored.
    """
    select = f"{_SELECT[True]} WHERE mission = ? AND subject = ?"
    first = database.execute(f"{select} ORDER BY number LIMIT 1", (mission, subject)).fetchone()
    if first is None or told_time(first[1]) >= ended:
        return ()
    began = _told(*first)
    halfway = began.made + (ended - began.made) / 2
    newest = database.execute(
        f"{select} AND made <= ? ORDER BY number DESC LIMIT 1",
        (mission, subject, stored_time(halfway)),
    ).fetchone()
    found = began if newest is None else _told(*newest)
    return (began,) if found == began else (began, found)


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


def _stored(moment: datetime | None) -> int | None:
    return None if moment is None else stored_time(moment)


def _range_written(one: Forecast) -> str:
    finishes = [_stored(each) for each in one.finishes]
    return json.dumps([finishes, _stored(one.due), one.on_time], separators=(",", ":"))


def _told(subject: object, made: object, finish: object, body: object) -> Forecast:
    """Return a forecast as it stands there; one whose range is damaged has none."""
    plain = Forecast(
        told_text(subject), told_time(made), None if finish is None else told_time(finish)
    )
    if not isinstance(body, str):
        return plain
    try:
        finishes, due, on_time = json.loads(body)
        return replace(
            plain,
            finishes=tuple(None if each is None else told_time(each) for each in finishes),
            due=None if due is None else told_time(due),
            on_time=None if on_time is None else float(on_time),
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        return plain
