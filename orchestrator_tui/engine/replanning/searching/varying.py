"""Changes of what is done at all in a plan: what is new goes where it fits best."""

from orchestrator_tui.engine.replanning.problem.problem import ABSENT
from orchestrator_tui.engine.replanning.searching.critical_moves import Move, places_elsewhere
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph
from orchestrator_tui.engine.replanning.searching.plan_times import UNBOUND
from orchestrator_tui.engine.replanning.searching.variants import Variant


def vary(graph: PlanGraph, variant: Variant) -> bool:
    """Change what is done; return False, with the change half made, if that cannot be."""
    for activity, is_done in variant.items():
        if not is_done and graph.agent[activity] != ABSENT:
            graph.change(activity, ABSENT, 0)
    added = [each for each, is_done in variant.items() if is_done and graph.agent[each] == ABSENT]
    return all(put_in(graph, activity) for activity in added)


def put_in(graph: PlanGraph, activity: int) -> bool:
    """Put in what was left out, where it fits best; return False if it fits nowhere."""
    graph.set_limits()
    places = sorted(places_of(graph, activity))
    return any(graph.change(activity, agent, at) for _, _, agent, at in places)


def places_of(graph: PlanGraph, activity: int) -> list[Move]:
    """Return the best place with each agent for something that is left out."""
    compact = graph.compact
    ready = [graph.finish[each] for each in compact.before[activity]]
    graph.ready[activity] = max(compact.earliest[activity], *ready, 0)
    room = [graph.latest[each] for each in compact.after[activity]]
    graph.room[activity] = min(graph.limits[activity], *room, UNBOUND)
    return places_elsewhere(graph, activity)
