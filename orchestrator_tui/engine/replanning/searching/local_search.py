"""Better and better plans without a solver."""

from collections.abc import Callable

from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem
from orchestrator_tui.engine.replanning.searching.list_scheduling import ListScheduler
from orchestrator_tui.engine.replanning.searching.rules import as_it_is
from orchestrator_tui.engine.replanning.searching.tabu import TabuSearch
from orchestrator_tui.engine.replanning.searching.variants import done_in


def _nobody(_: Choice) -> None:
    """Tell nobody."""


def search(
    problem: Problem,
    start: Choice,
    *,
    seed: int,
    goes_on: Callable[[], bool],
    found: Callable[[Choice], None] = _nobody,
) -> Choice:
    """Return the best plan that is found, never worse than `start`.

    It begins where everybody keeps what they have, so that no more changes than has to. `goes_on`
    is asked before each move. `found` hears of every better plan as it comes.
    """
    if not problem.size:
        return start
    tabu = TabuSearch(problem, start, seed)
    if tabu.is_settled:
        return start
    kept = ListScheduler(problem).plan(done_in(start), as_it_is(problem))
    if kept is not None:
        tabu.begin_from(kept)
    tabu.run(goes_on, found)
    return tabu.best
