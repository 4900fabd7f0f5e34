"""What follows from a choice: everything begins as early as it can, and no earlier."""

from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.engine.replanning.problem.decoding import decode, forecast_choice, score_of
from orchestrator_tui.engine.replanning.problem.problem import (
    ABSENT,
    Choice,
    Due,
    Problem,
    Score,
    Split,
    Times,
)
from orchestrator_tui.engine.scheduling.ticks import NEVER
from tests.engine.replanning.small_problems import activity, all_choices, problem_of, problems


def begins(problem: Problem, *rows: tuple[int, ...]) -> tuple[int, ...]:
    agents = [ABSENT] * problem.size
    for agent, row in enumerate(rows):
        for each in row:
            agents[each] = agent
    times = decode(problem, Choice(tuple(agents), rows))
    assert times is not None
    return times.start


def test_each_begins_when_its_agent_is_free_and_what_it_waits_for_has_ended() -> None:
    problem = problem_of(
        activity("a", (0, 3)),
        activity("b", (0, 2)),
        activity("c", (1, 4), before=(0,)),
        activity("d", (1, 1), earliest=9),
    )

    assert begins(problem, (1, 0), (2, 3)) == (2, 0, 5, 9)


def test_orders_that_wait_for_each_other_have_no_times() -> None:
    problem = problem_of(
        activity("a", (0, 1)),
        activity("b", (1, 1), before=(0,)),
        activity("c", (1, 1)),
        activity("d", (0, 1), before=(2,)),
    )

    assert decode(problem, Choice((0, 1, 1, 0), ((3, 0), (1, 2)))) is None


def test_work_pauses_while_its_agent_is_away_and_never_begins_then() -> None:
    problem = problem_of(
        activity("a", (0, 4)),
        activity("b", (0, 1)),
        agents=1,
        absences=(((2, 5), (7, 9)),),
    )

    times = decode(problem, Choice((0, 0), ((0, 1),)))

    assert times == Times(start=(0, 9), finish=(7, 10))


def test_nobody_waits_for_what_is_left_out_nor_for_what_that_waited_for() -> None:
    problem = problem_of(
        activity("a", (0, 5)),
        activity("b", (1, 5), before=(0,), is_optional=True),
        activity("c", (1, 5), before=(1,)),
    )

    assert begins(problem, (0,), (2,)) == (0, NEVER, 0)


def test_a_milestone_is_passed_when_all_before_it_have_ended() -> None:
    problem = problem_of(
        activity("a", (0, 3)),
        activity("b", (1, 5)),
        activity("c", (0, 1), before=(4,)),
        passages=((0, 1), (3,)),
    )

    times = decode(problem, Choice((0, 1, 0), ((0, 2), (1,))))

    assert times == Times(start=(0, 0, 5), finish=(3, 5, 6, 5, 5))


def test_what_nobody_ever_ends_never_ends() -> None:
    problem = problem_of(
        activity("a", (0, 3)), activity("b", (0, 3)), agents=1, absences=(((4, NEVER),),)
    )

    times = decode(problem, Choice((0, 0), ((0, 1),)))

    assert times == Times(start=(0, 3), finish=(3, NEVER))
    assert score_of(problem, times) == Score(0, NEVER)


@pytest.mark.parametrize(
    ("dues", "expected"),
    [
        pytest.param((), 0, id="no dates"),
        pytest.param((Due(0, 3, 4),), 0, id="in time"),
        pytest.param((Due(0, 1, 4),), 8, id="late by two, weighing four"),
        pytest.param((Due(0, -1, 1), Due(1, 4, 2)), 6, id="two that are late"),
    ],
)
def test_lateness_is_weighted_and_summed_up(dues: tuple[Due, ...], expected: int) -> None:
    problem = problem_of(activity("a", (0, 3)), activity("b", (0, 2)), agents=1, dues=dues)

    times = decode(problem, Choice((0, 0), ((0, 1),)))

    assert times is not None
    assert score_of(problem, times) == Score(expected, 5)


def test_the_forecast_is_what_everybody_does_if_nothing_is_decided() -> None:
    part = activity("part", (0, 1), holder=ABSENT, start=NEVER, is_part=True)
    problem = problem_of(
        activity("a", (0, 1), (1, 2), holder=1),
        activity("b", (0, 1)),
        part,
        splits=(Split(0, ((2,),)),),
        forecast=((1,), (0,)),
    )

    assert forecast_choice(problem) == Choice((1, 0, ABSENT), ((1,), (0,)))


@given(problems(), st.data())
def test_nothing_could_begin_a_minute_earlier(problem: Problem, data: st.DataObject) -> None:
    choice = data.draw(st.sampled_from(list(islice(all_choices(problem), 200))))
    times = decode(problem, choice)
    if times is not None:
        for agent, row in enumerate(choice.sequences):
            for earlier, later in pairwise((ABSENT, *row)):
                free = 0 if earlier == ABSENT else times.finish[earlier]
                ready = max(free, ready_at(problem, choice, times, later))
                assert times.start[later] == first_minute(problem, agent, ready)


def ready_at(problem: Problem, choice: Choice, times: Times, number: int) -> int:
    """Return when all that an activity waits for has ended."""
    each = problem.activities[number]
    nodes = [n for n in each.before if n >= problem.size or choice.agents[n] != ABSENT]
    return max([each.earliest, *(times.finish[node] for node in nodes)])


def first_minute(problem: Problem, agent: int, minute: int) -> int:
    """Return when an agent is there, looked for minute by minute."""
    for begin, end in problem.absences[agent]:
        while begin <= minute < end < NEVER:
            minute += 1
        if begin <= minute and end >= NEVER:
            return NEVER
    return minute
