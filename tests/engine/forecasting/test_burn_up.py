"""The burn-up: what was to be done, what is done, and what it took, at any moment."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.engine.forecasting.burn_up import burn_up
from tests import builders
from tests.assessments import NOW, after, judgement, task
from tests.builders import START, mission

EMPTY = judgement()
hours = st.floats(-60, 60)


@st.composite
def some_tasks(draw: st.DrawFn) -> TaskAssessment:
    start = after(draw(hours))
    planned = after(draw(hours))
    return task(
        "one",
        state=draw(st.sampled_from(list(TaskState))),
        start=draw(st.sampled_from([None, start])),
        finish=start + timedelta(hours=draw(st.floats(0, 50))),
        baseline_start=planned,
        baseline_finish=planned + timedelta(hours=draw(st.floats(0, 50))),
        progress_percent=draw(st.floats(0, 100)),
        estimate_hours=draw(st.floats(0, 40)),
        spent_hours=draw(st.floats(0, 80)),
    )


def judged(*tasks: TaskAssessment) -> Judgement:
    return judgement(tasks=tasks)


@given(tasks=st.lists(some_tasks(), max_size=6), at=st.lists(hours, max_size=20))
def test_work_only_grows_and_never_past_all_of_it(
    tasks: list[TaskAssessment], at: list[float]
) -> None:
    moments = [each for each in map(after, at) if each != NOW]

    burnt = burn_up(judged(*tasks), NOW, moments)

    for points in (burnt.planned, burnt.earned, burnt.actual):
        others = [hours for moment, hours in points if moment != NOW]
        assert all(early <= late + 1e-6 for early, late in pairwise(others))
    assert all(hours <= burnt.whole_hours + 1e-6 for _at, hours in burnt.planned)
    assert all(hours <= burnt.whole_hours + 1e-6 for _at, hours in burnt.earned)


@given(tasks=st.lists(some_tasks(), max_size=6), at=st.lists(hours, max_size=20))
def test_what_is_done_ends_now_and_what_was_planned_goes_on(
    tasks: list[TaskAssessment], at: list[float]
) -> None:
    moments = list(map(after, at))

    burnt = burn_up(judged(*tasks), NOW, moments)

    assert burnt.earned[-1][0] == burnt.actual[-1][0] == NOW
    assert [each for each, _hours in burnt.planned] == sorted({*moments, NOW})


@pytest.mark.parametrize(
    ("at", "planned", "earned", "actual"),
    [
        pytest.param(-8, 0.0, 0.0, 0.0, id="before it began"),
        pytest.param(-3, 2.5, 2.0, 3.0, id="halfway"),
        pytest.param(0, 5.0, 4.0, 6.0, id="now"),
    ],
)
def test_hours_are_spread_evenly_from_start_to_finish(
    at: float, planned: float, earned: float, actual: float
) -> None:
    one = task(
        "one", state=TaskState.IN_HAND, start=after(-6), finish=after(6),
        baseline_start=after(-6), baseline_finish=after(6), estimate_hours=10.0,
        progress_percent=40.0, spent_hours=6.0,
    )  # fmt: skip

    burnt = burn_up(judged(one), after(1e-9), [after(at)])

    assert dict(burnt.planned)[after(at)] == pytest.approx(planned)
    assert dict(burnt.earned)[after(at)] == pytest.approx(earned)
    assert dict(burnt.actual)[after(at)] == pytest.approx(actual)


def test_a_mission_without_tasks_is_a_line_at_nothing() -> None:
    burnt = burn_up(EMPTY, NOW, [after(-1), after(1)])

    assert {hours for _at, hours in (*burnt.planned, *burnt.earned, *burnt.actual)} == {0.0}
    assert burnt.whole_hours == 0.0


def test_a_cancelled_task_is_no_work() -> None:
    gone = task("gone", state=TaskState.CANCELLED, estimate_hours=9.0)

    assert burn_up(judged(gone), NOW, []).whole_hours == 0.0


def test_a_moment_ago_it_says_what_is_judged_now() -> None:
    one = mission(
        agents={"ada": {}, "bo": {}},
        tasks={
            "done": {
                "agent": "ada", "estimate": "4h", "started": START, "spent": "5h",
                "finished": START + timedelta(hours=5),
            },
            "halfway": {
                "agent": "bo", "estimate": "10h", "started": START, "progress": 30, "spent": "6h",
            },
            "waiting": {"agent": "ada", "estimate": "3h", "after": ["halfway"]},
        },
    )  # fmt: skip
    now = START + timedelta(hours=6)
    judged_now = builders.judged(one, now)
    before = now - timedelta(seconds=1)

    burnt = burn_up(judged_now, now, [before], mission=one)

    for points, hours in (
        (burnt.planned, judged_now.earned_value.planned_hours),
        (burnt.earned, judged_now.earned_value.earned_hours),
        (burnt.actual, judged_now.earned_value.actual_hours),
    ):
        assert dict(points)[before] == pytest.approx(hours, abs=0.01)
        assert dict(points)[now] == hours
    assert burnt.whole_hours == 17.0
