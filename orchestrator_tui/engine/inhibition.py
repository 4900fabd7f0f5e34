"""Which blockers are only the consequence of another one."""

from collections.abc import Mapping
from typing import NamedTuple

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.engine.facts import Facts
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.ticks import ticks_at


class Root(NamedTuple):
    """A blocker upstream; the greater of two is the root of a wait."""

    distance: int
    """How many tasks away it is."""
    age: int
    """Ticks since 1970 at which it was opened, negated."""
    place: int
    """Its place among the blockers, negated."""
    id: BlockerId


def find_roots(
    network: Network, facts: Facts, blockers: Mapping[BlockerId, Blocker]
) -> dict[int, Root]:
    """Return for every node that waits for a blocked task the root of its wait.

    That is the farthest open blocker upstream that does not itself wait for another; of equals the
    one that was opened first, then the first in the mission. A task in hand waits for nothing.
    """
    blocked = _blockers_by_task(network, facts, blockers)
    if not blocked:
        return {}
    roots: dict[int, Root] = {}
    for node in network.order:
        if node not in roots and node not in blocked:
            continue
        is_task = node < network.size
        if is_task and (not facts.is_open[node] or node in facts.in_hand):
            roots.pop(node, None)
        found = roots.get(node) or blocked.get(node)
        if found is not None:
            onward = found._replace(distance=found.distance + 1) if is_task else found
            for each in network.successors[node]:
                if each not in roots or roots[each] < onward:
                    roots[each] = onward
    return roots


def find_inhibitions(
    network: Network, roots: Mapping[int, Root], blockers: Mapping[BlockerId, Blocker]
) -> dict[BlockerId, BlockerId]:
    """Return the blockers whose task waits for a blocked task, each with the root of its wait."""
    return {
        key: roots[task].id
        for key, each in blockers.items()
        if each.task is not None and (task := network.task_index.get(each.task, -1)) in roots
    }


def _blockers_by_task(
    network: Network, facts: Facts, blockers: Mapping[BlockerId, Blocker]
) -> dict[int, Root]:
    """Return the oldest open blocker of each unfinished blocked task."""
    found: dict[int, Root] = {}
    for place, (key, each) in enumerate(blockers.items()):
        task = -1 if each.task is None else network.task_index.get(each.task, -1)
        if task >= 0 and facts.is_open[task]:
            root = Root(0, -ticks_at(each.opened), -place, key)
            found[task] = max(root, found.get(task, root))
    return found
