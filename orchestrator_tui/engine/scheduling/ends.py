"""When a mission and its milestones end, read off a column of finishes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.plan import Plan

_NO_GATES: Final[Mapping[int, int]] = MappingProxyType({})


def find_end(plan: Plan, finish: list[int]) -> int | None:
    """Return the greatest finish of the tasks that are not cancelled; None without any."""
    return max(
        [at for at, gone in zip(finish, plan.cancelled, strict=True) if not gone], default=None
    )


def find_ends(
    network: Network, finish: list[int], opening: Mapping[int, int] = _NO_GATES
) -> list[int]:
    """Return by milestone the greatest finish of its tasks; -1 where nothing comes before it.

    `opening` says by node before when it is not passed, whatever is finished.
    """
    size = network.size
    passed = [-1] * len(network.predecessors)
    passed[:size] = finish
    for node in network.order:
        if node >= size:
            before = network.predecessors[node]
            passed[node] = max([passed[each] for each in before], default=-1)
            if node in opening:
                passed[node] = max(passed[node], opening[node])
    return [passed[network.node_of(each)] for each in range(len(network.milestone_index))]
