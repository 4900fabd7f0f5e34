"""The gates: milestones whose approval others wait for."""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.approvals import decision_on, is_approved
from orchestrator_tui.engine.scheduling.network import GATE, Network
from orchestrator_tui.engine.scheduling.ticks import ticks_at


class Gates(NamedTuple):
    """The gates of a mission at one instant, as nodes of its network."""

    closed: frozenset[int]
    """Those that nobody has approved."""
    opening: dict[int, int]
    """When each is passed at the earliest, in ticks: when it was approved, else now."""


def find_gates(mission: Mission, network: Network, facts: HistoryFacts, now: datetime) -> Gates:
    """Return the gates of `mission`; `facts` hold the decisions."""
    closed: set[int] = set()
    opening: dict[int, int] = {}
    for index, (key, each) in enumerate(mission.milestones.items()):
        if each.gate:
            node = network.node_of(index, GATE)
            given = decision_on(facts, key, now)
            if given is None or not is_approved(facts, key, now):
                closed.add(node)
                opening[node] = ticks_at(now)
            else:
                opening[node] = ticks_at(given.at)
    return Gates(frozenset(closed), opening)
