"""Assessments for tests, built by hand: what the screens show, without the engines."""

from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    CriterionId,
    MilestoneId,
    MissionId,
    TaskId,
)
from orchestrator_tui.domain.milestone_assessment import (
    CriterionAssessment,
    MilestoneAssessment,
    NextMilestone,
)
from orchestrator_tui.domain.needs import Attention, Recommendation
from orchestrator_tui.domain.outlook import CriticalPath, EarnedValue, Timeline
from orchestrator_tui.domain.standing import (
    AgentState,
    AttentionKind,
    CriterionState,
    EscalationKind,
    EscalationLevel,
    Level,
    MilestoneStatus,
    MilestoneType,
    Standing,
    TaskState,
)
from orchestrator_tui.domain.task_assessment import TaskAssessment

NOW = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)
STARTED = NOW - timedelta(hours=9, minutes=45)


def after(hours: float) -> datetime:
    """Return the moment `hours` after NOW."""
    return NOW + timedelta(hours=hours)


def agent(name: str, **fields: Any) -> AgentAssessment:
    """Return an agent that has nothing to do, but for `fields`."""
    given: dict[str, Any] = {
        "id": AgentId(name),
        "title": name,
        "icon": "•",
        "state": AgentState.AVAILABLE,
        "reported_state": None,
        "task": None,
        "task_title": None,
        "progress_percent": None,
        "spent_hours": None,
        "estimate_hours": None,
        "eta_hours": None,
        "queue": (),
        "is_overloaded": False,
        "blockers": (),
        "escalation_level": None,
        "quality_score": None,
        "updated": None,
        "is_fresh": None,
        "is_silent": False,
        "contradictions": (),
        "note": None,
        "is_standby": False,
        "is_away": False,
        "away": (),
        "skills": (),
    }
    return AgentAssessment(**{**given, **fields})


def task(name: str, **fields: Any) -> TaskAssessment:
    """Return a task that waits, but for `fields`."""
    given: dict[str, Any] = {
        "id": TaskId(name),
        "title": name,
        "agent": None,
        "is_assigned": True,
        "state": TaskState.WAITING,
        "priority": Level.MEDIUM,
        "is_optional": False,
        "progress_percent": 0.0,
        "estimate_hours": 4.0,
        "spent_hours": 0.0,
        "remaining_hours": 4.0,
        "start": None,
        "finish": None,
        "baseline_start": None,
        "baseline_finish": None,
        "slack_hours": None,
        "is_critical": False,
        "quality": None,
        "after": (),
        "deliverables": (),
        "blockers": (),
    }
    return TaskAssessment(**{**given, **fields})


def milestone(name: str, **fields: Any) -> MilestoneAssessment:
    """Return a milestone that waits, but for `fields`."""
    given: dict[str, Any] = {
        "id": MilestoneId(name),
        "title": name,
        "type": MilestoneType.CUSTOM,
        "status": MilestoneStatus.PENDING,
        "progress_percent": 0.0,
        "tasks": (),
        "agents": (),
        "after": (),
        "is_gate": False,
        "start": None,
        "eta": None,
        "baseline_finish": None,
        "due": None,
        "delay_percent": None,
        "probability_on_time": None,
        "quality_score": None,
        "reviewer": None,
        "blockers": (),
        "risk": Level.LOW,
        "risks": (),
        "missing_deliverables": (),
        "criteria": (),
    }
    return MilestoneAssessment(**{**given, **fields})


def judgement(**fields: Any) -> Judgement:
    """Return what is judged of a mission in which nothing is planned, but for `fields`."""
    given: dict[str, Any] = {
        "progress_percent": 0.0,
        "timeline": Timeline(Standing.ON_TRACK, 0.0, after(10), after(10), None, None),
        "critical_path": CriticalPath(Standing.ON_TRACK, (), 0.0),
        "next_milestone": None,
        "quality_score": None,
        "earned_value": EarnedValue(0.0, 0.0, 0.0),
        "open_blockers": (),
        "agents": (),
        "tasks": (),
        "milestones": (),
        "escalations": (),
        "triggers": (),
        "attention": (),
        "recommendations": (),
        "activity": (),
        "started": STARTED,
    }
    return Judgement(**{**given, **fields})


def mission(name: str = "chat-app", **fields: Any) -> MissionAssessment:
    """Return a mission read without problems, but for `fields`."""
    given: dict[str, Any] = {
        "id": MissionId(name),
        "title": name,
        "path": f"missions/{name}.yaml",
        "revision": "0" * 64,
        "judgement": judgement(),
        "problems": (),
        "stale_since": None,
        "missing_since": None,
        "vanishing": (),
        "is_being_written": False,
    }
    return MissionAssessment(**{**given, **fields})


