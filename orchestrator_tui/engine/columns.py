"""The tasks of a mission as columns: every field is asked for once, and quickly.

Asking ten thousand entries for one field at a time costs more than all that follows from it.
"""

from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.domain.task import Alternative, Estimate


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
    if not mission.tasks:
        return Columns._make(() for _ in Columns._fields)
    fields = zip(*map(_FIELDS, map(vars, mission.tasks.values())), strict=True)
    return Columns(tuple(mission.tasks), *fields)
