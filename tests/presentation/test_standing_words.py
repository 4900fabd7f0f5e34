from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.standing import Level, MilestoneStatus, Standing
from orchestrator_tui.presentation.text.milestones import coming_milestones, milestone_words
from orchestrator_tui.presentation.text.standing import (
    blocker_counts,
    forecast_words,
    quality_words,
    timeline_words,
)
from tests.presentation.judgements import QUARTER_PAST_FOUR, at, blocker, judgement, milestone

AHEAD = judgement().timeline


def timeline(status: Standing, variance: float | None, finish: datetime | None) -> Timeline:
    return replace(AHEAD, status=status, variance_percent=variance, forecast_finish=finish)


@pytest.mark.parametrize(
    ("status", "variance", "finish", "said"),
    [
        pytest.param(Standing.AHEAD, 5.0, at(20), "5% AHEAD OF SCHEDULE ✅", id="ahead"),
        pytest.param(Standing.ON_TRACK, 0.3, at(20), "ON SCHEDULE ✅", id="on schedule"),
        pytest.param(Standing.ON_TRACK, -4.0, at(20), "4% BEHIND SCHEDULE ✅", id="a bit behind"),
        pytest.param(
            Standing.AT_RISK, -12.0, at(20), "12% BEHIND SCHEDULE, AT RISK ⚠️", id="at risk"
        ),
        pytest.param(
            Standing.DELAYED, -30.0, at(20), "30% BEHIND SCHEDULE, DELAYED ❌", id="delayed"
        ),
        pytest.param(Standing.DELAYED, None, None, "NO FINISH IN SIGHT ❌", id="no finish"),
        pytest.param(Standing.ON_TRACK, None, at(20), "ON TRACK ✅", id="no baseline"),
    ],
)
def test_a_timeline_says_how_it_stands(
    status: Standing, variance: float | None, finish: datetime | None, said: str
) -> None:
    assert timeline_words(timeline(status, variance, finish)).text == said


def test_a_forecast_names_the_deadline_and_the_chance_where_they_are_known() -> None:
    bare = replace(AHEAD, deadline=None, probability_on_time=None)

    assert forecast_words(bare, QUARTER_PAST_FOUR).text == "Tue 21:00"
    assert forecast_words(bare).text == "2024-01-16 21:00"
    assert forecast_words(AHEAD).text == "2024-01-16 21:00 (deadline 2024-01-16 23:00, 93% likely)"


@pytest.mark.parametrize(
    ("quality", "said"),
    [(92.0, "92/100 ✅"), (75.0, "75/100 ⚠️"), (30.0, "30/100 ❌"), (None, "not known yet")],
)
def test_quality_is_told_with_its_verdict(quality: float | None, said: str) -> None:
    assert quality_words(quality).text == said


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        pytest.param((), "0 CRITICAL ✅", id="none"),
        pytest.param((Level.MEDIUM,), "1 MEDIUM, 0 CRITICAL ✅", id="medium"),
        pytest.param((Level.HIGH, Level.LOW), "1 LOW, 1 HIGH, 0 CRITICAL ⚠️", id="high"),
        pytest.param((Level.CRITICAL,) * 2, "2 CRITICAL ❌", id="critical"),
    ],
)
def test_blockers_are_counted_by_severity(levels: tuple[Level, ...], said: str) -> None:
    assert blocker_counts(tuple(blocker(severity=each) for each in levels)).text == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"probability_on_time": 0.85}, "85% confidence", id="confidence"),
        pytest.param({"risk": Level.HIGH, "risks": ("late",)}, "RISK: late", id="risk"),
        pytest.param({"after": (MilestoneId("M1"),)}, "depends on API design", id="waits"),
        pytest.param({"status": MilestoneStatus.IN_REVIEW}, "IN REVIEW", id="review"),
        pytest.param({"status": MilestoneStatus.REWORK}, "REWORK", id="rework"),
        pytest.param({}, "PENDING, risk LOW", id="nothing special"),
    ],
)
def test_a_milestone_tells_what_matters_most(fields: dict[str, Any], said: str) -> None:
    titles = {MilestoneId("M1"): "API design"}

    assert milestone_words(milestone(**fields), titles) == f"Frontend MVP ({said})"


def test_coming_milestones_are_those_not_completed_the_earliest_first() -> None:
    world = judgement(
        milestones=(
            milestone("never", eta=None),
            milestone("late", eta=at(20)),
            milestone("done", eta=at(10), status=MilestoneStatus.COMPLETED),
            milestone("soon", eta=at(17)),
        )
    )

    assert [each.id for each in coming_milestones(world)] == ["soon", "late", "never"]
