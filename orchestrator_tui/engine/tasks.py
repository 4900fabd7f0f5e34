"""Every task: where it stands and when it will happen."""

from collections.abc import Iterable
from datetime import datetime

from orchestrator_tui.domain.assessment import TaskAssessment
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.engine.progress import remaining_of
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.ticks import NEVER, TICKS_PER_HOUR, moment_at, ticks_in


def judge_tasks(situation: Situation) -> tuple[TaskAssessment, ...]:
    """Return every task, in mission order."""
    tasks = list(situation.mission.tasks.values())
    plan, facts, schedule = situation.plan, situation.facts, situation.schedule
    baseline, criticality = situation.planned.baseline, schedule.criticality
    moments = _Moments()
    columns: tuple[Iterable[object], ...] = (
        plan.ids,
        [each.title or id for id, each in zip(plan.ids, tasks, strict=True)],
        [situation.agent_ids[agent] if agent >= 0 else None for agent in schedule.agent],
        [each is not None for each in plan.agents],
        situation.states,
        [each.priority for each in tasks],
        [each.optional for each in tasks],
        facts.progress,
        [work / TICKS_PER_HOUR for work in _whole(situation)],
        [ticks_in(each.spent) / TICKS_PER_HOUR if each.spent else 0.0 for each in tasks],
        [work / TICKS_PER_HOUR for work in _remaining(situation)],
        moments.of(schedule.start),
        moments.of(schedule.finish),
        moments.of(baseline.start),
        moments.of(baseline.finish),
        [None if each is None else each / TICKS_PER_HOUR for each in criticality.slack],
        criticality.is_critical,
        [each.quality for each in tasks],
        plan.after,
        [each.deliverables for each in tasks],
        _blockers(situation),
    )
    return tuple(map(TaskAssessment._make, zip(*columns, strict=True)))


class _Moments:
    """Turns ticks into instants; the same instant is made once."""

    def __init__(self) -> None:
        self._made: dict[int, datetime | None] = {NEVER: None}

    def of(self, column: Iterable[int]) -> list[datetime | None]:
        """Return the instants of a column of ticks; None for NEVER."""
        made = self._made
        for ticks in column:
            if ticks not in made:
                made[ticks] = moment_at(ticks)
        return [made[ticks] for ticks in column]


def _whole(situation: Situation) -> list[int]:
    """Return the work of each whole task in the hands that the forecast gives it to."""
    whole = list(situation.facts.whole)
    for task in situation.schedule.load.work_by:
        agent = situation.schedule.agent[task]
        whole[task] = situation.planned.whole_work(situation.plan, task, agent)
    return whole


def _remaining(situation: Situation) -> list[int]:
    remaining = list(situation.facts.remaining)
    for task in situation.schedule.load.work_by:
        remaining[task] = remaining_of(situation, task)
    return remaining


def _blockers(situation: Situation) -> list[tuple[BlockerId, ...]]:
    found: dict[int, tuple[BlockerId, ...]] = {}
    for id, each in situation.open_blockers.items():  # noqa: A001 - the format's own word
        if each.task is not None and each.task in situation.network.task_index:
            task = situation.network.task_index[each.task]
            found[task] = (*found.get(task, ()), id)
    return [found.get(task, ()) for task in range(situation.size)]
