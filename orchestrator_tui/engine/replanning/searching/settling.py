"""A plan that is as good and disturbs less: work goes back to whoever has it."""

from orchestrator_tui.engine.replanning.problem.disturbance import disturbance_of, least_minutes
from orchestrator_tui.engine.replanning.problem.incumbent import look
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem, Score
from orchestrator_tui.engine.replanning.searching.compact import Compact
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph
from orchestrator_tui.engine.replanning.searching.swinging import Swinging
from orchestrator_tui.engine.replanning.searching.varying import put_in
from orchestrator_tui.engine.scheduling.ticks import NEVER

_Rank = tuple[Score, tuple[int, int, int]]


def settled(problem: Problem, choice: Choice) -> Choice:
    """Return a plan with a score that is as good, in which less is left out and changes hands."""
    graph = PlanGraph(Compact(problem))
    if not problem.size or not graph.load(choice) or graph.score().makespan >= NEVER:
        return choice
    _put_back(graph)
    swinging = Swinging(graph)
    swinging.run()
    return min((choice, swinging.best), key=lambda each: _rank(problem, each))


def _rank(problem: Problem, choice: Choice) -> _Rank:
    plan = look(problem, choice)
    if plan is None:
        raise ValueError("the orders of the plan are a circle")
    return plan.score, disturbance_of(problem, plan, plan.score.makespan)


def _put_back(graph: PlanGraph) -> None:
    """Put in what was left out, the greatest first, where the plan stays as good."""
    activities = graph.compact.problem.activities
    limit = graph.score()
    left_out = [n for n, each in enumerate(activities) if each.is_optional and _is_out(graph, n)]
    for number in sorted(left_out, key=lambda each: -least_minutes(activities[each])):
        before = graph.choice()
        if not put_in(graph, number) or graph.score() > limit:
            graph.load(before)


def _is_out(graph: PlanGraph, task: int) -> bool:
    """Say whether neither a task is done nor what may replace it."""
    ways = (each.ways for each in graph.compact.problem.splits if each.task == task)
    parts = (part for each in ways for way in each for part in way)
    return all(graph.agent[each] == ABSENT for each in (task, *parts))
