"""How planned value, earned value and actual cost grew, from the stamps of the tasks alone.

Source of the terms: PMI, The Standard for Earned Value Management. Planned work is spread evenly
between the start and the finish of its baseline, as in `engine/progress.py`. What was earned, and
what was spent, is spread evenly between the task's start and its finish, or the present while it
is not finished: nobody records each hour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment

_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class BurnUp:
    """Hours of work at some moments: what was to be done, what is done, what it took."""

    planned: tuple[tuple[datetime, float], ...] = ()
    """At every moment that was asked for, the present among them."""
    earned: tuple[tuple[datetime, float], ...] = ()
    """Until now; the last point is the earned value as it is judged."""
    actual: tuple[tuple[datetime, float], ...] = ()
    """Until now; the last point is the actual cost as it is judged."""
    whole_hours: float = 0.0
    """The work of the whole mission: the budget at completion."""


class _Ramp(NamedTuple):
    """Hours that grow evenly from one moment to another, both in hours since the first."""

    start: float
    end: float
    hours: float


def burn_up(
    judgement: Judgement,
    now: datetime,
    moments: Iterable[datetime],
    *,
    mission: Mission | None = None,
) -> BurnUp:
    """Return the burn-up at `moments` and at `now`.

    The likely estimates are those of `mission`; without it, those of whose hands each task is in.
    """
    times = sorted({*moments, now})
    if not times:
        return BurnUp()
    first = times[0]
    work = [(each, _likely(each, mission)) for each in judgement.tasks]
    planned = _summed(_planned_ramps(work, first), times, first)
    past = [each for each in times if each <= now]
    earned = _summed(_earned_ramps(work, first, now), past, first)
    actual = _summed(_actual_ramps(judgement.tasks, first, now), past, first)
    judged = judgement.earned_value
    return BurnUp(
        planned=_ending_in(planned, now, judged.planned_hours),
        earned=_ending_in(earned, now, judged.earned_hours),
        actual=_ending_in(actual, now, judged.actual_hours),
        whole_hours=sum(hours for _task, hours in work),
    )


def _likely(task: TaskAssessment, mission: Mission | None) -> float:
    if task.state is TaskState.CANCELLED:
        return 0.0
    entry = None if mission is None else mission.tasks.get(task.id)
    return task.estimate_hours if entry is None else entry.estimate.likely / _HOUR


def _planned_ramps(
    work: Sequence[tuple[TaskAssessment, float]], first: datetime
) -> Iterable[_Ramp]:
    for task, hours in work:
        if task.baseline_start is not None and task.baseline_finish is not None:
            yield _ramp(task.baseline_start, task.baseline_finish, hours, first)


def _earned_ramps(
    work: Sequence[tuple[TaskAssessment, float]], first: datetime, now: datetime
) -> Iterable[_Ramp]:
    for task, hours in work:
        yield _past_ramp(task, hours * task.progress_percent / 100, first, now)


def _actual_ramps(
    tasks: Sequence[TaskAssessment], first: datetime, now: datetime
) -> Iterable[_Ramp]:
    for task in tasks:
        yield _past_ramp(task, task.spent_hours, first, now)


def _past_ramp(task: TaskAssessment, hours: float, first: datetime, now: datetime) -> _Ramp:
    """Return what grew from a task's start to its finish, all of it until now."""
    is_over = task.state is TaskState.FINISHED
    end = min(now, task.finish or now) if is_over else now
    start = min(end, task.start or end)
    return _ramp(start, end, hours, first)


def _ramp(start: datetime, end: datetime, hours: float, first: datetime) -> _Ramp:
    return _Ramp((start - first) / _HOUR, (end - first) / _HOUR, hours)


def _summed(
    ramps: Iterable[_Ramp], times: Sequence[datetime], first: datetime
) -> list[tuple[datetime, float]]:
    """Return the sum of all ramps at each time, in one sweep over their ends."""
    edges: list[tuple[float, float, float, float]] = []
    for start, end, hours in ramps:
        if not hours:
            continue
        if end <= start:
            edges.append((end, hours, 0.0, 0.0))
            continue
        slope = hours / (end - start)
        edges.append((start, 0.0, slope, slope * start))
        edges.append((end, hours, -slope, -slope * start))
    edges.sort()
    found: list[tuple[datetime, float]] = []
    level = slope_sum = offset = 0.0
    at = 0
    for time in times:
        here = (time - first) / _HOUR
        while at < len(edges) and edges[at][0] <= here:
            _edge, jump, slope, shift = edges[at]
            level, slope_sum, offset = level + jump, slope_sum + slope, offset + shift
            at += 1
        found.append((time, max(0.0, level + slope_sum * here - offset)))
    return found


def _ending_in(
    points: list[tuple[datetime, float]], now: datetime, judged: float
) -> tuple[tuple[datetime, float], ...]:
    """Return the points with what is judged of `now` in its place, free of rounding."""
    return tuple((at, judged if at == now else hours) for at, hours in points)
