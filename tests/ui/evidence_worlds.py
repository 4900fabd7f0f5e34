"""Worlds with evidence: milestones in every stage of life, and what speaks for each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from orchestrator_tui.domain.assessment import Assessment, Judgement
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.ids import AgentId, BlockerId, CriterionId, MilestoneId, MissionId
from orchestrator_tui.domain.milestone_assessment import (
    ApprovalAssessment,
    CriterionAssessment,
    MilestoneAssessment,
)
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.standing import (
    ApprovalDecision,
    AttentionKind,
    CriterionState,
    MilestoneStatus,
)
from orchestrator_tui.engine.assess import assess
from tests import builders
from tests.assessments import NOW, after, assessment, chat_app, chat_app_judgement

M1, M2 = MilestoneId("M1_API_DESIGN"), MilestoneId("M2_BACKEND_CORE")
M3, M4 = MilestoneId("M3_FRONTEND_MVP"), MilestoneId("API_SCHEMA_REVIEW")
DIGEST = "d1" * 32
COMMAND = CommandSpec(
    argv=("pytest", "-q", "tests/load", "--limit=200ms"),
    program="/usr/bin/pytest",
    folder="/home/lea/chat-app",
    timeout=timedelta(minutes=5),
    environment=(("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")),
    files=(("tests/load", "5a" * 32),),
    pin="a1" * 32,
)


# Assessments made by hand, for what is seen


def criterion(name: str, state: str, detail: str, **fields: Any) -> CriterionAssessment:
    """Return a criterion as it was found a quarter of an hour ago, but for `fields`."""
    given = {"observed": after(-0.25), **fields}
    return CriterionAssessment(CriterionId(name), CriterionState(state), detail, **given)


LOAD_TEST = criterion(
    "load_test", "UNTRUSTED", "not allowed to run: pytest", observed=None, command=COMMAND
)
ALL_STATES = (
    criterion("unit_tests", "PASSED", "212 tests passed", source="reports/junit.xml"),
    criterion("code_coverage", "PASSED", "91.4% of lines", source="reports/coverage.xml"),
    criterion("static_analysis", "FAILED", "2 errors: B608 at db.py:41", source="reports/a.sarif"),
    criterion("benchmarks", "STALE", "2h15 older than src/db.py", observed=after(-5)),
    criterion("build", "MISSING", "nothing matches reports/build*.json", observed=None),
    LOAD_TEST,
    criterion("smoke_test", "RUNNING", "running since 16:14", observed=None, command=COMMAND),
    criterion("security_review", "MANUAL", "Security review passed", observed=None),
    criterion("penetration", "WAIVED", "the vendor does it in May", observed=None),
)
HOLDING = (
    criterion("schema_documentation", "PASSED", "1 file", source="docs/api/schema.yaml"),
    criterion("peer_review", "PASSED", "security-auditor says PASS", observed=after(-1)),
)
APPROVED = ApprovalAssessment(
    by="tess",
    at=after(-1.75),
    decision=ApprovalDecision.APPROVED,
    comment="Clear. Say which calls may be repeated.",
    has_changed_since=False,
    is_suspicious=False,
)


def _waiting(kind: AttentionKind, milestone: MilestoneId, hours: int, text: str) -> Attention:
    why = f"{hours}h of work waits on it, 1h30 to spare" if hours else "no work waits on it"
    return Attention(kind, milestone, hours, text, why=why)


ATTENTION = (
    _waiting(AttentionKind.APPROVAL, M4, 3, "Approve API Schema Review"),
    _waiting(AttentionKind.TRUST, M2, 2, "Allow the command of Backend core, or not: load_test"),
    _waiting(AttentionKind.MANUAL_CHECK, M2, 1, "Check by hand for Backend core"),
    _waiting(AttentionKind.FORGED_APPROVAL, M3, 0, "Frontend MVP: the file says APPROVED"),
)
HAPPENED = (
    Event(after(-3), EventKind.CRITERION_TICKED, f"{M2}/security_review", "Ticked", actor="tess"),
    Event(after(-2), EventKind.MILESTONE_REVIEWED, M2, "Backend core: REWORK", actor="sue"),
    Event(after(-1.5), EventKind.TASK_FINISHED, "api-design", "The design is finished"),
    Event(after(-1), EventKind.TASK_FINISHED, "api-schema", "The schema is finished"),
)


def milestones() -> tuple[MilestoneAssessment, ...]:
    """Return a milestone that is complete, one in progress, one ahead, and one to approve."""
    first, second, third, fourth = chat_app_judgement().milestones
    return (
        replace(first, criteria=HOLDING, approval=APPROVED, evidence_digest=DIGEST),
        replace(
            second,
            criteria=ALL_STATES,
            evidence_digest=DIGEST,
            blockers=(BlockerId("react-dependency"),),
            agents=(AgentId("api-architect"), AgentId("devops-engineer")),
            reviewer=AgentId("security-auditor"),
            missing_deliverables=("docs/backend.md",),
            rework_count=1,
        ),
        replace(third, start=after(27.75), agents=(AgentId("react-expert"),)),
        replace(
            fourth,
            status=MilestoneStatus.AWAITING_APPROVAL,
            progress_percent=100.0,
            criteria=HOLDING,
            evidence_digest=DIGEST,
            eta=after(-0.5),
        ),
    )


def judgement_with(of: MilestoneId = M2, **fields: Any) -> Judgement:
    """Return the chat app's judgement, one of its milestones different."""
    found = tuple(replace(each, **fields) if each.id == of else each for each in milestones())
    return chat_app_judgement(milestones=found, attention=ATTENTION, activity=HAPPENED)


def world(of: MilestoneId = M2, **fields: Any) -> Assessment:
    """Return the chat app, one of its milestones different."""
    return assessment(chat_app(judgement=judgement_with(of, **fields)))


# A mission that is judged by the engines, for what is decided

WIKI = MissionId("wiki")
READY = MilestoneId("READY")
PASSED = builders.finding("PASSED", "212 tests passed", source="reports/junit.xml", digest="1")
FAILED = builders.finding("FAILED", "3 of 212 tests failed", source="reports/junit.xml", digest="2")


def judged_world(tests: Finding = PASSED, *, now: datetime = NOW, **fields: Any) -> Assessment:
    """Return a mission whose milestone is done, and approved or not as its tests say.

    `fields` are those of the milestone.
    """
    one = builders.mission(
        mission="Team wiki",
        stakeholders={"lead": {"name": "Lea Lead"}, "boss": {}},
        agents={"ann": {}, "rev": {}},
        tasks={
            "pages": {
                "title": "The pages",
                "agent": "ann",
                "estimate": "4h",
                "started": builders.START,
                "finished": builders.after(4),
            },
            "search": {"title": "The search", "agent": "ann", "estimate": "90h"},
        },
        milestones={READY: _ready(**fields), "LATER": {"tasks": ["search"], "after": [READY]}},
    )
    evidence = builders.seen({f"{READY}/unit_tests": tests})
    return assess(Snapshot((builders.known(one, id=WIKI, evidence=evidence),)), now)


def _ready(**fields: Any) -> Mapping[str, Any]:
    review = {"by": "rev", "at": builders.after(5), "verdict": "PASS", "score": 95}
    return {
        "title": "Ready to read",
        "tasks": ["pages"],
        "criteria": {"unit_tests": {"junit": "reports/junit*.xml"}},
        "review": {**review, "feedback": "Clear", "checklist": {"Every page has a title": True}},
        **fields,
    }
