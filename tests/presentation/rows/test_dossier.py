"""What is said of one milestone: beside its criteria, and before it is decided on."""

from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from orchestrator_tui.domain.summary import (
    ChecklistItem,
    Delivered,
    KeyDecision,
    MilestoneSummary,
)
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.rows.approving import Terms, approval_paragraphs, why_not_yet
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.rows.dossier import LISTED, about_paragraphs
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from tests.assessments import NOW, after
from tests.ui.evidence_worlds import APPROVED, M2, M4, milestones


def one_of(key: str, **fields: Any) -> MilestoneAssessment:
    return next(replace(each, **fields) for each in milestones() if each.id == key)


def summary_of(one: MilestoneAssessment, **fields: Any) -> MilestoneSummary:
    given: dict[str, Any] = {
        "mission": "Chat",
        "id": one.id,
        "title": one.title,
        "type": one.type,
        "status": one.status,
        "at": NOW,
        "asked": ("API schema validation (api-schema, api-architect, 10h)",),
        "delivered": (
            Delivered("api-schema", "Schema", None, "docs/schema.yaml", exists=True),
            Delivered("ci", "CI pipeline", None, "ci/*.yaml", exists=False),
        ),
        "criteria": one.criteria,
        "checklist": (ChecklistItem("ids", "Every message has an id", is_checked=True),),
        "quality_score": one.quality_score,
        "reviewer": one.reviewer,
        "review": "security-auditor: PASS, 95/100",
        "deviations": ("3h later than planned.", "build is MISSING: nothing there."),
        "risks": ("Nobody has tried it",),
        "decisions": (KeyDecision("WebSockets", "Half the load", "lead", after(-9)),),
        "evidence_digest": one.evidence_digest,
        **fields,
    }
    return MilestoneSummary(**given)


def text_of(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n".join(plain(each).rstrip() for each in prose_lines(paragraphs, 90))


def about(one: MilestoneAssessment, summary: MilestoneSummary | None = None) -> str:
    return text_of(about_paragraphs(one, summary, ("The pool",), "lead (Lea)"))


@pytest.mark.parametrize(
    "words",
    [
        "Blocked by The pool",
        "Missing    docs/backend.md",
        "Approvers  lead (Lea)",
        "Reviewer   security-auditor",
        "Review     security-auditor: PASS",
        "Checklist  ✓ Every message has an id",
        "Deviations 3h later than planned.",
        "           Nobody has tried it",
        "Decisions  WebSockets (lead)\n           Half the load",
        "Sent back  1 time",
        "Due        2024-01-16 18:15 · on time with 85%",
    ],
)
def test_everything_that_is_known_has_its_label(words: str) -> None:
    one = one_of(M2)

    assert words in about(one, summary_of(one))


def test_without_its_summary_a_milestone_still_says_what_endangers_it() -> None:
    assert "Database connection pool" in about(one_of(M2))


def test_what_holds_a_milestone_is_not_told_twice() -> None:
    one = one_of(M2, held_by=("build is MISSING: nothing there",))

    assert about(one, summary_of(one)).count("build is MISSING") == 1


def test_a_forged_approval_alarms_and_says_that_it_changes_nothing() -> None:
    paragraphs = about_paragraphs(one_of(M2, forged="The file says so."), None, (), "")
    alarming = [each.text for each in paragraphs if each.tone is Tone.ALARM]

    assert alarming == ["FORGED APPROVAL", "The file says so."]
    assert "It changes nothing." in text_of(paragraphs)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "Approval   APPROVED by tess at 2024-01-15 14:30", id="approved"),
        pytest.param(
            {"decision": ApprovalDecision.REJECTED}, "Rejection  REJECTED by tess", id="rejected"
        ),
        pytest.param({"has_changed_since": True}, "evidence has changed since", id="changed"),
        pytest.param({"is_suspicious": True}, "Suspicious", id="suspicious"),
        pytest.param({"comment": "Go on"}, "“Go on”", id="a comment"),
    ],
)
def test_a_decision_says_by_whom_and_when(fields: dict[str, Any], words: str) -> None:
    one = one_of(M4, approval=replace(APPROVED, **fields), status=MilestoneStatus.COMPLETED)

    assert words in about(one)


def test_an_approver_reads_all_that_speaks_for_and_against_it() -> None:
    one = one_of(M2)
    lacks = ("static_analysis is FAILED: 2 errors",)
    text = text_of(approval_paragraphs(one, summary_of(one), Terms(M2, lacks)))

    places = [
        text.index(each)
        for each in ("Status", "Lacks      static_analysis is FAILED", "Asked",
                     "  API schema validation (api-schema", "Delivered", "  ✓ docs/schema.yaml",
                     "  ✗ ci/*.yaml", "Evidence", "  ✓ PASSED    unit_tests: 212 tests passed",
                     "reports/junit.xml · 15m old", "Review", "  security-auditor: PASS",
                     "  ✓ Every message has an id", "Deviations", "  3h later", "Risks",
                     "  Nobody has tried it", "Decisions", "  WebSockets (lead)")
    ]  # fmt: skip
    assert places == sorted(places)


def test_sections_with_nothing_in_them_say_so_and_long_ones_are_counted() -> None:
    one = one_of(M4)
    many = tuple(f"task {number}" for number in range(LISTED + 7))
    text = text_of(approval_paragraphs(one, summary_of(one, asked=many, risks=()), Terms(M4)))

    assert "Risks\n  none" in text
    assert "… and 7 more" in text


@pytest.mark.parametrize(
    ("lacks", "decision", "has_typed", "asked"),
    [
        pytest.param((), "APPROVED", True, "a comment, or nothing", id="all holds"),
        pytest.param(("x",), "APPROVED", False, "type M4", id="it lacks something"),
        pytest.param(("x",), "APPROVED", True, "say why", id="typed"),
        pytest.param(("x",), "REJECTED", False, "what does it need", id="rejected"),
    ],
)
def test_what_is_asked_next(
    lacks: tuple[str, ...], decision: str, asked: str, *, has_typed: bool
) -> None:
    terms = Terms("M4", lacks)

    question = terms.question(ApprovalDecision(decision), has_typed=has_typed)

    assert asked in plain(question)
    assert terms.needs_typing(ApprovalDecision.REJECTED) is False
    assert terms.needs_comment(ApprovalDecision.REJECTED)
    assert terms.needs_comment(ApprovalDecision.APPROVED) is bool(lacks)


@pytest.mark.parametrize("status", list(MilestoneStatus))
def test_nothing_is_decided_before_the_work_is_done(status: MilestoneStatus) -> None:
    is_to_come = status in {MilestoneStatus.PENDING, MilestoneStatus.IN_PROGRESS}

    assert bool(why_not_yet(one_of(M2, status=status))) is is_to_come
