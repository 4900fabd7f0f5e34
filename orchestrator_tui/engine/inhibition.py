"""Which blockers are only the consequence of another one."""

from collections.abc import Mapping

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.engine.facts import Facts
from orchestrator_tui.engine.scheduling.network import Network


def find_roots(
    network: Network, facts: Facts, blockers: Mapping[BlockerId, Blocker]
) -> dict[int, BlockerId]:
    """Return for every node that waits for a blocked task the root of its wait.

    That is the farthest open blocker upstream that does not itself wait for another; of equals the
    one that was opened first, then the first by its id, in whatever order the mission names them. A
    task in hand waits for nothing.
    """
    ranked = sorted(blockers, key=lambda key: (blockers[key].opened, key), reverse=True)
    blocked = _blocked(network, facts, blockers, ranked)
    if not blocked:
        return {}
    # A root is a number: its place, and for every task on the way as much as there are places. The
    # greatest is the farthest, and of equals the last in its place.
    roots: dict[int, int] = {}
    farther = len(ranked)
    for node in network.order:
        if node not in roots and node not in blocked:
            continue
        is_task = node < network.size
        if is_task and (not facts.is_open[node] or node in facts.in_hand):
            roots.pop(node, None)
        found = roots.get(node, blocked.get(node))
        if found is not None:
            onward = found + farther if is_task else found
            for each in network.successors[node]:
                if roots.get(each, -1) < onward:
                    roots[each] = onward
    return {node: ranked[root % farther] for node, root in roots.items()}


def find_inhibitions(
    network: Network, roots: Mapping[int, BlockerId], blockers: Mapping[BlockerId, Blocker]
) -> dict[BlockerId, BlockerId]:
    """Return the blockers whose task waits for a blocked task, each with the root of its wait."""
    return {
        key: roots[task]
        for key, each in blockers.items()
        if each.task is not None and (task := network.task_index.get(each.task, -1)) in roots
    }


def _blocked(
    network: Network, facts: Facts, blockers: Mapping[BlockerId, Blocker], ranked: list[BlockerId]
) -> dict[int, int]:
    """Return by unfinished blocked task the place of the last of its blockers in `ranked`."""
    found: dict[int, int] = {}
    for place, key in enumerate(ranked):
        named = blockers[key].task
        task = -1 if named is None else network.task_index.get(named, -1)
        if task >= 0 and facts.is_open[task]:
            found[task] = place
    return found
