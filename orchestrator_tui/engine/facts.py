"""What the mission says of every task, as it is now: stamps later than now have not happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.network import Network
from orchestrator_tui.engine.plan import Plan
from orchestrator_tui.engine.planned import Planned
from orchestrator_tui.engine.ticks import NEVER, ticks_at, ticks_in

WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts by task, in mission order; times and work in ticks."""

    progress: list[float]
    """Per cent."""
    started: list[int]
    """NEVER where it has not."""
    finished: list[int]
    """When it was finished; NEVER while it is not."""
    is_open: list[bool]
    """Neither finished nor cancelled."""
    in_hand: dict[int, int]
    """Unfinished tasks that are being worked on; the lowest rank of an agent's is its first."""
    owner: list[int]
    """The agent it stays with: its own, or else the first that names it while it is in hand."""
    whole: list[int]
    """Work of the whole task in the hands of its owner."""
    remaining: list[int]
    """Work left in the hands of its owner; in most hands where it has none."""
    named: dict[int, list[int]]
    """By task: the agents that name it as theirs, in mission order."""


def gather_facts(mission: Mission, plan: Plan, planned: Planned, now: datetime) -> Facts:
    """Return the facts of `mission` at `now`."""
    tasks = list(mission.tasks.values())
    at = ticks_at(now)
    named = _named(mission, planned.network)
    progress = [_progress(each, now) for each in tasks]
    finished = [
        NEVER if done < WHOLE else _finish(mission, named, task, index, at)
        for index, (task, done) in enumerate(zip(tasks, progress, strict=True))
    ]
    started = [
        NEVER if each.started is None or each.started > now else ticks_at(each.started)
        for each in tasks
    ]
    is_open = [
        done < WHOLE and not gone for done, gone in zip(progress, plan.cancelled, strict=True)
    ]
    in_hand, owner = _in_hand(plan, planned, named, is_open, started, progress)
    whole = [
        work if others is None else others.get(agent, work)
        for work, others, agent in zip(plan.likely, planned.durations, owner, strict=True)
    ]
    return Facts(
        progress=progress,
        started=started,
        finished=finished,
        is_open=is_open,
        in_hand=in_hand,
        owner=owner,
        whole=whole,
        remaining=[
            _remaining(each, still, work, done)
            for each, still, work, done in zip(tasks, is_open, whole, progress, strict=True)
        ],
        named=named,
    )


def share_left(work: int, progress: float) -> int:
    """Return the ticks of `work` that are left at `progress` per cent."""
    return round(work * (WHOLE - progress) / WHOLE) if progress else work


def find_states(
    plan: Plan, facts: Facts, waiting: list[int], now: int
) -> list[TaskState]:
    """Return the state of every task; `waiting` counts the open nodes that each waits for."""
    states: list[TaskState] = []
    for task, is_open in enumerate(facts.is_open):
        if plan.cancelled[task]:
            states.append(TaskState.CANCELLED)
        elif not is_open:
            states.append(TaskState.FINISHED)
        elif task in facts.in_hand:
            states.append(TaskState.IN_HAND)
        elif waiting[task] or plan.earliest[task] > now:
            states.append(TaskState.WAITING)
        else:
            states.append(TaskState.READY)
    return states


def _progress(task: Task, now: datetime) -> float:
    """Return what was reported; the 100 of a finish that has not happened is not."""
    finished = task.finished
    if finished is None:
        return task.progress or 0.0
    if finished <= now:
        return WHOLE
    return 0.0 if task.progress is None or task.progress >= WHOLE else task.progress


def _named(mission: Mission, network: Network) -> dict[int, list[int]]:
    named: dict[int, list[int]] = {}
    for agent, each in enumerate(mission.agents.values()):
        if each.task is not None and (task := network.task_index.get(each.task)) is not None:
            named.setdefault(task, []).append(agent)
    return named


def _finish(mission: Mission, named: dict[int, list[int]], task: Task, index: int, at: int) -> int:
    if task.finished is not None:
        return ticks_at(task.finished)
    agent = mission.agents.get(task.agent) if task.agent is not None else None
    if agent is None and index in named:
        agent = list(mission.agents.values())[named[index][0]]
    if agent is None or agent.updated is None:
        return at
    return min(at, ticks_at(agent.updated))


def _in_hand(  # noqa: PLR0913 - the columns of one pass
    plan: Plan,
    planned: Planned,
    named: dict[int, list[int]],
    is_open: list[bool],
    started: list[int],
    progress: list[float],
) -> tuple[dict[int, int], list[int]]:
    """Return the tasks in hand with their ranks, and the owner of every task."""
    owner = list(planned.owner)
    in_hand: dict[int, int] = {}
    for task, still in enumerate(is_open):
        if still and (started[task] < NEVER or progress[task] > 0 or task in named):
            if owner[task] < 0 and task in named:
                owner[task] = named[task][0]
            comes_first = owner[task] in named.get(task, ())
            in_hand[task] = (0 if comes_first else 1 << 63) | started[task]
    return in_hand, owner


def _remaining(task: Task, is_open: bool, work: int, progress: float) -> int:  # noqa: FBT001
    if not is_open:
        return 0
    if task.remaining is not None:
        return ticks_in(task.remaining)
    return share_left(work, progress)
