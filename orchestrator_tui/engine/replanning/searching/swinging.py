"""Gives work back to whoever has it, in a plan that stays as good.

The search swings between plans that are good enough, of which it gives something back, and plans
that are not, which it mends (strategic oscillation: Glover, 1977).
"""

from random import Random
from typing import Final

from orchestrator_tui.engine.replanning.problem.disturbance import REASSIGNED_MINUTES, is_near
from orchestrator_tui.engine.replanning.problem.problem import ABSENT
from orchestrator_tui.engine.replanning.searching.critical_moves import (
    Move,
    critical_path,
    moves_of,
)
from orchestrator_tui.engine.replanning.searching.ends import last_end
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph

STEPS: Final = 80_000
"""Steps, times activities."""
MOST_STEPS: Final = 1000
PATIENCE: Final = 40
"""Steps in which a plan is to become good enough again."""
TENURE: Final = 12
"""Steps for which what was given away is not taken back, at least; twice that at most."""


class Swinging:
    """A search around one plan; what it has found is in `best`."""

    def __init__(self, graph: PlanGraph) -> None:
        self.best = graph.choice()
        self._graph = graph
        self._random = Random(0)  # noqa: S311 - plans are no secret
        self._limit = graph.score()
        dues = graph.compact.problem.dues
        self._limits = [(node, max(minute, graph.finish[node])) for node, minute, _ in dues]
        activities = graph.compact.problem.activities
        self._homes = {
            number: each.holder
            for number, each in enumerate(activities)
            if each.holder != ABSENT and each.holder in graph.compact.work[number]
        }
        self._near = [
            (number, each.start)
            for number, each in enumerate(activities)
            if number in self._homes and is_near(each, self._limit.makespan)
        ]
        self._least = self._changes()
        self._tabu_until: dict[tuple[int, int], int] = {}
        self._now = 0

    def run(self) -> None:
        """Swing until nothing is left to give back, or for a number of steps."""
        good_at = 0
        for now in range(1, min(MOST_STEPS, STEPS // self._graph.compact.size) + 1):
            self._now = now
            if self._graph.score() <= self._limit:
                good_at = now
                self._note()
                if not self._give_back():
                    return
            elif now - good_at > PATIENCE or not self._mend():
                self._graph.load(self.best)

    def _note(self) -> None:
        changes = self._changes()
        if changes <= self._least:
            self._least, self.best = changes, self._graph.choice()

    def _changes(self) -> int:
        """Return what has changed, in minutes."""
        agent, start = self._graph.agent, self._graph.start
        shifts = sum(abs(start[each] - at) for each, at in self._near if agent[each] != ABSENT)
        return shifts + REASSIGNED_MINUTES * len(self._away_from_home())

    def _away_from_home(self) -> list[int]:
        agent = self._graph.agent
        return [each for each, home in self._homes.items() if agent[each] not in {ABSENT, home}]

    def _give_back(self) -> bool:
        """Give something back to whoever has it, where that delays least."""
        self._look_back()
        moves: list[Move] = []
        for activity in self._away_from_home():
            moves_of(self._graph, activity, moves)
        return self._make_best([each for each in moves if each.agent == self._homes[each.activity]])

    def _mend(self) -> bool:
        """Make the best move of what is critical."""
        self._look_back()
        graph, moves = self._graph, list[Move]()
        for activity in critical_path(graph, self._end(), self._random):
            moves_of(graph, activity, moves)
        return self._make_best([each for each in moves if each.agent != ABSENT])

    def _end(self) -> int:
        """Return what ends later than it may."""
        graph = self._graph
        late = [node for node, limit in self._limits if graph.finish[node] > limit]
        return self._random.choice(late) if late else last_end(graph, self._random)

    def _make_best(self, moves: list[Move]) -> bool:
        """Make one of the best moves that are not forbidden; return False for none."""
        tabu_until, now = self._tabu_until, self._now
        allowed = [each for each in moves if tabu_until.get((each.activity, each.agent), 0) <= now]
        ranked = [(max(0, each.estimate), self._random.random(), each) for each in allowed or moves]
        for _, _, each in sorted(ranked):
            before = self._graph.agent[each.activity]
            if self._graph.move(each.activity, each.agent, each.at):
                tenure = TENURE + self._random.randrange(TENURE)
                tabu_until[each.activity, before] = now + tenure
                return True
        return False

    def _look_back(self) -> None:
        """Let nothing end later than it may."""
        graph = self._graph
        graph.limits = [self._limit.makespan] * (graph.nobody + 1)
        graph.latest[graph.nobody] = self._limit.makespan
        for node, limit in self._limits:
            graph.limits[node] = min(graph.limits[node], limit)
        graph.find_latest(len(graph.order) - 1)
