"""What there is to schedule at one moment: the input of the dispatcher."""

from dataclasses import dataclass

from orchestrator_tui.engine.scheduling.absences import Absences
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.plan import Plan
from orchestrator_tui.engine.scheduling.ticks import NEVER


@dataclass(frozen=True, slots=True)
class Workload:
    """Work left by task, who has it, and when the agents are away; all times in ticks."""

    begin: int
    is_open: list[bool]
    """By task: whether it is still to be finished."""
    work: list[int]
    """By task: work left in the hands of its owner; in most hands where it has none."""
    work_by: dict[int, dict[int, int]]
    """By task without an owner: work left in the hands of some agents, where that is different."""
    owner: list[int]
    """By task: the agent it stays with; -1 for none."""
    in_hand: dict[int, int]
    """Tasks in hand, each with its rank among those of one agent: the lowest is worked on first."""
    eligible: dict[int, tuple[int, ...]]
    """By task without an owner: who may take it."""
    queues: list[list[int]]
    """By agent: the open tasks of its own that it takes in this order."""
    earliest: tuple[int, ...]
    """By task: not before this; 0 for any time."""
    absences: list[Absences]
    """By agent: its absences."""


def sort_keys(plan: Plan, network: Network, load: Workload) -> list[int]:
    """Return by task a number that says who goes first; its low 24 bits are the task's own.

    In hand; then by the agent's queue; then by priority, by tail, and by mission order.
    """
    tails = find_tails(network, load)
    keys = [
        ((4 - rank) << 88) | ((NEVER - tail) << 24) | task
        for task, (rank, tail) in enumerate(zip(plan.ranks, tails, strict=False))
    ]
    for queue in load.queues:
        for place, task in enumerate(queue):
            keys[task] = place << 24 | task
    for task, rank in load.in_hand.items():
        keys[task] = (rank - (1 << 66)) << 24 | task
    return keys


def find_tails(network: Network, load: Workload) -> list[int]:
    """Return by node the work on the longest chain from its beginning to the end of the mission."""
    work = [left if still else 0 for left, still in zip(load.work, load.is_open, strict=True)]
    for task, by_agent in load.work_by.items():
        hands = load.eligible.get(task)
        if hands:
            work[task] = min(by_agent.get(each, work[task]) for each in hands)
    predecessors = network.predecessors
    tails = [0] * len(predecessors)
    size = network.size
    for node in reversed(network.order):
        tail = tails[node]
        if node < size:
            tail += work[node]
            tails[node] = tail
        for each in predecessors[node]:
            if tail > tails[each]:  # noqa: PLR1730 - a call of max() for every edge costs more
                tails[each] = tail
    return tails


def count_open(
    network: Network, is_open: list[bool], closed: frozenset[int] = frozenset()
) -> list[int]:
    """Return by node how many open nodes it waits for.

    A task is open until it is finished; a milestone's node while it waits for an open one, or where
    it is one of those that are `closed` whatever comes before them.
    """
    waiting = [0] * len(network.predecessors)
    size, successors = network.size, network.successors
    for node in network.order:
        if is_open[node] if node < size else waiting[node] or node in closed:
            for each in successors[node]:
                waiting[each] += 1
    return waiting
