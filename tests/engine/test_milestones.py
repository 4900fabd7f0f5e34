"""What milestones reach, and what holds them back."""

from typing import Any

import pytest

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Acknowledgement, HistoryFacts
from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import AttentionKind, CriterionState
from tests.builders import START, after, hours_of, judged, mission

TEAM = {"a": {"skills": {"ui": 5}}, "b": {"skills": {"ui": 3}}, "c": {"skills": {"ui": 4}}}
PASS = {"by": "b", "at": after(5), "verdict": "PASS", "score": 90}
REWORK = {**PASS, "verdict": "REWORK"}
DONE = {"finished": after(4)}


def reached(now: float = 8, task: dict[str, Any] = DONE, **fields: Any) -> MilestoneAssessment:
    world = mission(
        agents=TEAM,
        tasks={"x": {"agent": "a", "estimate": "4h", "skills": {"ui": 1}, **task}},
        milestones={"M1": {"tasks": ["x"], **fields}},
    )
    (found,) = judged(world, after(now)).milestones
    return found


@pytest.mark.parametrize(
    ("task", "fields", "status"),
    [
        pytest.param({}, {}, "PENDING", id="nothing begun"),
        pytest.param({"progress": 10}, {}, "IN_PROGRESS", id="begun"),
        pytest.param(DONE, {}, "IN_REVIEW", id="nothing to check, not reviewed"),
        pytest.param(DONE, {"criteria": {"t": {"junit": "r.xml"}}}, "VERIFYING", id="unobserved"),
        pytest.param(DONE, {"criteria": {"t": {"manual": "look"}}}, "VERIFYING", id="by hand"),
        pytest.param(DONE, {"criteria": {"t": {"waive": "no"}}}, "IN_REVIEW", id="waived"),
        pytest.param(DONE, {"criteria": {"t": {"review": "b"}}}, "IN_REVIEW", id="review only"),
        pytest.param({**DONE, "quality": 60}, {"review": PASS}, "VERIFYING", id="low quality"),
        pytest.param(DONE, {"review": PASS}, "AWAITING_APPROVAL", id="passed"),
        pytest.param(DONE, {"review": REWORK}, "REWORK", id="sent back"),
        pytest.param({"finished": after(6)}, {"review": REWORK}, "IN_REVIEW", id="done again"),
        pytest.param(DONE, {"review": {**PASS, "by": "a"}}, "IN_REVIEW", id="own review"),
        pytest.param(DONE, {"review": {**PASS, "at": after(9)}}, "IN_REVIEW", id="review to come"),
    ],
)
def test_the_status_follows_from_what_is_known(
    task: dict[str, Any], fields: dict[str, Any], status: str
) -> None:
    assert reached(task=task, **fields).status == status


def test_nothing_is_claimed_of_evidence_that_was_not_looked_at() -> None:
    found = reached(type="IMPLEMENTATION_READY", criteria={"smoke": {"run": ["make", "smoke"]}})

    states = {each.id: each.state for each in found.criteria}
    assert states == {
        "unit_tests": CriterionState.MISSING,
        "code_coverage": CriterionState.MISSING,
        "static_analysis": CriterionState.MISSING,
        "benchmarks": CriterionState.MISSING,
        "smoke": CriterionState.UNTRUSTED,
    }
    assert "nothing observed" in found.criteria[0].detail


def test_quality_is_the_mean_of_what_was_judged() -> None:
    found = reached(task={**DONE, "quality": 95}, criteria={"r": {"review": "b"}}, review=PASS)

    assert found.quality_score == (100 + 95 + 90) / 3


def test_the_reviewer_knows_most_and_did_none_of_it() -> None:
    assert reached().reviewer == "c"
    assert reached(reviewer="b").reviewer == "b"


def test_an_approval_in_the_file_is_a_forgery() -> None:
    world = mission(
        agents=TEAM,
        tasks={"x": {"agent": "a", "estimate": "4h", **DONE}},
        milestones={
            "M1": {
                "tasks": ["x"],
                "review": PASS,
                "approval": {"by": "me", "at": after(6), "decision": "APPROVED"},
            }
        },
    )

    found = judged(world, after(8))
    assert found.milestones[0].status == "AWAITING_APPROVAL"
    assert {each.kind for each in found.attention} == {
        AttentionKind.APPROVAL,
        AttentionKind.FORGED_APPROVAL,
    }


