"""Which agents have more on their hands than they can hold."""

from orchestrator_tui.engine.situation import Situation


def find_overloaded(situation: Situation) -> dict[int, int]:
    """Return the agents with more tasks in hand and ready than their capacity, and how many."""
    capacities = [each.capacity for each in situation.mission.agents.values()]
    return {agent: load for agent, load in enumerate(situation.loads) if load > capacities[agent]}
