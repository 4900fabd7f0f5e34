"""Plans by rules: always one where there is one, at once, and no worse than the forecast."""

from hypothesis import given

from orchestrator_tui.engine.replanning.problem.decoding import decode, forecast_choice, score_of
from orchestrator_tui.engine.replanning.problem.problem import (
    ABSENT,
    Choice,
    Due,
    InHand,
    Problem,
    Score,
    Split,
)
from orchestrator_tui.engine.replanning.searching.rules import best_by_rules
from orchestrator_tui.engine.scheduling.ticks import NEVER
from tests.engine.replanning.small_problems import activity, all_choices, problem_of, problems


def planned(problem: Problem) -> Choice:
    choice = best_by_rules(problem)
    assert choice is not None
    return choice


def scored(problem: Problem, choice: Choice) -> Score:
    times = decode(problem, choice)
    assert times is not None
    return score_of(problem, times)


@given(problems())
def test_there_is_a_plan_wherever_there_can_be_one(problem: Problem) -> None:
    choice = best_by_rules(problem)

    if choice is None:
        assert not any(decode(problem, each) for each in all_choices(problem))
    else:
        assert decode(problem, choice) is not None
        assert choice in set(all_choices(problem))


def test_a_plan_is_never_worse_than_the_forecast() -> None:
    problem = problem_of(
        activity("first", (0, 2), (1, 2)),
        activity("second", (0, 3), (1, 3)),
        activity("third", (0, 3), (1, 3), holder=1),
        activity("fourth", (0, 2), (1, 2), holder=1, before=(0,)),
        activity("fifth", (0, 2), (1, 2)),
        forecast=((0, 1, 4), (2, 3)),
    )

    assert scored(problem, planned(problem)) <= scored(problem, forecast_choice(problem))


def test_work_goes_to_whoever_ends_it_first() -> None:
    problem = problem_of(*(activity(name, (0, 2), (1, 3)) for name in "abcde"))

    assert scored(problem, planned(problem)) == Score(0, 6)


def test_a_milestone_that_is_due_goes_first() -> None:
    problem = problem_of(
        activity("long", (0, 8)),
        activity("due", (0, 2)),
        agents=1,
        dues=(Due(1, 2, 1),),
    )

    assert planned(problem).sequences == ((1, 0),)


def test_work_in_hand_stays_where_it_is_and_comes_first() -> None:
    problem = problem_of(
        activity("short", (0, 1)),
        activity("strange", (0, 5), (1, 1), in_hand=InHand(is_strange=True, started=0)),
        activity("own", (0, 5), in_hand=InHand(is_strange=False, started=9)),
    )

    assert planned(problem).sequences[0][:2] == (2, 1)


def test_work_in_hand_goes_to_others_if_its_agent_never_comes_back() -> None:
    problem = problem_of(
        activity("hers", (1, 5), holder=0, in_hand=InHand(is_strange=False, started=0)),
        absences=(((0, NEVER),), ()),
    )

    assert planned(problem).agents == (1,)


def test_a_task_is_split_where_that_helps() -> None:
    parts = [
        activity(name, (agent, 3), holder=ABSENT, start=NEVER, is_part=True)
        for agent, name in enumerate(["half", "other half"])
    ]
    problem = problem_of(activity("whole", (0, 6)), *parts, splits=(Split(0, ((1, 2),)),))

    assert planned(problem).agents == (ABSENT, 0, 1)


def test_optional_work_is_left_out_where_that_helps() -> None:
    problem = problem_of(
        activity("must", (0, 3)), activity("may", (0, 3), is_optional=True), agents=1
    )

    assert planned(problem).agents == (0, ABSENT)


def test_there_is_no_plan_where_somebody_has_to_do_what_nobody_can() -> None:
    assert best_by_rules(problem_of(activity("a", (0, 1)), activity("b"))) is None


def test_nothing_to_do_is_a_plan_without_anything() -> None:
    assert planned(problem_of()) == Choice((), ((), ()))


@given(problems())
def test_the_same_problem_has_the_same_plan(problem: Problem) -> None:
    assert best_by_rules(problem) == best_by_rules(problem)
