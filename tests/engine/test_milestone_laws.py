"""What holds for every milestone, whatever is found and in whatever order it comes."""

from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.evidence import Evidence, Finding
from orchestrator_tui.domain.history import Acknowledgement, ApprovalGiven, HistoryFacts
from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from tests.builders import after, finding, judged, mission, seen
from tests.engine.shuffling import shuffled

M1: Final = MilestoneId("M1")
STEPS: Final = (
    "begun", "x", "y", "tests", "coverage", "smoke", "ticked", "delivered", "review", "approved",
)  # fmt: skip
"""All that has to happen until a milestone is completed."""
WAY: Final = (
    MilestoneStatus.PENDING,
    MilestoneStatus.IN_PROGRESS,
    MilestoneStatus.VERIFYING,
    MilestoneStatus.IN_REVIEW,
    MilestoneStatus.AWAITING_APPROVAL,
    MilestoneStatus.COMPLETED,
)


def written(done: set[str]) -> dict[str, Any]:
    task = {"agent": "a", "estimate": "2h"}
    started = {"started": after(0)} if "begun" in done else {}
    milestone: dict[str, Any] = {
        "tasks": ["x", "y"],
        "criteria": {
            "tests": {"junit": "r.xml"},
            "coverage": {"coverage": "c.xml", "at_least": 80},
            "smoke": {"run": ["make", "smoke"]},
            "safe": {"manual": "look at it"},
            "excused": {"waive": "not here"},
            "seen": {"review": "b"},
        },
    }
    if "review" in done:
        milestone["review"] = {"by": "b", "at": after(5), "verdict": "PASS", "score": 95}
    return {
        "agents": {"a": {}, "b": {}},
        "tasks": {
            "x": {
                **task,
                **started,
                "deliverables": ["src/**"],
                **({"finished": after(2)} if "x" in done else {}),
            },
            "y": {**task, **({"finished": after(4)} if "y" in done else {})},
        },
        "milestones": {"M1": milestone, "M2": {"after": ["M1"]}},
    }


def findings(done: set[str]) -> dict[str, Finding]:
    given = {
        "tests": finding(observed=after(5), digest="t"),
        "coverage": finding(observed=after(5), digest="c", value=91.0),
        "smoke": finding(observed=after(5), digest="s"),
    }
    return {f"M1/{key}": each for key, each in given.items() if key in done}


def evidence(done: set[str]) -> Evidence:
    there = {"x": {"src/**": after(4) if "delivered" in done else None}}
    return seen(findings(done), deliverables=there)


def facts(done: set[str], digest: str = "") -> HistoryFacts:
    tick = {(M1, CriterionId("safe")): Acknowledgement("ann", after(5))}
    given = ApprovalGiven("ann", after(6), ApprovalDecision.APPROVED, evidence=digest)
    return HistoryFacts(
        ticked=tick if "ticked" in done else {},
        approvals={M1: given} if "approved" in done else {},
    )


def judge(done: set[str], now: float = 8) -> Judgement:
    world = mission(**written(done))
    return judged(world, after(now), evidence=evidence(done), facts=facts(done))


def status(done: set[str], now: float = 8) -> MilestoneStatus:
    return judge(done, now).milestones[0].status


EVERYTHING: Final = set(STEPS) - {"approved"}


def test_step_by_step_a_milestone_goes_the_whole_way() -> None:
    reached = [status(set(STEPS[:count])) for count in range(len(STEPS) + 1)]

    assert [WAY.index(each) for each in reached] == [0, 1, 1, 2, 2, 2, 2, 2, 3, 4, 5]


@settings(max_examples=60)
@given(
    done=st.sets(st.sampled_from(sorted(EVERYTHING))),
    more=st.sets(st.sampled_from(sorted(EVERYTHING))),
)
def test_nothing_that_is_done_takes_a_milestone_back(done: set[str], more: set[str]) -> None:
    assert WAY.index(status(done | more)) >= WAY.index(status(done))


@settings(max_examples=60)
@given(
    done=st.sets(st.sampled_from(sorted(EVERYTHING))),
    first=st.integers(0, 1000),
    later=st.integers(0, 1000),
)
def test_with_time_alone_nothing_is_completed_nor_taken_back(
    done: set[str], first: int, later: int
) -> None:
    before, then = status(done, first / 10), status(done, (first + later) / 10)

    assert WAY.index(then) >= WAY.index(before)
    assert then is not MilestoneStatus.COMPLETED


