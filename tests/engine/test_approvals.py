"""What a person's decision does to a milestone, and what nobody else can do."""

from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import AttentionKind
from orchestrator_tui.engine.approvals import may_approve
from tests.builders import after, approved, finding, judged, mission, seen

NOW = after(10)
DONE = {"estimate": "4h", "agent": "a", "finished": after(4), "deliverables": ["src/**"]}
PASS = {"by": "b", "at": after(5), "verdict": "PASS", "score": 90}
GOOD = seen(
    {"M1/tests": finding(observed=after(5), digest="d1", source="r.xml")},
    deliverables={"x": {"src/**": after(4)}},
)
BROKEN = seen(
    {"M1/tests": finding("FAILED", "3 of 12 tests failed", observed=after(9), digest="d2")},
    deliverables={"x": {"src/**": after(4)}},
)


def judgement(
    facts: HistoryFacts | None = None,
    evidence: Evidence = GOOD,
    *,
    task: dict[str, Any] | None = None,
    now: float = 10,
    activity: tuple[Event, ...] = (),
    **milestone: Any,
) -> Judgement:
    given = {"tasks": ["x"], "criteria": {"tests": {"junit": "r.xml"}}, "review": PASS}
    world = mission(
        agents={"a": {}, "b": {}},
        tasks={"x": {**DONE, **(task or {})}},
        milestones={"M1": {**given, **milestone}},
    )
    return judged(
        world, after(now), facts=facts or HistoryFacts(), evidence=evidence, activity=activity
    )


def reached(*given: Any, **fields: Any) -> MilestoneAssessment:
    return judgement(*given, **fields).milestones[0]


def shown() -> str:
    return reached().evidence_digest


def test_what_a_person_approved_is_completed() -> None:
    found = reached(approved(6, evidence=shown(), looked_seconds=30, comment="well done"))

    assert reached().status == "AWAITING_APPROVAL"
    assert found.status == "COMPLETED"
    assert found.approval is not None
    assert (found.approval.by, found.approval.at) == ("ann", after(6))
    assert found.approval.comment == "well done"
    assert not found.approval.has_changed_since
    assert not found.approval.is_suspicious


def test_a_decision_that_is_still_to_come_counts_for_nothing() -> None:
    found = reached(approved(6, evidence=shown()), now=5.5)

    assert found.approval is None
    assert found.status == "AWAITING_APPROVAL"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"evidence": BROKEN}, id="tests fail"),
        pytest.param({"task": {"finished": None, "progress": 50}}, id="a task is open again"),
        pytest.param({"task": {"quality": 20}}, id="the quality of a task"),
        pytest.param({"review": {**PASS, "verdict": "REWORK", "at": after(7)}}, id="the review"),
        pytest.param({"criteria": {"tests": {"waive": "who needs tests"}}}, id="a criterion"),
    ],
)
def test_what_changes_later_is_shown_and_takes_nothing_back(changed: dict[str, Any]) -> None:
    found = reached(approved(6, evidence=shown()), **changed)

    assert found.status == "COMPLETED"
    assert found.approval is not None
    assert found.approval.has_changed_since


def test_before_anybody_looked_nothing_is_said_to_have_changed() -> None:
    found = reached(approved(6, evidence=shown()), Evidence())

    assert found.status == "COMPLETED"
    assert found.approval is not None
    assert not found.approval.has_changed_since


def test_what_fails_after_the_approval_escalates_nothing() -> None:
    before = judgement(evidence=BROKEN)
    found = judgement(approved(6, evidence=shown()), BROKEN)

    assert [each.subject for each in before.escalations] == ["M1/tests"]
    assert [each.kind for each in before.triggers] == ["QUALITY_GATE_FAILURE"]
    assert "tests failed" in before.triggers[0].detail
    assert found.escalations == ()
    assert found.triggers == ()


@pytest.mark.parametrize(
    ("looked", "decision", "is_suspicious"),
    [
        pytest.param(9.9, "APPROVED", True, id="hardly looked"),
        pytest.param(10, "APPROVED", False, id="looked"),
        pytest.param(None, "APPROVED", False, id="nobody knows"),
        pytest.param(1, "REJECTED", False, id="a quick no"),
    ],
)
def test_an_approval_without_a_look_is_suspicious(
    looked: float | None, decision: str, *, is_suspicious: bool
) -> None:
    found = reached(approved(6, decision=decision, evidence=shown(), looked_seconds=looked))

    assert found.approval is not None
    assert found.approval.is_suspicious is is_suspicious


def test_a_rejection_sends_back_and_says_why() -> None:
    facts = approved(6, decision="REJECTED", evidence=shown(), comment="no\x1b[2J rollback")
    found = reached(replace(facts, rework={MilestoneId("M1"): 2}))

    assert found.status == "REWORK"
    assert found.approval is not None
    assert found.approval.comment == "no␛[2J rollback"
    assert found.held_by == ("ann rejected it: no␛[2J rollback",)
    assert found.rework_count == 2


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"review": {**PASS, "at": after(7)}}, "AWAITING_APPROVAL", id="a new review"),
        pytest.param({"evidence": BROKEN}, "VERIFYING", id="other evidence"),
        pytest.param({"task": {"finished": after(8)}}, "AWAITING_APPROVAL", id="done again"),
        pytest.param({"task": {"finished": None, "progress": 60}}, "IN_PROGRESS", id="reopened"),
        pytest.param(
            {"activity": (Event(after(7), EventKind.TASK_CHANGED, "x", "x: spent 9h"),)},
            "AWAITING_APPROVAL",
            id="the work was seen to go on",
        ),
    ],
)
def test_rework_lasts_until_something_changes_after_it(changed: Any, status: str) -> None:
    assert reached(approved(6, decision="REJECTED", evidence=shown()), **changed).status == status


