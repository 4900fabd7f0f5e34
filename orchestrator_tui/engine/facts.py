"""What the mission says of every task, as it is now: stamps later than now have not happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.evidence import Measured
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.engine.scheduling.columns import Columns
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.plan import Plan
from orchestrator_tui.engine.scheduling.planned import Planned
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at, ticks_in

WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts by task, in mission order; times and work in ticks."""

    progress: list[float]
    """Per cent: as measured where the task says from what, else as reported."""
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
    measured: dict[int, Measured]
    """By task whose progress was measured, finished or not."""


def gather_facts(
    mission: Mission,
    tasks: Columns,
    plan: Plan,
    *,
    planned: Planned,
    measured: Mapping[TaskId, Measured],
    now: datetime,
) -> Facts:
    """Return the facts of `mission`, whose tasks are given as columns, at `now`.

    `measured` is progress as the evidence has it. It counts for tasks that say from what it is to
    be read, until they are said to be finished.
    """
    named = _named(mission, planned.network)
    believed = _measured(mission, planned.network, measured)
    progress = _progress(tasks, believed, now)
    started = [NEVER if each is None or each > now else ticks_at(each) for each in tasks.started]
    is_open = [
        done < WHOLE and not gone for done, gone in zip(progress, plan.cancelled, strict=True)
    ]
    in_hand, owner = _in_hand(planned, named, is_open, started=started, progress=progress)
    whole = [
        work if others is None else others.get(agent, work)
        for work, others, agent in zip(plan.likely, planned.durations, owner, strict=True)
    ]
    return Facts(
        progress=progress,
        started=started,
        finished=_finishes(
            mission, tasks, named, progress=progress, started=started, at=ticks_at(now)
        ),
        is_open=is_open,
        in_hand=in_hand,
        owner=owner,
        whole=whole,
        remaining=_remaining(tasks, is_open, whole, progress),
        named=named,
        measured=believed,
    )


def _progress(tasks: Columns, measured: Mapping[int, Measured], now: datetime) -> list[float]:
    """Return by task its progress in per cent."""
    progress = [
        (done or 0.0) if finished is None else _finished_progress(done, finished, now)
        for done, finished in zip(tasks.progress, tasks.finished, strict=True)
    ]
    for task, each in measured.items():
        finished = tasks.finished[task]
        if finished is None or finished > now:
            progress[task] = min(WHOLE, max(0.0, each.percent))
    return progress


def share_left(work: int, progress: float) -> int:
    """Return the ticks of `work` that are left at `progress` per cent."""
    return round(work * (WHOLE - progress) / WHOLE) if progress else work


def find_states(plan: Plan, facts: Facts, waiting: list[int], now: int) -> list[TaskState]:
    """Return the state of every task; `waiting` counts the open nodes that each waits for."""
    # Asking an enumeration for a member is slow, and there may be thousands of tasks.
    blocked, ready, finished = TaskState.WAITING, TaskState.READY, TaskState.FINISHED
    states = [
        finished if not is_open else blocked if before or earliest > now else ready
        for is_open, before, earliest in zip(facts.is_open, waiting, plan.earliest, strict=False)
    ]
    for task in facts.in_hand:
        states[task] = TaskState.IN_HAND
    for task, is_cancelled in enumerate(plan.cancelled):
        if is_cancelled:
            states[task] = TaskState.CANCELLED
    return states


def _finished_progress(done: float | None, finished: datetime, now: datetime) -> float:
    """Return the progress of a task with a finish; what it says of one to come is not so yet."""
    if finished <= now:
        return WHOLE
    return 0.0 if done is None or done >= WHOLE else done


def _measured(
    mission: Mission, network: Network, measured: Mapping[TaskId, Measured]
) -> dict[int, Measured]:
    return {
        network.task_index[key]: each
        for key, each in measured.items()
        if key in mission.tasks and mission.tasks[key].progress_from is not None
    }


def _named(mission: Mission, network: Network) -> dict[int, list[int]]:
    named: dict[int, list[int]] = {}
    for agent, each in enumerate(mission.agents.values()):
        if each.task is not None and (task := network.task_index.get(each.task)) is not None:
            named.setdefault(task, []).append(agent)
    return named


def _finishes(
    mission: Mission,
    tasks: Columns,
    named: dict[int, list[int]],
    *,
    progress: list[float],
    started: list[int],
    at: int,
) -> list[int]:
    """Return when each task was finished: as written, else its agent's last report, else now.

    No task has finished before it was started, whenever its agent last reported.
    """
    finishes = [
        NEVER if done < WHOLE else at if finished is None else min(at, ticks_at(finished))
        for done, finished in zip(progress, tasks.finished, strict=True)
    ]
    agents = list(mission.agents.values())
    for task, done in enumerate(progress):
        if done >= WHOLE and tasks.finished[task] is None:
            key = tasks.agent[task]
            agent = mission.agents.get(key) if key is not None else None
            if agent is None and task in named:
                agent = agents[named[task][0]]
            if agent is not None and agent.updated is not None:
                reported = min(at, ticks_at(agent.updated))
                begun = started[task]
                finishes[task] = reported if begun >= NEVER else max(reported, begun)
    return finishes


def _in_hand(
    planned: Planned,
    named: dict[int, list[int]],
    is_open: list[bool],
    *,
    started: list[int],
    progress: list[float],
) -> tuple[dict[int, int], list[int]]:
    """Return the tasks in hand with their ranks, and the owner of every task."""
    owner = list(planned.owner)
    in_hand: dict[int, int] = {}
    for task, still in enumerate(is_open):
        if still and (started[task] < NEVER or progress[task] > 0 or task in named):
            agents = named.get(task, ())
            if owner[task] < 0 and agents:
                owner[task] = agents[0]
            in_hand[task] = (0 if owner[task] in agents else 1 << 63) | started[task]
    return in_hand, owner


def _remaining(
    tasks: Columns, is_open: list[bool], whole: list[int], progress: list[float]
) -> list[int]:
    return [
        (share_left(work, done) if left is None else ticks_in(left)) if still else 0
        for left, still, work, done in zip(tasks.remaining, is_open, whole, progress, strict=True)
    ]