def assessment(*missions: MissionAssessment, **fields: Any) -> Assessment:
    """Return an assessment of `missions` at NOW."""
    given: dict[str, Any] = {"at": NOW, "missions": missions, "problems": (), "notices": ()}
    return Assessment(**{**given, **fields})


def chat_app(**fields: Any) -> MissionAssessment:
    """Return the mission of the dashboard pictures: four agents, four milestones, one blocker."""
    return mission(
        "chat-app",
        **{
            "title": "Real-time Chat Application - Sprint 1",
            "judgement": chat_app_judgement(),
            **fields,
        },
    )


def chat_app_judgement(**fields: Any) -> Judgement:
    """Return what is judged of the chat application."""
    return judgement(
        **{
            "progress_percent": 67.0,
            "timeline": Timeline(Standing.AHEAD, 5.0, after(30), after(28), after(29), 0.93),
            "critical_path": CriticalPath(
                Standing.ON_TRACK, (TaskId("audit"), TaskId("load-test")), 14.0
            ),
            "next_milestone": NextMilestone(
                MilestoneId("API_SCHEMA_REVIEW"), "API Schema Review", 4.0
            ),
            "quality_score": 92.0,
            "earned_value": EarnedValue(40.0, 42.0, 39.0),
            "open_blockers": (_blocker(),),
            "agents": _agents(),
            "tasks": _tasks(),
            "milestones": _milestones(),
            "escalations": (_escalation(),),
            "attention": _attention(),
            "recommendations": _recommendations(),
            "activity": _activity(),
            **fields,
        }
    )


def _agents() -> tuple[AgentAssessment, ...]:
    return (
        agent(
            "api-architect",
            icon="🏗️",
            state=AgentState.ACTIVE,
            reported_state=AgentState.ACTIVE,
            task=TaskId("api-schema"),
            task_title="API schema validation",
            progress_percent=80.0,
            spent_hours=7.5,
            estimate_hours=10.0,
            eta_hours=2.0,
            queue=(TaskId("api-docs"),),
            quality_score=95.0,
            updated=after(-0.25),
            is_fresh=True,
            skills=(("api-design", 5), ("security", 2)),
            note="Validating the message schema against the examples",
        ),
        agent(
            "react-expert",
            icon="⚡",
            state=AgentState.BLOCKED,
            reported_state=AgentState.ACTIVE,
            task=TaskId("chat-ui"),
            task_title="Chat components",
            progress_percent=60.0,
            spent_hours=6.0,
            estimate_hours=10.0,
            eta_hours=4.0,
            queue=(TaskId("typing"), TaskId("emoji")),
            blockers=(BlockerId("react-dependency"),),
            escalation_level=EscalationLevel.MODERATE,
            quality_score=81.0,
            updated=after(-0.1),
            is_fresh=True,
            skills=(("react", 5), ("frontend", 4)),
        ),
        agent(
            "devops-engineer",
            icon="🔧",
            state=AgentState.ACTIVE,
            reported_state=AgentState.ACTIVE,
            task=TaskId("ci-pipeline"),
            task_title="CI pipeline",
            progress_percent=20.0,
            spent_hours=2.0,
            estimate_hours=10.0,
            eta_hours=8.0,
            updated=after(-0.6),
            is_fresh=False,
        ),
        agent(
            "security-auditor",
            icon="🛡️",
            task=TaskId("audit"),
            task_title="Security review",
            progress_percent=0.0,
            spent_hours=0.0,
            estimate_hours=12.0,
            eta_hours=12.0,
        ),
    )


def _tasks() -> tuple[TaskAssessment, ...]:
    common = {"baseline_start": STARTED, "baseline_finish": after(0)}
    return (
        task(
            "api-design", title="API design", agent=AgentId("api-architect"),
            state=TaskState.FINISHED, progress_percent=100.0, remaining_hours=0.0,
            spent_hours=4.0, start=STARTED, finish=after(-1.75),
            baseline_start=STARTED, baseline_finish=after(-2),
        ),
        task(
            "api-schema", title="API schema validation", agent=AgentId("api-architect"),
            state=TaskState.IN_HAND, progress_percent=80.0, estimate_hours=10.0,
            spent_hours=7.5, remaining_hours=2.0, start=after(-7), finish=after(2),
            slack_hours=3.0, **common,
        ),
        task(
            "chat-ui", title="Chat components", agent=AgentId("react-expert"),
            state=TaskState.IN_HAND, progress_percent=60.0, estimate_hours=10.0,
            spent_hours=6.0, remaining_hours=4.0, start=after(-6), finish=after(4),
            slack_hours=2.0, priority=Level.HIGH,
            blockers=(BlockerId("react-dependency"),), **common,
        ),
        task(
            "ci-pipeline", title="CI pipeline", agent=AgentId("devops-engineer"),
            state=TaskState.IN_HAND, progress_percent=20.0, estimate_hours=10.0,
            spent_hours=2.0, remaining_hours=8.0, start=after(-2), finish=after(8),
            slack_hours=6.0, baseline_start=after(-4), baseline_finish=after(6),
        ),
        task(
            "audit", title="Security review", agent=AgentId("security-auditor"),
            state=TaskState.READY, estimate_hours=12.0, remaining_hours=12.0, start=NOW,
            finish=after(12), slack_hours=0.0, is_critical=True,
            baseline_start=after(-1), baseline_finish=after(11),
        ),
        task(
            "load-test", title="Load test", agent=AgentId("devops-engineer"),
            estimate_hours=16.0, remaining_hours=16.0, start=after(12), finish=after(28),
            slack_hours=0.0, is_critical=True, after=("audit",),
            baseline_start=after(14), baseline_finish=after(30),
        ),
    )  # fmt: skip


