"""What else speaks for a move, beside the time it takes: less work, and fewer new hands."""

from random import Random
from typing import Final

from orchestrator_tui.engine.replanning.problem.problem import ABSENT
from orchestrator_tui.engine.replanning.searching.critical_moves import Move
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph

WORK_WEIGHTS: Final = (0.0, 0.3, 0.5, 1.0)
"""What a minute of additional work weighs, against one of delay."""
NEW_HANDS: Final = (0.0, 0.0, 0.1, 0.3)
"""What other hands than those that have it weigh, against a delay by one activity."""


class Preferences:
    """Weights, drawn anew from time to time."""

    def __init__(self, graph: PlanGraph, random: Random) -> None:
        compact = graph.compact
        self._graph = graph
        self._random = random
        self._work = compact.work
        self._homes = [
            each.holder if each.holder in work else ABSENT
            for each, work in zip(compact.problem.activities, compact.work, strict=True)
        ]
        total = sum(min(work.values(), default=0) for work in compact.work)
        self._mean = total / max(1, compact.size)
        self._work_weight = WORK_WEIGHTS[0]
        self._price = NEW_HANDS[-1] * self._mean

    def draw(self) -> None:
        """Draw other weights."""
        self._work_weight = self._random.choice(WORK_WEIGHTS)
        self._price = self._random.choice(NEW_HANDS) * self._mean

    def strangers(self) -> int:
        """Return how much is in other hands though it need not be."""
        pairs = zip(self._graph.agent, self._homes, strict=False)
        return sum(1 for agent, home in pairs if ABSENT not in {agent, home} and agent != home)

    def worth(self, move: Move) -> float:
        """Return what speaks against a move."""
        value, activity, agent, _ = move
        if agent == ABSENT:
            return value
        graph, home = self._graph, self._homes[activity]
        worth = value + self._work_weight * (self._work[activity][agent] - graph.length[activity])
        if home != ABSENT:
            worth += self._price * ((agent != home) - (graph.agent[activity] != home))
        return worth