def test_new_evidence_answers_a_review_that_asked_for_rework() -> None:
    asked = {**PASS, "verdict": "REWORK", "feedback": "too few tests"}
    newer = seen({"M1/tests": finding(observed=after(6), digest="d2", source="r.xml")})

    before = reached(review=asked)

    assert (before.status, before.held_by) == ("REWORK", ("b asks for rework: too few tests",))
    assert reached(evidence=newer, review=asked).status == "IN_REVIEW"


def claim(**fields: Any) -> dict[str, Any]:
    return {"by": "ann", "at": after(6), "decision": "APPROVED", "evidence": shown(), **fields}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"by": "the boss"}, id="another name"),
        pytest.param({"at": after(6.1)}, id="another time"),
        pytest.param({"decision": "REJECTED"}, id="another decision"),
        pytest.param({"evidence": "0" * 64}, id="other evidence"),
        pytest.param({"evidence": None}, id="no evidence"),
    ],
)
def test_a_claim_in_the_file_that_differs_from_the_history_is_forged(
    fields: dict[str, Any],
) -> None:
    facts = approved(6, evidence=shown())

    honest = judgement(facts, approval=claim())
    found = judgement(facts, approval=claim(**fields))

    assert honest.milestones[0].forged == ""
    assert "nobody decided that in the app" in found.milestones[0].forged
    assert found.milestones[0].status == "COMPLETED"
    assert AttentionKind.FORGED_APPROVAL in {each.kind for each in found.attention}
    assert AttentionKind.FORGED_APPROVAL not in {each.kind for each in honest.attention}


@pytest.mark.parametrize("decision", ["APPROVED", "REJECTED"])
def test_a_forged_decision_changes_nothing(decision: str) -> None:
    found = judgement(approval=claim(decision=decision, by="\u202eann"))

    (forged,) = [each for each in found.attention if each.kind == AttentionKind.FORGED_APPROVAL]
    assert found.milestones[0].status == "AWAITING_APPROVAL"
    assert found.milestones[0].approval is None
    assert forged.subject == "M1"
    assert "\u202e" not in forged.text
    assert f"{decision} by ‹U+202E›ann at 2024-01-15 14:00Z" in forged.text


def test_the_file_may_leave_out_the_fraction_of_a_second() -> None:
    found = reached(approved(6.0001, evidence=shown()), approval=claim())

    assert found.forged == ""


@pytest.mark.parametrize(
    ("actor", "approvers", "may"),
    [
        pytest.param("anybody", [], True, id="no approvers are named"),
        pytest.param("lead", ["lead", "boss"], True, id="by id"),
        pytest.param("Ann Lee", ["lead"], True, id="by name"),
        pytest.param("ann lee", ["lead"], False, id="another name"),
        pytest.param("boss", ["lead"], False, id="a stakeholder who is not asked"),
    ],
)
def test_who_may_approve(actor: str, approvers: list[str], *, may: bool) -> None:
    world = mission(
        stakeholders={"lead": {"name": "Ann Lee"}, "boss": {}},
        milestones={"M1": {"approvers": approvers}},
    )

    assert may_approve(world, MilestoneId("M1"), actor) is may


@pytest.mark.parametrize(
    ("task", "is_asked"),
    [
        pytest.param({"finished": None}, False, id="not begun"),
        pytest.param({"finished": None, "progress": 5}, True, id="begun"),
        pytest.param({}, True, id="done"),
    ],
)
def test_a_command_is_asked_about_once_its_milestone_has_begun(
    task: dict[str, Any], *, is_asked: bool
) -> None:
    found = judgement(task=task, criteria={"smoke": {"run": ["make", "smoke"]}})

    asked = [each for each in found.attention if each.kind == AttentionKind.TRUST]
    assert [each.text for each in asked] == (
        ["Allow the command of M1, or not: smoke"] if is_asked else []
    )
    assert {each.subject for each in asked} <= {"M1"}


def test_nobody_is_asked_to_allow_a_command_of_what_is_approved() -> None:
    found = judgement(approved(6, evidence="x"), criteria={"smoke": {"run": ["make", "smoke"]}})

    assert found.attention == ()


@pytest.mark.parametrize(
    ("task", "agents"),
    [
        pytest.param({"agent": "b"}, {"b": {}}, id="its own task"),
        pytest.param({"agent": None}, {"b": {"task": "x"}}, id="nobody's task that it is on"),
    ],
)
def test_nobody_reviews_its_own_work(task: dict[str, Any], agents: dict[str, Any]) -> None:
    world = mission(
        agents={"a": {}, **agents},
        tasks={"x": {**DONE, **task}},
        milestones={"M1": {"tasks": ["x"], "criteria": {"r": {"review": "b"}}, "review": PASS}},
    )

    (found,) = judged(world, NOW).milestones

    assert found.status == "IN_REVIEW"
    assert found.held_by[0] == "r is MISSING: no review by b yet"
