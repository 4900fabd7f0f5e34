"""The solver: the best plans, with proof; never a worse one; the same ones every time."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.engine.replanning.problem.disturbance import disturbance_of
from orchestrator_tui.engine.replanning.problem.incumbent import Incumbent, look
from orchestrator_tui.engine.replanning.problem.problem import (
    ABSENT,
    Activity,
    Choice,
    Due,
    Problem,
    Score,
)
from orchestrator_tui.engine.replanning.solving.solver import (
    ALONE,
    Limit,
    Machine,
    Solved,
    SolverMissing,
    solve,
)
from orchestrator_tui.engine.scheduling.ticks import NEVER
from tests.engine.replanning.small_problems import activity, all_choices, problem_of, problems

MOST_PLANS = 3000
"""More than that are not all tried."""


def solved(
    problem: Problem,
    start: Choice,
    limit: Limit | None = None,
    *,
    goes_on: Callable[[], bool] = lambda: True,
    machine: Machine = ALONE,
) -> tuple[Solved, list[Choice]]:
    found: list[Choice] = []
    best = solve(
        problem,
        start,
        limit=limit or Limit(5.0, is_deterministic=True),
        found=found.append,
        goes_on=goes_on,
        machine=machine,
    )
    return best, found


def looked(problem: Problem, choice: Choice) -> Incumbent:
    plan = look(problem, choice)
    assert plan is not None
    return plan


def shop(jobs: int, machines: int) -> tuple[Problem, Choice]:
    """Return a flexible job shop that takes a while, and the plan in which one does it all."""
    activities: list[Activity] = []
    for _ in range(jobs):
        for step in range(machines):
            number = len(activities)
            modes = [(each, 3 + (7 * number + 5 * each) % 11) for each in range(machines)]
            before = (number - 1,) if step else ()
            activities.append(activity(f"task-{number}", *modes, before=before))
    problem = problem_of(*activities, agents=machines)
    every = tuple(range(len(activities)))
    return problem, Choice((0,) * len(every), (every, *((),) * (machines - 1)))


@settings(max_examples=60)
@given(problems(), st.randoms(use_true_random=False), st.booleans())
def test_a_small_problem_is_solved_as_by_trying_everything(
    problem: Problem, random: object, is_deterministic: bool
) -> None:
    plans = [plan for each in all_choices(problem) if (plan := look(problem, each)) is not None]
    if not plans or len(plans) > MOST_PLANS:
        return
    best = min(each.score for each in plans)
    start = random.choice(plans)  # type: ignore[attr-defined]  # hypothesis does not say
    found, _ = solved(problem, start.choice, Limit(5.0, is_deterministic=is_deterministic))

    plan = looked(problem, found.choice)
    assert found.choice in {each.choice for each in plans}
    assert plan.score == best or max(best) >= NEVER
    if max(best) < NEVER:
        assert found.is_optimal
        assert found.bound == best.makespan
        dropped, *_ = disturbance_of(problem, plan, best.makespan)
        ways = [each for each in plans if each.score == best]
        assert dropped == min(disturbance_of(problem, each, best.makespan)[0] for each in ways)


def test_lateness_comes_before_the_end() -> None:
    problem = problem_of(
        activity("short", (0, 2)),
        activity("long", (0, 9), (1, 30)),
        agents=2,
        dues=(Due(0, 2, 1),),
    )
    late = Choice((0, 0), ((1, 0), ()))

    best, _ = solved(problem, late)

    assert looked(problem, best.choice).score == Score(0, 11)
    assert best.is_optimal


def test_of_plans_as_good_that_with_the_fewest_in_other_hands_is_taken() -> None:
    problem = problem_of(*(activity(f"task-{n}", (n % 2, 4), (1 - n % 2, 4)) for n in range(4)))
    swapped = Choice((1, 0, 1, 0), ((1, 3), (0, 2)))

    best, _ = solved(problem, swapped)

    assert best.choice.agents == (0, 1, 0, 1)


def test_with_tolerance_a_plan_may_end_a_little_later_if_it_disturbs_less() -> None:
    problem = problem_of(
        activity("first", (0, 50)), activity("second", (0, 51), (1, 100)), agents=2
    )
    handed_over = Choice((0, 1), ((0,), (1,)))

    strict, _ = solved(problem, handed_over)
    tolerant, _ = solved(problem, handed_over, Limit(5.0, is_deterministic=True, tolerance=0.02))

    assert strict.choice.agents == (0, 1)
    assert tolerant.choice.agents == (0, 0)


def test_what_is_optional_goes_only_where_that_helps() -> None:
    problem = problem_of(
        activity("needed", (0, 9)),
        activity("beside", (1, 5), is_optional=True),
        activity("in the way", (0, 3), is_optional=True),
    )
    nothing_else = Choice((0, ABSENT, ABSENT), ((0,), ()))

    best, _ = solved(problem, nothing_else)

    assert best.choice.agents == (0, 1, ABSENT)


def test_every_plan_on_the_way_is_better_than_the_one_before() -> None:
    problem, start = shop(5, 4)

    best, found = solved(problem, start, Limit(1.0, is_deterministic=True))

    scores = [looked(problem, each).score for each in (start, *found)]
    assert scores == sorted(scores, reverse=True)
    assert looked(problem, best.choice).score == scores[-1] < scores[0]
    assert best.bound is not None
    assert best.bound <= scores[-1].makespan


def test_the_same_question_has_the_same_answer() -> None:
    problem, start = shop(6, 4)

    first, second = (solved(problem, start, Limit(1.0, is_deterministic=True)) for _ in range(2))

    assert first == second


def test_a_plan_is_found_with_something_running_beside() -> None:
    problem, start = shop(4, 3)
    calls: list[str] = []

    with ThreadPoolExecutor(1) as executor:

        def beside(work: Callable[[], None]) -> Callable[[], None]:
            calls.append("begun")
            running = executor.submit(work)

            def join() -> None:
                running.result()
                calls.append("ended")

            return join

        ticks = iter(range(10_000))
        machine = Machine(lambda: next(ticks) / 1000, beside)
        best, _ = solved(problem, start, Limit(1.0), machine=machine)

    assert looked(problem, best.choice).score < looked(problem, start).score
    assert calls[::2] == ["begun"] * (len(calls) // 2)
    assert calls[1::2] == ["ended"] * (len(calls) // 2)


def test_who_does_not_want_to_wait_gets_the_best_so_far() -> None:
    problem, start = shop(6, 4)

    best, found = solved(problem, start, goes_on=lambda: False)

    assert best == Solved(start, None, is_optimal=False)
    assert found == []


def test_without_the_solver_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)
    problem, start = shop(1, 1)

    with pytest.raises(SolverMissing, match="not installed"):
        solved(problem, start)