def _milestones() -> tuple[MilestoneAssessment, ...]:
    return (
        milestone(
            "M1_API_DESIGN", title="API design", status=MilestoneStatus.COMPLETED,
            progress_percent=100.0, tasks=(TaskId("api-design"),), eta=after(-1.75),
            due=after(-1), quality_score=95.0,
            criteria=(
                CriterionAssessment(
                    CriterionId("peer_review"), CriterionState.PASSED, "95 of 100", after(-1)
                ),
            ),
        ),
        milestone(
            "M2_BACKEND_CORE", title="Backend core", status=MilestoneStatus.IN_PROGRESS,
            progress_percent=75.0, tasks=(TaskId("api-schema"), TaskId("ci-pipeline")),
            eta=after(25.75), due=after(26), quality_score=91.0, probability_on_time=0.85,
            risk=Level.MEDIUM, risks=("Database connection pool configuration is blocked",),
        ),
        milestone(
            "M3_FRONTEND_MVP", title="Frontend MVP", tasks=(TaskId("chat-ui"),),
            after=(MilestoneId("M2_BACKEND_CORE"),), eta=after(27.75), due=after(27),
            risk=Level.HIGH, risks=("React component dependency",), probability_on_time=0.41,
        ),
        milestone(
            "API_SCHEMA_REVIEW", title="API Schema Review", status=MilestoneStatus.IN_PROGRESS,
            progress_percent=80.0, tasks=(TaskId("api-schema"),), eta=after(4),
            due=after(5), quality_score=95.0,
        ),
    )  # fmt: skip


def _blocker() -> OpenBlocker:
    return OpenBlocker(
        BlockerId("react-dependency"),
        "React component dependency",
        Level.MEDIUM,
        after(-2.25),
        AgentId("react-expert"),
        TaskId("chat-ui"),
        "api-architect",
    )


def _escalation() -> EscalationAssessment:
    return EscalationAssessment(
        id="blocker:react-dependency",
        kind=EscalationKind.BLOCKER,
        subject="react-dependency",
        title="React component dependency",
        level=EscalationLevel.MODERATE,
        since=after(-2.25),
        age_hours=2.25,
        next_level_at=after(1.75),
        agent=AgentId("react-expert"),
        needs="api-architect",
        severity=Level.MEDIUM,
        acknowledged_by=None,
        inhibited_by=None,
        due=after(1.75),
        actions=(Action("assign-mentor", "Ask api-architect to help", "api-architect"),),
    )


def _attention() -> tuple[Attention, ...]:
    return (
        Attention(
            AttentionKind.APPROVAL,
            "M1_API_DESIGN",
            3.0,
            "Approve M1_API_DESIGN: API design",
            why="3h of work waits on it, on the critical path · all 4 criteria passed",
            delay_cost=1.0,
        ),
        Attention(
            AttentionKind.REPLAN,
            "M3_FRONTEND_MVP",
            5.0,
            "M3_FRONTEND_MVP is 26% late",
            why="5h behind the plan, 2h to spare",
        ),
    )


def _recommendations() -> tuple[Recommendation, ...]:
    return (
        Recommendation(
            "ask", "Ask api-architect about the React dependency", "it can resolve the blocker"
        ),
        Recommendation("backend", "Go on with the backend in parallel", "nothing blocks it"),
        Recommendation("fallback", "Prepare fallback components", "the blocker is 2h15 old"),
    )


def _activity() -> tuple[Event, ...]:
    return (
        Event(after(-0.75), EventKind.TASK_FINISHED, "api-design",
              "api-architect completed schema validation"),
        Event(after(-0.5), EventKind.TASK_STARTED, "models",
              "django-expert started database model implementation"),
        Event(after(-0.25), EventKind.BLOCKER_OPENED, "react-dependency",
              "BLOCKER: React component library compatibility issue"),
        Event(after(0), EventKind.ESCALATED, "react-dependency",
              "Escalation triggered: peer consultation requested"),
    )  # fmt: skip
