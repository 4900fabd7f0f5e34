"""The search: better plans than the rules find, feasible ones, and the same ones every time."""

from collections.abc import Callable
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.engine.replanning.problem.decoding import decode, score_of
from orchestrator_tui.engine.replanning.problem.disturbance import disturbance_of
from orchestrator_tui.engine.replanning.problem.incumbent import look
from orchestrator_tui.engine.replanning.problem.problem import (
    ABSENT,
    Choice,
    Due,
    Problem,
    Score,
    Split,
)
from orchestrator_tui.engine.replanning.searching.compact import Compact
from orchestrator_tui.engine.replanning.searching.local_search import search
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph
from orchestrator_tui.engine.replanning.searching.rules import best_by_rules
from orchestrator_tui.engine.replanning.searching.settling import settled
from orchestrator_tui.engine.scheduling.ticks import NEVER
from tests.engine.replanning.small_problems import activity, all_choices, problem_of, problems

MOST_PLANS = 3000
"""More than that are not all tried."""


def steps(count: int) -> Callable[[], bool]:
    left = iter(range(count))
    return lambda: next(left, None) is not None


def scored(problem: Problem, choice: Choice) -> Score:
    times = decode(problem, choice)
    assert times is not None
    return score_of(problem, times)


@given(problems(), st.integers(0, 3))
def test_a_search_never_ends_worse_than_it_begins(problem: Problem, seed: int) -> None:
    start = best_by_rules(problem)
    if start is not None:
        found: list[Choice] = []
        best = search(problem, start, seed=seed, goes_on=steps(60), found=found.append)

        scores = [scored(problem, each) for each in (start, *found)]
        assert scores == sorted(set(scores), reverse=True)
        assert scored(problem, best) == scores[-1]
        assert {best, *found} <= set(all_choices(problem))


@settings(derandomize=True, max_examples=60)
@given(problems())
def test_a_search_finds_the_best_plan_of_a_small_problem(problem: Problem) -> None:
    start = best_by_rules(problem)
    plans = list(islice(all_choices(problem), MOST_PLANS + 1))
    if start is not None and len(plans) <= MOST_PLANS:
        best = search(problem, start, seed=0, goes_on=steps(300))

        scores = [score_of(problem, times) for each in plans if (times := decode(problem, each))]
        assert scored(problem, best) == min(scores)


@given(problems(), st.integers(0, 3))
def test_the_same_search_finds_the_same_plan(problem: Problem, seed: int) -> None:
    start = best_by_rules(problem)
    if start is not None:
        first = search(problem, start, seed=seed, goes_on=steps(40))

        assert search(problem, start, seed=seed, goes_on=steps(40)) == first


@given(problems())
def test_a_settled_plan_is_as_good_and_disturbs_no_more(problem: Problem) -> None:
    start = best_by_rules(problem)
    if start is not None:
        found = search(problem, start, seed=0, goes_on=steps(20))
        before, after = look(problem, found), look(problem, settled(problem, found))

        assert before is not None
        assert after is not None
        assert after.choice in set(all_choices(problem))
        assert after.score <= before.score
        makespan = before.score.makespan
        if after.score == before.score:
            assert disturbance_of(problem, after, makespan) <= disturbance_of(
                problem, before, makespan
            )


@given(problems(), st.data())
def test_a_move_says_exactly_what_the_plan_says(problem: Problem, data: st.DataObject) -> None:
    start = best_by_rules(problem)
    if start is None:
        return
    graph = PlanGraph(Compact(problem))
    assert graph.load(start)
    for _ in range(8):
        before = graph.choice()
        done = [each for row in before.sequences for each in row]
        if not done:
            return
        moved = data.draw(st.sampled_from(done))
        agent = data.draw(st.sampled_from(problem.activities[moved].modes)).agent
        rows = [[each for each in row if each != moved] for row in before.sequences]
        at = data.draw(st.integers(0, len(rows[agent])))
        rows[agent].insert(at, moved)
        agents = [agent if each == moved else own for each, own in enumerate(before.agents)]
        after = Choice(tuple(agents), tuple(map(tuple, rows)))

        assert graph.move(moved, agent, at) == (decode(problem, after) is not None)
        assert graph.choice() in {before, after}
        times = decode(problem, graph.choice())
        assert times is not None
        assert tuple(min(NEVER, each) for each in graph.start[: problem.size]) == times.start
        assert graph.score() == score_of(problem, times)


def test_a_search_finds_a_better_order_and_better_hands() -> None:
    problem = problem_of(
        activity("a", (0, 4), (1, 9)),
        activity("b", (0, 9), (1, 4), before=(0,)),
        activity("c", (0, 9), (1, 4)),
        activity("d", (0, 4), (1, 9), before=(2,)),
    )
    worst = Choice((1, 0, 0, 1), ((2, 1), (0, 3)))

    assert scored(problem, worst) == Score(0, 18)
    assert scored(problem, search(problem, worst, seed=0, goes_on=steps(50))) == Score(0, 8)


def test_a_search_gets_milestones_in_time_before_it_shortens_the_plan() -> None:
    problem = problem_of(
        activity("long", (0, 6), (1, 9)),
        activity("due", (0, 2)),
        dues=(Due(1, 2, 1),),
    )
    late = Choice((0, 0), ((0, 1), ()))

    assert scored(problem, search(problem, late, seed=0, goes_on=steps(50))) == Score(0, 8)


def test_a_search_splits_a_task_and_leaves_out_what_is_optional() -> None:
    parts = [
        activity(name, (agent, 3), holder=ABSENT, start=NEVER, is_part=True)
        for agent, name in enumerate(["half", "other half"])
    ]
    problem = problem_of(
        activity("whole", (0, 6)),
        *parts,
        activity("extra", (0, 3), is_optional=True),
        splits=(Split(0, ((1, 2),)),),
    )
    start = Choice((0, ABSENT, ABSENT, 0), ((0, 3), ()))

    best = search(problem, start, seed=0, goes_on=steps(200))

    assert best.agents == (ABSENT, 0, 1, ABSENT)


def test_a_search_that_may_not_begin_returns_where_it_was_to_begin() -> None:
    problem = problem_of(activity("a", (0, 4), (1, 1)))
    start = Choice((0,), ((0,), ()))

    assert search(problem, start, seed=0, goes_on=lambda: False) == start


def test_a_search_ends_by_itself_when_nothing_can_be_better() -> None:
    problem = problem_of(activity("a", (0, 4), (1, 1)), activity("b", (0, 4), before=(0,)))
    start = Choice((0, 0), ((0, 1), ()))

    best = search(problem, start, seed=0, goes_on=lambda: True)

    assert best == Choice((1, 0), ((1,), (0,)))


def test_work_that_need_not_change_hands_goes_back() -> None:
    problem = problem_of(
        *(activity(name, (0, 2), (1, 2), holder=each % 2) for each, name in enumerate("abcd")),
        activity("long", (0, 4), holder=0),
    )
    crossed = Choice((1, 1, 1, 1, 0), ((4,), (0, 1, 2, 3)))

    assert settled(problem, crossed).agents == (0, 1, 0, 1, 0)


def test_what_was_left_out_for_nothing_is_put_in_again() -> None:
    problem = problem_of(
        activity("must", (0, 8)),
        activity("small", (1, 3), is_optional=True),
        activity("great", (1, 6), is_optional=True),
    )

    assert settled(problem, Choice((0, ABSENT, ABSENT), ((0,), ()))).agents == (0, ABSENT, 1)
