"""What hangs on something that waits: how much work, and what an hour of waiting costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.ids import AgentId, BlockerId, ExternalId, MilestoneId, TaskId
from orchestrator_tui.engine.scheduling.network import GATE
from orchestrator_tui.engine.scheduling.ticks import (
    NEVER,
    TICKS_PER_HOUR,
    TICKS_PER_SECOND,
    hours_in,
)
from orchestrator_tui.engine.scheduling.workload import find_tails
from orchestrator_tui.engine.situation import Situation


@dataclass(frozen=True, slots=True)
class Stake:
    """What hangs on one thing."""

    hours: float
    """Of the longest chain of work that waits for it; or by how many it is late."""
    spare: int | None
    """Ticks that it may go on before the mission's finish moves; None where that does not depend on
    it, or nobody can tell."""
    words: str
    """One line, safe to show."""

    @property
    def delay_cost(self) -> float:
        """Return by how many hours the mission's finish moves in the hour to come: from 0 to 1."""
        return 0.0 if self.spare is None else max(0.0, 1.0 - self.spare / TICKS_PER_HOUR)


NOTHING: Final = Stake(0.0, None, "no work waits on it")


class Stakes:
    """Says what is at stake, by the schedule's tails and slack."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._tails: list[int] | None = None
        self._of_tasks: dict[int, Stake] = {}

    def of_task(self, task: TaskId | None) -> Stake:
        """Return what hangs on the work on `task`: all from its beginning to the mission's end."""
        index = -1 if task is None else self._situation.network.task_index.get(task, -1)
        return self._of(index)

    def of_milestone(self, milestone: MilestoneId | None) -> Stake:
        """Return what hangs on a decision about a milestone: the work that comes after it.

        Only a closed gate holds it up, and that from when the milestone's own tasks are finished.
        """
        if milestone is None:
            return NOTHING
        network = self._situation.network
        index = network.milestone_index[milestone]
        gate = network.node_of(index, GATE)
        hours = self._at(gate)
        if not hours:
            return NOTHING
        if gate not in self._situation.gates.closed:
            words = f"{hours_words(hours)} of work comes after it, and need not wait"
            return Stake(hours, None, words)
        return self._held(hours, self._spare_at(index, gate))

    def of_delay(self, milestone: MilestoneId) -> Stake:
        """Return by how much a milestone is late; the work behind it where nobody can say."""
        situation = self._situation
        index = situation.network.milestone_index[milestone]
        end, planned = situation.ends[index], situation.baseline.ends[index]
        spare = self._least(situation.members[index])
        if end >= NEVER or planned < 0:
            hours = self._at(situation.network.node_of(index, GATE))
            words = f"{_work(hours)}{self._spared(spare)}; nobody can tell how late it will be"
            return Stake(hours, spare, words)
        hours = hours_in(max(0, end - planned))
        late = f"{hours_words(hours)} behind the plan" if hours else "not behind the plan"
        return Stake(hours, spare, late + self._spared(spare))

    def of_blocker(self, key: BlockerId) -> Stake:
        """Return what hangs on a blocker: its task, its milestone, or what its agent works on."""
        blocker = self._situation.mission.blockers[key]
        if blocker.task is not None:
            return self.of_task(blocker.task)
        if blocker.milestone is not None:
            return self.of_milestone(blocker.milestone)
        return self.of_agent(blocker.agent)

    def of_external(self, key: ExternalId) -> Stake:
        """Return what hangs on an external: all that hangs on any of its tasks."""
        index = self._situation.network.task_index
        tasks = self._situation.mission.externals[key].tasks
        return self._together([index[each] for each in tasks if each in index])

    def of_agent(self, agent: AgentId | None) -> Stake:
        """Return what hangs on what an agent works on."""
        index = None if agent is None else self._situation.network.agent_index.get(agent)
        task = None if index is None else self._situation.current_task(index)
        return NOTHING if task is None else self._of(task)

    def of_absence(self, agent: AgentId) -> Stake:
        """Return what hangs on an agent that is away: all that hangs on its critical tasks."""
        schedule, index = self._situation.schedule, self._situation.network.agent_index[agent]
        critical = schedule.criticality.is_critical
        return self._together(
            [task for task, one in enumerate(schedule.agent) if one == index and critical[task]]
        )

    def of_everything(self) -> Stake:
        """Return what hangs on the mission as a whole."""
        return self._together(range(self._situation.size))

    def _together(self, tasks: Iterable[int]) -> Stake:
        """Return the most that hangs on any of some tasks, and the least that they can spare."""
        left = [each for each in tasks if self._situation.facts.is_open[each]]
        if not left:
            return NOTHING
        return self._held(max(map(self._at, left)), self._least(left))

    def _of(self, task: int) -> Stake:
        if task < 0 or not self._situation.facts.is_open[task]:
            return NOTHING
        if task not in self._of_tasks:
            spare = self._situation.schedule.criticality.slack[task]
            self._of_tasks[task] = self._held(self._at(task), spare)
        return self._of_tasks[task]

    def _held(self, hours: float, spare: int | None) -> Stake:
        return Stake(hours, spare, _work(hours) + self._spared(spare))

    def _spared(self, spare: int | None) -> str:
        """Return in words how long something may wait."""
        end = self._situation.end
        if end is not None and end >= NEVER:
            return ", and as it stands the mission never ends"
        if spare is None:
            return ""
        if spare < TICKS_PER_SECOND:
            return ", on the critical path"
        return f", {hours_words(hours_in(spare))} to spare"

    def _spare_at(self, milestone: int, gate: int) -> int | None:
        """Return how long a closed gate may stay closed: its tasks, then what waits behind it."""
        situation = self._situation
        end = situation.ends[milestone]
        behind = self._least(self._waiting_behind(gate))
        return None if behind is None or end >= NEVER else behind + max(0, end - situation.at)

    def _waiting_behind(self, gate: int) -> Iterable[int]:
        """Yield the tasks that a gate holds up, through other milestones too."""
        network, facts = self._situation.network, self._situation.facts
        seen, found = {gate}, [gate]
        for node in found:
            for each in network.successors[node]:
                if each >= network.size and each not in seen:
                    seen.add(each)
                    found.append(each)
                elif each < network.size and facts.is_open[each] and each not in facts.in_hand:
                    yield each

    def _least(self, tasks: Iterable[int]) -> int | None:
        slack = self._situation.schedule.criticality.slack
        return min((each for task in tasks if (each := slack[task]) is not None), default=None)

    def _at(self, node: int) -> float:
        return hours_in(self._longest_chains()[node])

    def _longest_chains(self) -> list[int]:
        if self._tails is None:
            self._tails = find_tails(self._situation.network, self._situation.schedule.load)
        return self._tails


def _work(hours: float) -> str:
    return f"{hours_words(hours)} of work waits on it" if hours else NOTHING.words
