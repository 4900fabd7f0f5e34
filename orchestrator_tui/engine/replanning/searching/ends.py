"""Where a plan ends too late."""

from collections.abc import Sequence
from random import Random
from typing import Final

from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph

LATENESS_SHARE: Final = 0.75
"""How often lateness is looked at, while there is any that may be avoided."""


def late_end(graph: PlanGraph, least_finish: Sequence[int], random: Random) -> int:
    """Return a milestone that may be less late, by what that weighs, or else what ends last."""
    finish, dues = graph.finish, graph.compact.problem.dues
    if dues and random.random() < LATENESS_SHARE:
        late = [
            (node, weight * (finish[node] - max(minute, least_finish[node])))
            for node, minute, weight in dues
            if finish[node] > max(minute, least_finish[node])
        ]
        if late:
            nodes, weights = zip(*late, strict=True)
            return int(random.choices(nodes, weights)[0])
    return last_end(graph, random)


def last_end(graph: PlanGraph, random: Random) -> int:
    """Return an activity that ends last."""
    last = max(graph.finish[: graph.compact.size])
    return random.choice([each for each in graph.order if graph.finish[each] == last])
