"""The steps by which one plan gets better, without the mission around it."""

from orchestrator_tui.engine.replanning.pace import Pace
from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem
from orchestrator_tui.engine.replanning.searching.local_search import search
from orchestrator_tui.engine.replanning.searching.rules import best_by_rules
from orchestrator_tui.engine.replanning.solving.solver import Limit, Machine, Solved, solve
from orchestrator_tui.live.planning.beside import beside


def by_rules(problem: Problem) -> Choice:
    """Return the plan that is there at once."""
    choice = best_by_rules(problem)
    if choice is None:
        raise LookupError("the rules find no plan")
    return choice


def ladder(problem: Problem, pace: Pace, *, seed: int = 0) -> Solved:
    """Return the best plan after rules, search and solver, in the time of `pace`."""
    start = by_rules(problem)
    better = search(problem, start, seed=seed, goes_on=pace.search_lasts(problem))
    return solve(
        problem,
        better,
        limit=Limit(pace.seconds_to_solve(1), workers=2, seed=seed),
        found=lambda _: None,
        goes_on=pace.goes_on,
        machine=Machine(pace.clock, beside),
    )