def test_delay_is_measured_by_the_milestones_own_length() -> None:
    found = reached(now=5, task={})

    assert found.delay_percent == 125
    assert found.risk == "HIGH"
    assert hours_of(found.eta) == 9
    assert "Forecast 125% later than planned." in found.risks


def test_work_seen_after_a_review_makes_it_old() -> None:
    world = mission(
        agents=TEAM,
        tasks={"x": {"agent": "a", "estimate": "4h", **DONE}},
        milestones={"M1": {"tasks": ["x"], "review": REWORK}},
    )
    moved = Event(after(7), EventKind.TASK_CHANGED, "x", "x changed")

    assert judged(world, after(8)).milestones[0].status == "REWORK"
    assert judged(world, after(8), activity=(moved,)).milestones[0].status == "IN_REVIEW"


def test_what_happened_to_something_else_of_that_name_ends_no_rework() -> None:
    world = mission(
        agents={"a": {}, "b": {}},
        tasks={"x": {"agent": "a", "estimate": "4h", "finished": after(3)}},
        milestones={"M1": {"tasks": ["x"], "review": REWORK}},
    )
    other = Event(after(7), EventKind.BLOCKER_OPENED, "x", "BLOCKER: another x")

    assert judged(world, after(8), activity=(other,)).milestones[0].status == "REWORK"


def test_the_next_milestone_is_the_first_to_be_reached() -> None:
    world = mission(
        agents=TEAM,
        tasks={
            "x": {"agent": "a", "estimate": "9h"},
            "y": {"agent": "b", "estimate": "4h"},
            "z": {"agent": "c", "estimate": "1h", "finished": START},
        },
        milestones={"M1": {"tasks": ["x"]}, "M2": {"tasks": ["y"]}, "M3": {"tasks": ["z"]}},
    )

    found = judged(world).next_milestone
    assert found is not None
    assert (found.id, found.hours) == ("M2", 4)


TICK = HistoryFacts(
    ticked={(MilestoneId("M1"), CriterionId("safe")): Acknowledgement("ann", after(5))}
)


@pytest.mark.parametrize(
    ("now", "state", "detail", "status"),
    [
        pytest.param(8, "PASSED", "ticked by ann", "IN_REVIEW", id="ticked"),
        pytest.param(4.5, "MANUAL", "Nobody can get in", "VERIFYING", id="not ticked yet"),
    ],
)
def test_a_criterion_that_a_person_ticked_has_passed(
    now: float, state: str, detail: str, status: str
) -> None:
    world = mission(
        agents=TEAM,
        tasks={"x": {"agent": "a", "estimate": "4h", **DONE}},
        milestones={"M1": {"tasks": ["x"], "criteria": {"safe": {"manual": "Nobody can get in"}}}},
    )

    found = judged(world, after(now), facts=TICK)
    (one,) = found.milestones
    (criterion,) = one.criteria
    assert (criterion.state, criterion.detail, one.status) == (state, detail, status)
    assert hours_of(criterion.observed) == (5 if state == "PASSED" else None)
    assert one.quality_score == (100 if state == "PASSED" else None)
    asked = [each for each in found.attention if each.kind is AttentionKind.MANUAL_CHECK]
    assert bool(asked) == (state == "MANUAL")


def test_a_tick_on_what_is_not_manual_passes_nothing() -> None:
    world = mission(milestones={"M1": {"criteria": {"safe": {"junit": "r.xml"}}}})

    (one,) = judged(world, after(8), facts=TICK).milestones
    assert [each.state for each in one.criteria] == [CriterionState.MISSING]


def test_what_a_reviewer_writes_on_a_task_is_not_work_that_went_on() -> None:
    world = mission(
        agents=TEAM,
        tasks={"x": {"agent": "a", "estimate": "4h", **DONE}},
        milestones={"M1": {"tasks": ["x"], "review": REWORK}},
    )
    judged_it = Event(after(7), EventKind.TASK_CHANGED, "x", "x: quality 40", after="quality 40")
    spent = Event(
        after(7), EventKind.TASK_CHANGED, "x", "x: spent 6h", before="spent 5h", after="spent 6h"
    )

    assert judged(world, after(8), activity=(judged_it,)).milestones[0].status == "REWORK"
    assert judged(world, after(8), activity=(spent,)).milestones[0].status == "IN_REVIEW"
