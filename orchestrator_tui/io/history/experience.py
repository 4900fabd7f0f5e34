"""What was done before: written once, read as the newest of each thing."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from math import isfinite
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from orchestrator_tui.domain.experience import (
    MOST_RECORDS,
    BlockedSpell,
    Experience,
    ReviewRecord,
    SilentSpell,
    WorkRecord,
)
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from orchestrator_tui.io.history.schema import has_experience

MOST_ROWS: Final = 16_000
"""Of each of the three kinds; beyond these, the oldest are dropped when the history is pruned."""
BATCH: Final = 2_000
"""Rows written at once: whoever records waits no longer than that takes."""
_SILENT: Final = "silent-agent:"
"""How the ids of the escalations of silent agents begin."""


class Row(NamedTuple):
    """A thing that was done, as it is stored."""

    kind: str
    mission: str
    key: str
    at: int
    body: str


def batches_of(experience: Experience) -> Iterator[Sequence[Row]]:
    """Yield what is to be written, so much of it at a time as others may wait for."""
    rows = _rows(experience)
    while batch := tuple(islice(rows, BATCH)):
        yield batch


def write_experience(database: Connection, rows: Sequence[Row]) -> int:
    """Write what is not there as it is, and return how much that is."""
    return database.executemany(
        "INSERT INTO experience (kind, mission, key, at, body) SELECT ?1, ?2, ?3, ?4, ?5"
        " WHERE NOT EXISTS (SELECT 1 FROM ("
        "  SELECT at, body FROM experience WHERE kind = ?1 AND mission = ?2 AND key = ?3"
        "  ORDER BY number DESC LIMIT 1) WHERE at = ?4 AND body = ?5)",
        rows,
    ).rowcount


def read_experience(database: Connection, until: datetime) -> Experience:
    """Return what was done by `until`, the newest few thousand of each kind, in order of time.

    What is damaged is passed over: `verify` tells of it.
    """
    if not has_experience(database):
        return Experience(silences=_silences(database, until))
    return Experience(
        work=tuple(_told(database, "work", until, _work_told)),
        blocked=tuple(_told(database, "blocked", until, _blocked_told)),
        reviews=tuple(_told(database, "review", until, _review_told)),
        silences=_silences(database, until),
    )


def newest_number(database: Connection) -> tuple[int, int, int]:
    """Return what changes whenever anything was added that `read_experience` tells of.

    The number of a spell does not tell when it ended, nor does a clock that was set back.
    """
    number = 0
    if has_experience(database):
        (number,) = database.execute("SELECT coalesce(max(number), 0) FROM experience").fetchone()
    count, ended = database.execute(
        "SELECT count(ended), coalesce(max(ended), 0) FROM spells"
    ).fetchone()
    return number, count, ended


def drop_experience(database: Connection) -> None:
    """Drop the oldest of each kind that no forecast needs any more.

    What was written last stays, however old: its number says that there is nothing newer.
    """
    if has_experience(database):
        database.execute(
            "DELETE FROM experience WHERE number IN (SELECT number FROM ("
            " SELECT number, row_number() OVER (PARTITION BY kind ORDER BY at DESC, number DESC)"
            "  AS place FROM experience) WHERE place > ?)"
            " AND number < (SELECT max(number) FROM experience)",
            (MOST_ROWS,),
        )


def _rows(experience: Experience) -> Iterator[Row]:
    for work in experience.work:
        body = [
            work.task, work.estimate_hours, work.actual_hours, work.agent, work.category, work.group
        ]  # fmt: skip
        yield _row("work", (work.mission, work.task), work.finished, body)
    for spell in experience.blocked:
        body = [
            spell.blocker, stored_time(spell.opened), spell.severity.value, spell.agent,
            spell.task, spell.cause,
        ]  # fmt: skip
        yield _row("blocked", (spell.mission, spell.blocker), spell.resolved, body)
    for review in experience.reviews:
        key = f"{stored_time(review.at)} {review.milestone}"
        body = [review.milestone, review.reviewer, review.type, review.is_rework]
        yield _row("review", (review.mission, key), review.at, body)


def _row(kind: str, place: tuple[str, str], at: datetime, body: list[Any]) -> Row:
    text = json.dumps(body, separators=(",", ":"), allow_nan=False)
    mission, key = place
    return Row(kind, stored_text(mission), stored_text(key), stored_time(at), text)


def _told(
    database: Connection,
    kind: str,
    until: datetime,
    told: Callable[[str, datetime, list[Any]], Any],
) -> Iterator[Any]:
    rows = database.execute(
        "SELECT mission, at, body FROM experience AS one WHERE kind = ?1 AND at <= ?2"
        " AND NOT EXISTS (SELECT 1 FROM experience AS newer WHERE newer.kind = ?1"
        "  AND newer.mission = one.mission AND newer.key = one.key AND newer.number > one.number"
        "  AND newer.at <= ?2)"
        " ORDER BY at DESC, mission DESC, key DESC LIMIT ?3",
        (kind, stored_time(until), MOST_RECORDS),
    ).fetchall()
    for mission, at, body in reversed(rows):
        try:
            yield told(told_text(mission), told_time(at), json.loads(body))
        except (ValueError, TypeError, OverflowError, RecursionError):
            continue


def _work_told(mission: str, at: datetime, body: list[Any]) -> WorkRecord:
    task, estimate, actual, agent, category, group = body
    if not (float(estimate) > 0 and float(actual) > 0 and isfinite(estimate + actual)):
        raise ValueError("took no time, or for ever")
    return WorkRecord(
        mission, str(task), at, float(estimate), float(actual), str(agent), str(category),
        str(group),
    )  # fmt: skip


def _blocked_told(mission: str, at: datetime, body: list[Any]) -> BlockedSpell:
    blocker, opened, severity, agent, task, cause = body
    return BlockedSpell(
        mission, str(blocker), told_time(opened), at, Level(severity), str(agent), str(task),
        str(cause),
    )  # fmt: skip


def _review_told(mission: str, at: datetime, body: list[Any]) -> ReviewRecord:
    milestone, reviewer, kind, is_rework = body
    return ReviewRecord(mission, str(milestone), at, str(reviewer), str(kind), bool(is_rework))


def _silences(database: Connection, until: datetime) -> tuple[SilentSpell, ...]:
    rows = database.execute(
        "SELECT mission, subject, began, ended FROM spells"
        " WHERE ended <= ? AND substr(subject, 1, ?) = ?"
        " ORDER BY ended DESC, mission DESC, subject DESC LIMIT ?",
        (stored_time(until), len(_SILENT), _SILENT, MOST_RECORDS),
    ).fetchall()
    return tuple(
        SilentSpell(
            told_text(mission), told_text(subject)[len(_SILENT) :],
            told_time(began), told_time(ended),
        )
        for mission, subject, began, ended in reversed(rows)
    )  # fmt: skip
