"""How much work hangs on something: the longest chain of remaining work that begins there."""

from orchestrator_tui.domain.ids import MilestoneId, TaskId
from orchestrator_tui.engine.scheduling.network import GATE
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in
from orchestrator_tui.engine.scheduling.workload import find_tails
from orchestrator_tui.engine.situation import Situation


class Stakes:
    """Says in hours what is at stake."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._tails: list[int] | None = None

    def of_task(self, task: TaskId | None) -> float:
        """Return the hours of work from the beginning of `task` to the end of the mission."""
        index = -1 if task is None else self._situation.network.task_index.get(task, -1)
        if index < 0 or not self._situation.facts.is_open[index]:
            return 0.0
        return self._at(index)

    def of_milestone(self, milestone: MilestoneId | None) -> float:
        """Return the hours of work that wait for a milestone."""
        if milestone is None:
            return 0.0
        network = self._situation.network
        return self._at(network.node_of(network.milestone_index[milestone], GATE))

    def of_delay(self, milestone: MilestoneId) -> float:
        """Return by how many hours a milestone is late; the work behind it where nobody can say."""
        index = self._situation.network.milestone_index[milestone]
        end = self._situation.ends[index]
        planned = self._situation.baseline.ends[index]
        if end >= NEVER or planned < 0:
            return self.of_milestone(milestone)
        return hours_in(max(0, end - planned))

    def of_everything(self) -> float:
        """Return the hours of the longest chain of remaining work."""
        return hours_in(max(self._longest_chains(), default=0))

    def _at(self, node: int) -> float:
        return hours_in(self._longest_chains()[node])

    def _longest_chains(self) -> list[int]:
        if self._tails is None:
            self._tails = find_tails(self._situation.network, self._situation.schedule.load)
        return self._tails
