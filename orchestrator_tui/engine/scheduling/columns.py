"""The tasks of a mission as columns: every field is asked for once, and quickly.

Asking ten thousand entries for one field at a time costs more than all that follows from it.
"""

from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any, Final, NamedTuple

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.domain.task import Alternative, Estimate

ROWS_AT_ONCE: Final = 500
"""Few enough that the rows do not set off the garbage collector, which would look at everything."""


class Columns(NamedTuple):
    """One value a task in each column, in mission order; the names are the format's own."""

    id: tuple[TaskId, ...]
    title: tuple[str | None, ...]
    agent: tuple[AgentId | None, ...]
    skills: tuple[dict[str, int], ...]
    estimate: tuple[Estimate, ...]
    estimate_by: tuple[dict[AgentId, timedelta], ...]
    after: tuple[tuple[str, ...], ...]
    priority: tuple[Level, ...]
    optional: tuple[bool, ...]
    earliest: tuple[datetime | None, ...]
    alternatives: tuple[tuple[Alternative, ...], ...]
    deliverables: tuple[tuple[str, ...], ...]
    progress: tuple[float | None, ...]
    spent: tuple[timedelta, ...]
    remaining: tuple[timedelta | None, ...]
    started: tuple[datetime | None, ...]
    finished: tuple[datetime | None, ...]
    quality: tuple[float | None, ...]
    cancelled: tuple[bool, ...]


_FIELDS = itemgetter(*Columns._fields[1:])


def columns_of(mission: Mission) -> Columns:
    """Return the tasks of `mission` as columns."""
    columns: tuple[list[Any], ...] = tuple([] for _ in Columns._fields[1:])
    rows = map(_FIELDS, map(vars, mission.tasks.values()))
    while part := tuple(islice(rows, ROWS_AT_ONCE)):
        for column, values in zip(columns, zip(*part, strict=True), strict=True):
            column.extend(values)
    return Columns(tuple(mission.tasks), *map(tuple, columns))
