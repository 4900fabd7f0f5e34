"""A forecast is kept with its range, and again when the range has moved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.foresight import LEVELS, WHOLE, FinishRange
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.standing import MilestoneStatus, Standing, TaskState
from orchestrator_tui.live.recording.forecasting import Forecasting
from tests.assessments import NOW, judgement, milestone, mission, task
from tests.foresights import foresight, whole_range

DUE = NOW + timedelta(hours=30)
LIKELY = replace(whole_range(NOW + timedelta(hours=20)), due=DUE, on_time=0.8)
LATER = timedelta(minutes=15)


def drawn(finishes: FinishRange | None) -> MissionAssessment:
    """Return a mission that ends in 20 hours, with its range."""
    ends = NOW + timedelta(hours=20)
    timeline = Timeline(Standing.ON_TRACK, None, None, ends, DUE, None)
    told = None if finishes is None else foresight(NOW, finishes)
    tasks = (task("t", state=TaskState.READY),)
    return mission(judgement=judgement(timeline=timeline, tasks=tasks, foresight=told))


def with_level(level: float, by: timedelta) -> FinishRange:
    """Return the range with one of its levels elsewhere."""
    at = LEVELS.index(level)
    moved = tuple(
        finish + by if number == at and finish is not None else finish
        for number, finish in enumerate(LIKELY.finishes)
    )
    return replace(LIKELY, finishes=moved)


def test_a_forecast_is_kept_with_its_range_and_its_chance() -> None:
    (kept,) = Forecasting().moved(drawn(LIKELY), NOW)

    assert kept.subject == WHOLE
    assert kept.finishes == LIKELY.finishes
    assert (kept.due, kept.on_time) == (DUE, 0.8)


@pytest.mark.parametrize(
    ("later", "is_kept"),
    [
        pytest.param(LIKELY, False, id="nothing"),
        pytest.param(None, True, id="the range, which is gone"),
        pytest.param(with_level(0.1, LATER), True, id="P10"),
        pytest.param(with_level(0.5, LATER), True, id="P50"),
        pytest.param(with_level(0.9, LATER), True, id="P90"),
        pytest.param(with_level(0.9, LATER - timedelta(seconds=1)), False, id="P90 by little"),
        pytest.param(with_level(0.3, LATER), False, id="a level that is not scored"),
        pytest.param(replace(LIKELY, on_time=0.74), True, id="the chance"),
        pytest.param(replace(LIKELY, on_time=0.76), False, id="the chance by little"),
        pytest.param(replace(LIKELY, due=DUE + LATER), True, id="the due date"),
    ],
)
def test_a_forecast_is_kept_again_when_its_range_has_moved(
    later: FinishRange | None, is_kept: bool
) -> None:
    forecasting = Forecasting()
    forecasting.moved(drawn(LIKELY), NOW)

    again = forecasting.moved(drawn(later), NOW)

    assert bool(again) == is_kept


def test_small_moves_are_kept_once_they_come_to_enough() -> None:
    forecasting = Forecasting()
    forecasting.moved(drawn(LIKELY), NOW)

    steps = [with_level(0.9, timedelta(minutes=each)) for each in range(0, 45, 5)]
    kept = [bool(forecasting.moved(drawn(each), NOW)) for each in steps]

    assert kept == [False, False, False, True, False, False, True, False, False]


def test_a_milestone_whose_tasks_have_ended_is_forecast_no_more() -> None:
    tasks = (task("done", state=TaskState.FINISHED), task("left", state=TaskState.READY))
    milestones = (
        milestone("reached", tasks=("done",), status=MilestoneStatus.IN_REVIEW),
        milestone("ahead", tasks=("left",), status=MilestoneStatus.PENDING),
    )
    world = mission(judgement=judgement(tasks=tasks, milestones=milestones))

    kept = Forecasting().moved(world, NOW)

    assert [each.subject for each in kept] == [WHOLE, "ahead"]
