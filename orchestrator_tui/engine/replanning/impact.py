"""What a slip costs if nothing is decided: who is late, who waits, and who could help."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    ChangeId,
    ExternalId,
    MilestoneId,
    TaskId,
)
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.replanning import Impact, MilestoneDelay
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.engine.hands import Hands
from orchestrator_tui.engine.scheduling.network import END, GATE
from orchestrator_tui.engine.scheduling.ticks import NEVER, TICKS_PER_SECOND, hours_in
from orchestrator_tui.engine.situation import Situation

_LATE: Final = 60 * TICKS_PER_SECOND
"""From here on something counts as late."""


def impact_of(situation: Situation, triggers: Iterable[Trigger]) -> Impact:
    """Return what goes wrong if nothing is decided, and what waits for what causes `triggers`."""
    causes = _Causes(situation)
    by_trigger = [(each, causes.of(each)) for each in triggers]
    held = dict.fromkeys(
        node
        for trigger, nodes in by_trigger
        if trigger.kind is not TriggerKind.SCOPE_CHANGE
        for node in nodes
    )
    return Impact(
        delay_hours=_delay(situation),
        milestones=tuple(_late_milestones(situation)),
        tasks=_waiting(situation, {node for _, nodes in by_trigger for node in nodes}),
        takers=_takers(situation, held),
    )


def _delay(situation: Situation) -> float | None:
    """Return by how many hours the mission ends later than planned."""
    end, planned = situation.end, situation.baseline.end
    if end is None or planned is None or end >= NEVER:
        return None
    return hours_in(end - planned)


def _late_milestones(situation: Situation) -> list[MilestoneDelay]:
    """Return the milestones to come that are late, the latest first; never is latest."""
    found: list[tuple[int, MilestoneDelay]] = []
    for index, key in enumerate(situation.mission.milestones):
        end, planned = situation.ends[index], situation.baseline.ends[index]
        if end >= NEVER:
            found.append((NEVER, MilestoneDelay(key, None)))
        elif end > situation.at and 0 <= planned < NEVER and end - planned >= _LATE:
            found.append((end - planned, MilestoneDelay(key, hours_in(end - planned))))
    found.sort(key=lambda each: -each[0])
    return [each for _, each in found]


def _waiting(situation: Situation, causes: Iterable[int]) -> tuple[TaskId, ...]:
    """Return the unfinished tasks that wait for any of `causes`, by start."""
    network, facts = situation.network, situation.facts
    found: dict[int, None] = {}
    passed = list(causes)
    for node in passed:
        for each in network.successors[node]:
            is_held = each >= network.size or (facts.is_open[each] and each not in facts.in_hand)
            if is_held and each not in found:
                found[each] = None
                passed.append(each)
    start = situation.schedule.table.start
    tasks = sorted((start[each], each) for each in found if each < network.size)
    return tuple(situation.plan.ids[task] for _, task in tasks)


def _takers(situation: Situation, causes: Iterable[int]) -> Mapping[TaskId, tuple[AgentId, ...]]:
    """Return who else could take each task that is a cause, the first to start first."""
    hands, start = Hands(situation), situation.schedule.table.start
    held = [each for each in causes if each < situation.size and situation.facts.remaining[each]]
    held.sort(key=lambda task: (start[task], task))
    return {
        situation.plan.ids[task]: tuple(
            each.id for each in hands.takers(task, situation.agent_of(task))
        )
        for task in held
    }


class _Causes:
    """Finds what a trigger is about: unfinished tasks, and nodes of milestones."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._finders: dict[TriggerKind, Callable[[str], Iterable[int]]] = {
            TriggerKind.MILESTONE_DELAY: self._of_delay,
            TriggerKind.CRITICAL_BLOCKER: self._of_blocker,
            TriggerKind.AGENT_UNAVAILABLE: self._of_absence,
            TriggerKind.SCOPE_CHANGE: self._of_change,
            TriggerKind.QUALITY_GATE_FAILURE: self._of_gate,
            TriggerKind.EXTERNAL_CHANGE: self._of_external,
        }
        self._previous: dict[int, int] | None = None
        self._behind: dict[int, dict[int, None]] = {}

    def of(self, trigger: Trigger) -> list[int]:
        """Return the nodes that `trigger` is about."""
        return list(dict.fromkeys(self._finders[trigger.kind](trigger.subject)))

    def _of_delay(self, subject: str) -> Iterator[int]:
        """Yield a milestone's end, and the roots of its delay: late tasks that none such holds up.

        Held up is what waits for another, or whose agent does another before it.
        """
        situation = self._situation
        index = situation.network.milestone_index[MilestoneId(subject)]
        end = situation.network.node_of(index, END)
        yield end
        passed = list(self._late_before(end))
        seen = set(passed)
        for task in passed:
            late = self._holding(task)
            if not late:
                yield task
            fresh = [each for each in late if each not in seen]
            seen.update(fresh)
            passed += fresh

    def _holding(self, task: int) -> list[int]:
        """Return the late tasks that hold a task up."""
        situation = self._situation
        if self._previous is None:
            orders = situation.sequences
            self._previous = {later: each for order in orders for each, later in pairwise(order)}
        is_in_hand = task in situation.facts.in_hand
        found = [] if is_in_hand else list(self._late_before(task))
        before = self._previous.get(task)
        if before is not None and self._is_late(before) and self._meet(before, task):
            found.append(before)
        return found

    def _meet(self, before: int, task: int) -> bool:
        """Say whether one is done when the other begins, or both never."""
        table = self._situation.schedule.table
        return table.finish[before] >= table.start[task]

    def _late_before(self, node: int) -> tuple[int, ...]:
        """Return the late tasks that a node waits for, directly or through milestones."""
        size, found = self._situation.size, dict[int, None]()
        for each in self._situation.network.predecessors[node]:
            if each < size:
                found |= {each: None} if self._is_late(each) else {}
            else:
                found |= self._late_behind(each)
        return tuple(found)

    def _late_behind(self, milestone: int) -> dict[int, None]:
        """Return the late tasks that are to end before a milestone's node is passed."""
        if milestone not in self._behind:
            size, predecessors = self._situation.size, self._situation.network.predecessors
            passed = dict.fromkeys((milestone,))
            nodes = list(passed)
            for node in nodes:
                fresh = [each for each in predecessors[node] if each not in passed]
                passed |= dict.fromkeys(fresh)
                nodes += (each for each in fresh if each >= size)
            late = (each for each in passed if each < size and self._is_late(each))
            self._behind[milestone] = dict.fromkeys(late)
        return self._behind[milestone]

    def _is_late(self, task: int) -> bool:
        """Say whether an unfinished task is forecast later than planned, or was never planned."""
        situation = self._situation
        end, planned = situation.schedule.finish[task], situation.baseline.finish[task]
        return situation.facts.is_open[task] and (planned >= NEVER or end - planned >= _LATE)

    def _of_blocker(self, subject: str) -> Iterable[int]:
        blocker: Blocker = self._situation.mission.blockers[BlockerId(subject)]
        if blocker.task is not None:
            return self._open((blocker.task,))
        if blocker.milestone is not None:
            return self._of_gate(blocker.milestone)
        if blocker.agent is None:
            return ()
        agent = self._situation.network.agent_index.get(blocker.agent)
        task = None if agent is None else self._situation.current_task(agent)
        return () if task is None else self._open((self._situation.plan.ids[task],))

    def _of_absence(self, subject: str) -> Iterable[int]:
        situation = self._situation
        return situation.sequences[situation.network.agent_index[AgentId(subject)]]

    def _of_change(self, subject: str) -> Iterable[int]:
        return self._open(self._situation.mission.changes[ChangeId(subject)].remove)

    def _of_gate(self, subject: str) -> Iterable[int]:
        network = self._situation.network
        index = network.milestone_index[MilestoneId(subject)]
        still = [each for each in self._situation.members[index] if self._is_open(each)]
        return (*still, network.node_of(index, GATE))

    def _of_external(self, subject: str) -> Iterable[int]:
        return self._open(self._situation.mission.externals[ExternalId(subject)].tasks)

    def _open(self, tasks: Iterable[TaskId]) -> list[int]:
        index = self._situation.network.task_index
        return [index[each] for each in tasks if each in index and self._is_open(index[each])]

    def _is_open(self, task: int) -> bool:
        return self._situation.facts.is_open[task]