@settings(max_examples=60)
@given(done=st.sets(st.sampled_from(STEPS)), data=st.data())
def test_the_order_of_the_file_changes_no_milestone(done: set[str], data: st.DataObject) -> None:
    world = written(done)
    other = mission(**data.draw(shuffled(world)))
    found = judged(other, after(8), evidence=evidence(done), facts=facts(done))

    assert by_id(found) == by_id(judge(done))


def by_id(judgement: Judgement) -> dict[str, object]:
    return {
        each.id: (
            each.status,
            each.evidence_digest,
            each.quality_score,
            frozenset(each.held_by),
            frozenset(each.criteria),
        )
        for each in judgement.milestones
    }


@pytest.mark.parametrize(
    ("criterion", "state"),
    [
        pytest.param(criterion, state, id=f"{criterion} {state}")
        for criterion in ("tests", "coverage", "smoke")
        for state in ("FAILED", "MISSING", "STALE", "UNTRUSTED", "RUNNING")
        if (criterion, state) != ("smoke", "STALE")
    ],
)
def test_each_single_criterion_holds_a_milestone_back_with_its_reason(
    criterion: str, state: str
) -> None:
    broken = finding(state, f"{criterion} went wrong", observed=after(5))
    if state == "STALE":
        broken = finding(detail=f"{criterion} went wrong", observed=after(3))
    found = seen(
        {**findings(EVERYTHING), f"M1/{criterion}": broken},
        deliverables={"x": {"src/**": after(4)}},
    )

    one = reached_with(found)

    assert one.status == "VERIFYING"
    assert any(
        each.startswith(f"{criterion} is {state}: ") and f"{criterion} went wrong" in each
        for each in one.held_by
    )


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        pytest.param("tests", "tests is MISSING: nothing observed yet of r.xml", id="tests"),
        pytest.param("smoke", "smoke is UNTRUSTED: not allowed to run: make smoke", id="command"),
        pytest.param("ticked", "safe is MANUAL: look at it", id="by hand"),
        pytest.param("delivered", "src/** is not there.", id="deliverable"),
        pytest.param("review", "seen is MISSING: no review by b yet", id="review"),
    ],
)
def test_whatever_is_left_out_holds_a_milestone_back_with_its_reason(
    left_out: str, reason: str
) -> None:
    found = judge(EVERYTHING - {left_out}).milestones[0]

    assert found.status in {"VERIFYING", "IN_REVIEW"}
    assert found.held_by[0] == reason


def reached_with(found: Evidence, given: HistoryFacts | None = None) -> MilestoneAssessment:
    world = mission(**written(EVERYTHING))
    return judged(world, after(8), evidence=found, facts=given or facts(EVERYTHING)).milestones[0]


@settings(max_examples=40)
@given(
    criterion=st.sampled_from(["tests", "coverage", "smoke"]),
    state=st.sampled_from(["PASSED", "FAILED", "MISSING", "UNTRUSTED"]),
    digest=st.sampled_from(["t", "c", "s", "other"]),
)
def test_an_approval_is_bound_to_exactly_what_was_shown(
    criterion: str, state: str, digest: str
) -> None:
    shown = reached_with(evidence(EVERYTHING)).evidence_digest
    own = findings(EVERYTHING)[f"M1/{criterion}"]
    other = replace(finding(state, own.detail, observed=own.observed), digest=digest)
    now = seen(
        {**findings(EVERYTHING), f"M1/{criterion}": other},
        deliverables={"x": {"src/**": after(4)}},
    )

    found = reached_with(now, facts({*EVERYTHING, "approved"}, shown))

    assert found.status == "COMPLETED"
    assert found.approval is not None
    is_same = state == "PASSED" and digest == own.digest
    assert found.approval.has_changed_since is not is_same


def test_while_a_command_runs_nobody_can_tell_whether_the_evidence_changed() -> None:
    shown = reached_with(evidence(EVERYTHING)).evidence_digest
    running = seen(
        {**findings(EVERYTHING), "M1/smoke": finding("RUNNING")},
        deliverables={"x": {"src/**": after(4)}},
    )

    found = reached_with(running, facts({*EVERYTHING, "approved"}, shown))

    assert found.approval is not None
    assert not found.approval.has_changed_since
