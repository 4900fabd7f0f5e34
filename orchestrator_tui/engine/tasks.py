"""Every task: where it stands and when it will happen."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import cast

from orchestrator_tui.domain.evidence import Deliverable, Measured
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.engine.progress import remaining_of
from orchestrator_tui.engine.scheduling.ticks import TICKS_PER_HOUR, Moments, ticks_in
from orchestrator_tui.engine.situation import Situation


def judge_tasks(situation: Situation) -> tuple[TaskAssessment, ...]:
    """Return every task, in mission order."""
    tasks = situation.tasks
    plan, facts, schedule = situation.plan, situation.facts, situation.schedule
    criticality = schedule.criticality
    moments = Moments()
    columns: tuple[Iterable[object], ...] = (
        plan.ids,
        [title or key for key, title in zip(tasks.id, tasks.title, strict=True)],
        [situation.agent_ids[agent] if agent >= 0 else None for agent in schedule.agent],
        [each is not None for each in plan.agents],
        situation.states,
        tasks.priority,
        tasks.optional,
        facts.progress,
        [work / TICKS_PER_HOUR for work in _whole(situation)],
        [ticks_in(each) / TICKS_PER_HOUR if each else 0.0 for each in tasks.spent],
        [work / TICKS_PER_HOUR for work in _remaining(situation)],
        moments.of(schedule.start),
        moments.of(schedule.finish),
        situation.baseline.start_moments,
        situation.baseline.finish_moments,
        [None if each is None else each / TICKS_PER_HOUR for each in criticality.slack],
        criticality.is_critical,
        tasks.quality,
        tasks.after,
        tasks.deliverables,
        _blockers(situation),
        tasks.progress,
        _measured(situation),
        _delivered(situation),
    )
    return tuple(map(_MAKE, zip(*columns, strict=True)))


_MAKE = cast(
    "Callable[[tuple[object, ...]], TaskAssessment]", partial(tuple.__new__, TaskAssessment)
)
"""Makes a row as `TaskAssessment._make` does, without a call into Python for each."""


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
    found: list[tuple[BlockerId, ...]] = [()] * situation.size
    for key, each in situation.open_blockers.items():
        if each.task is not None and each.task in situation.network.task_index:
            task = situation.network.task_index[each.task]
            found[task] = (*found[task], key)
    return found


def _measured(situation: Situation) -> list[Measured | None]:
    measured: list[Measured | None] = [None] * situation.size
    for task, each in situation.facts.measured.items():
        measured[task] = each
    return measured


def _delivered(situation: Situation) -> list[tuple[Deliverable, ...]]:
    delivered: list[tuple[Deliverable, ...]] = [()] * situation.size
    index = situation.network.task_index
    for key, found in situation.known.evidence.deliverables.items():
        if key in index:
            delivered[index[key]] = found
    return delivered
