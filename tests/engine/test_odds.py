"""Chances that were drawn decide how likely things stand, as long as they are of the same due."""

from datetime import datetime
from types import MappingProxyType

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.foresight import LEVELS, WHOLE, FinishRange, Foresight
from orchestrator_tui.domain.standing import Level, Standing
from tests.builders import START, after, judged, mission

DUE = after(10)


def standing(
    chance: float | None, *, due: datetime = DUE, drawn_for: datetime = DUE, estimate: str = "4h"
) -> Judgement:
    """Return how a mission with one task stands, of which this was drawn."""
    one = mission(
        agents={"ann": {}},
        deadline=due,
        tasks={"t": {"agent": "ann", "estimate": estimate}},
        milestones={"M1": {"tasks": ["t"], "due": due}},
    )
    ranges = {
        key: FinishRange(key, (after(4),) * len(LEVELS), due=drawn_for, on_time=chance)
        for key in (WHOLE, "M1")
    }
    foresight = Foresight(START, 2000, 1, 0, 0.1, MappingProxyType(ranges))
    return judged(one, foresight=foresight)


def test_a_mission_and_its_milestones_say_how_likely_they_are_in_time() -> None:
    found = standing(0.93)

    assert found.timeline.probability_on_time == 0.93
    assert found.milestones[0].probability_on_time == 0.93
    assert found.foresight is not None


@pytest.mark.parametrize(
    ("chance", "status", "risk"),
    [
        pytest.param(0.8, Standing.ON_TRACK, Level.LOW, id="likely"),
        pytest.param(0.79, Standing.AT_RISK, Level.MEDIUM, id="not quite likely"),
        pytest.param(0.5, Standing.AT_RISK, Level.MEDIUM, id="even"),
        pytest.param(0.49, Standing.AT_RISK, Level.HIGH, id="rather not"),
        pytest.param(None, Standing.ON_TRACK, Level.LOW, id="not known"),
    ],
)
def test_what_is_unlikely_to_be_in_time_is_at_risk(
    chance: float | None, status: Standing, risk: Level
) -> None:
    found = standing(chance)

    assert found.timeline.status is status
    assert found.critical_path.status is status
    assert found.milestones[0].risk is risk
    assert any("probability" in each for each in found.milestones[0].risks) == (
        risk is not Level.LOW
    )


def test_a_chance_does_not_mend_what_is_far_too_late() -> None:
    assert standing(0.9, estimate="20h").timeline.status is Standing.DELAYED


def test_a_chance_of_another_due_date_says_nothing() -> None:
    found = standing(0.1, drawn_for=after(5))

    assert found.timeline.probability_on_time is None
    assert found.milestones[0].probability_on_time is None
    assert found.timeline.status is Standing.ON_TRACK
