"""A plan that can be changed step by step."""

from collections.abc import Sequence

from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice
from orchestrator_tui.engine.replanning.searching.compact import Compact
from orchestrator_tui.engine.replanning.searching.plan_times import UNBOUND, PlanTimes
from orchestrator_tui.engine.scheduling.ticks import NEVER


class PlanGraph(PlanTimes):
    """A plan that can be changed: who does what, in which order."""

    def __init__(self, compact: Compact) -> None:
        super().__init__(compact)
        self.rows: list[list[int]] = [[] for _ in compact.absences]
        self.in_hand = [0] * len(compact.absences)
        """By agent: how much it has in hand, which comes first."""

    def load(self, choice: Choice) -> bool:
        """Take over a choice; return False if its orders are a circle."""
        return self.rebuild(choice.agents, [list(each) for each in choice.sequences])

    def choice(self) -> Choice:
        """Return the plan as a choice."""
        return Choice(tuple(self.agent[: self.compact.size]), tuple(map(tuple, self.rows)))

    def rebuild(self, agents: Sequence[int], rows: list[list[int]]) -> bool:
        """Take over who does what in which order; return False if that is a circle."""
        nobody = self.nobody
        self.rows = rows
        self.in_hand = [0] * len(rows)
        for activity, agent in enumerate(agents):
            self._hand_to(activity, agent)
        for agent, row in enumerate(rows):
            self.in_hand[agent] = sum(self.compact.is_in_hand[each] for each in row)
            for earlier, later in zip([nobody, *row], [*row, nobody], strict=True):
                self.previous[later], self.next[earlier] = earlier, later
        if not self._arrange():
            return False
        self.find_starts()
        return True

    def change(self, activity: int, agent: int, at: int) -> bool:
        """Leave something out, or put it in; return False, and change nothing, for a circle."""
        agents, rows = self.agent[: self.compact.size], [list(row) for row in self.rows]
        before = agents[activity], [list(row) for row in rows]
        if agents[activity] != ABSENT:
            rows[agents[activity]].remove(activity)
        if agent != ABSENT:
            rows[agent].insert(at, activity)
        agents[activity] = agent
        if self.rebuild(agents, rows):
            return True
        agents[activity] = before[0]
        self.rebuild(agents, before[1])
        return False

    def move(self, activity: int, agent: int, at: int) -> bool:
        """Put an activity at a place of a row, counted without itself; find when all begins.

        Return False, and change nothing, if it would wait for itself.
        """
        before = self.agent[activity]
        was_at = self.rows[before].index(activity)
        self._take(activity, was_at)
        self._put(activity, agent, at)
        first = self._reorder(activity)
        if first < 0:
            self._take(activity, at)
            self._put(activity, before, was_at)
            return False
        self.find_starts(first)
        return True

    def _hand_to(self, activity: int, agent: int) -> None:
        self.agent[activity] = agent
        if agent == ABSENT:
            self.start[activity], self.finish[activity] = NEVER, 0
            self.previous[activity] = self.next[activity] = self.nobody
            self.latest[activity] = UNBOUND
        else:
            self.length[activity] = self.compact.work[activity][agent]
            self._is_paused[activity] = bool(self.compact.absences[agent])

    def _take(self, activity: int, at: int) -> None:
        agent = self.agent[activity]
        del self.rows[agent][at]
        self.in_hand[agent] -= self.compact.is_in_hand[activity]
        earlier, later = self.previous[activity], self.next[activity]
        self.next[earlier], self.previous[later] = later, earlier

    def _put(self, activity: int, agent: int, at: int) -> None:
        row = self.rows[agent]
        earlier = row[at - 1] if at else self.nobody
        later = row[at] if at < len(row) else self.nobody
        row.insert(at, activity)
        self.in_hand[agent] += self.compact.is_in_hand[activity]
        self.previous[activity], self.next[activity] = earlier, later
        self.next[earlier] = self.previous[later] = activity
        self._hand_to(activity, agent)
