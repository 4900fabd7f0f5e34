"""How much later each task may finish, and the chain of work that decides when the mission ends."""

from dataclasses import dataclass
from itertools import pairwise

from orchestrator_tui.engine.scheduling.absences import latest_finish, latest_start
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.ticks import NEVER, TICKS_PER_SECOND
from orchestrator_tui.engine.scheduling.timetable import Timetable
from orchestrator_tui.engine.scheduling.workload import Workload


@dataclass(frozen=True, slots=True)
class Criticality:
    """Which tasks decide when the mission ends."""

    slack: list[int | None]
    """By task, in ticks; None for finished and cancelled tasks and where it has no meaning."""
    is_critical: list[bool]
    chain: list[int]
    """One chain of unfinished tasks in order of time."""


def find_criticality(network: Network, load: Workload, table: Timetable) -> Criticality:
    """Return the slack of every task in `table`, and one critical chain."""
    before = _agent_neighbours(table)
    lost = [
        task for task, still in enumerate(load.is_open) if still and table.finish[task] >= NEVER
    ]
    slack = (
        _slack_without_finish(network, load, lost) if lost else _slack(network, load, table, before)
    )
    return Criticality(
        slack=slack,
        is_critical=[each is not None and each < TICKS_PER_SECOND for each in slack],
        chain=_chain(network, load, table, before),
    )


def _slack(
    network: Network, load: Workload, table: Timetable, before: dict[int, int]
) -> list[int | None]:
    """Walk back in the order in which the nodes were begun."""
    size, predecessors, finish = network.size, network.predecessors, table.finish
    end = max((finish[node] for node in table.begun if node < size), default=NEVER)
    limits = [end] * len(predecessors)
    slack: list[int | None] = [None] * size
    for node in reversed(table.begun):
        limit = limits[node]
        if node < size:
            agent = table.agent[node]
            absences = load.absences[agent]
            if absences:
                limit = max(finish[node], latest_finish(absences, limit))
            slack[node] = limit - finish[node]
            work = _work(load, node, agent)
            limit = latest_start(absences, limit, work) if absences else limit - work
            if node in before:
                limits[before[node]] = min(limit, limits[before[node]])
            if node in load.in_hand:
                continue
        for each in predecessors[node]:
            if limit < limits[each]:  # noqa: PLR1730 - a call of min() for every edge costs more
                limits[each] = limit
    return slack


def _slack_without_finish(network: Network, load: Workload, lost: list[int]) -> list[int | None]:
    """Return 0 for tasks without a finish and all unfinished tasks that they wait for."""
    size = network.size
    slack: list[int | None] = [None] * size
    seen = set(lost)
    found = list(lost)
    for node in found:
        if node < size:
            slack[node] = 0
            if node in load.in_hand:
                continue
        for each in network.predecessors[node]:
            if each not in seen and (each >= size or load.is_open[each]):
                seen.add(each)
                found.append(each)
    return slack


def _chain(network: Network, load: Workload, table: Timetable, before: dict[int, int]) -> list[int]:
    """Walk back from the last task to finish over whatever finishes last before it."""
    finish = table.finish
    still_open = [task for task, still in enumerate(load.is_open) if still]
    task = max(still_open, key=lambda each: (finish[each], -each), default=None)
    chain: list[int] = []
    seen: set[int] = set()
    while task is not None and task not in seen:
        seen.add(task)
        chain.append(task)
        candidates = _open_predecessors(network, load, task)
        if task in before:
            candidates.append(before[task])
        task = max(candidates, key=lambda each: (finish[each], -each), default=None)
    chain.reverse()
    return chain


def _open_predecessors(network: Network, load: Workload, task: int) -> list[int]:
    """Return the unfinished tasks that `task` waits for directly, through milestones too."""
    if task in load.in_hand:
        return []
    size = network.size
    seen: set[int] = set()
    passed = list(network.predecessors[task])
    tasks: list[int] = []
    for node in passed:
        if node not in seen:
            seen.add(node)
            if node >= size:
                passed.extend(network.predecessors[node])
            elif load.is_open[node]:
                tasks.append(node)
    return tasks


def _agent_neighbours(table: Timetable) -> dict[int, int]:
    """Return for each task the one that its agent does just before it."""
    return {after: before for sequence in table.sequences for before, after in pairwise(sequence)}


def _work(load: Workload, task: int, agent: int) -> int:
    by_agent = load.work_by.get(task)
    return load.work[task] if by_agent is None else by_agent.get(agent, load.work[task])
