"""Assessments for tests, written as the engines return them."""

from datetime import UTC, datetime
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
from orchestrator_tui.domain.needs import Attention, Recommendation, Trigger
from orchestrator_tui.domain.outlook import CriticalPath, EarnedValue, Timeline
from orchestrator_tui.domain.problem import Problem
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
    TriggerKind,
)
from orchestrator_tui.domain.task_assessment import TaskAssessment

QUARTER_PAST_FOUR = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)


def at(hour: int, minute: int = 0, *, day: int = 15) -> datetime:
    """Return a time in January 2024."""
    return datetime(2024, 1, day, hour, minute, tzinfo=UTC)


def agent(id: str = "react-expert", **fields: Any) -> AgentAssessment:  # noqa: A002
    """Return an agent at work on the chat components."""
    whole: dict[str, Any] = {
        "title": id,
        "icon": "⚡",
        "state": AgentState.ACTIVE,
        "reported_state": AgentState.ACTIVE,
        "task": TaskId("chat-ui"),
        "task_title": "Chat components",
        "progress_percent": 60.0,
        "spent_hours": 6.0,
        "estimate_hours": 10.0,
        "eta_hours": 4.0,
        "queue": (TaskId("typing-indicator"),),
        "is_overloaded": False,
        "blockers": (),
        "escalation_level": None,
        "quality_score": None,
        "updated": at(16, 5),
        "is_fresh": True,
        "is_silent": False,
        "contradictions": (),
        "note": None,
        "is_standby": False,
        "is_away": False,
        "away": (),
        "skills": (("react", 5),),
    }
    return AgentAssessment(id=AgentId(id), **(whole | fields))


def task(id: str = "chat-ui", **fields: Any) -> TaskAssessment:  # noqa: A002
    """Return a task in hand."""
    whole: dict[str, Any] = {
        "title": "Chat components",
        "agent": AgentId("react-expert"),
        "is_assigned": True,
        "state": TaskState.IN_HAND,
        "priority": Level.HIGH,
        "is_optional": False,
        "progress_percent": 60.0,
        "estimate_hours": 10.0,
        "spent_hours": 6.0,
        "remaining_hours": 4.0,
        "start": at(10),
        "finish": at(20, 15),
        "baseline_start": at(10),
        "baseline_finish": at(20),
        "slack_hours": 3.0,
        "is_critical": False,
        "quality": None,
        "after": ("api-schema",),
        "deliverables": ("src/ui/**",),
        "blockers": (BlockerId("react-dependency"),),
    }
    return TaskAssessment(id=TaskId(id), **(whole | fields))


def milestone(id: str = "M3_FRONTEND_MVP", **fields: Any) -> MilestoneAssessment:  # noqa: A002
    """Return a milestone that waits for another one."""
    whole: dict[str, Any] = {
        "title": "Frontend MVP",
        "type": MilestoneType.IMPLEMENTATION_READY,
        "status": MilestoneStatus.PENDING,
        "progress_percent": 0.0,
        "tasks": (TaskId("chat-ui"),),
        "agents": (AgentId("react-expert"),),
        "after": (),
        "is_gate": False,
        "start": None,
        "eta": at(19),
        "baseline_finish": at(18),
        "due": None,
        "delay_percent": 12.5,
        "probability_on_time": None,
        "quality_score": None,
        "reviewer": None,
        "blockers": (),
        "risk": Level.LOW,
        "risks": (),
        "missing_deliverables": (),
        "criteria": (),
    }
    return MilestoneAssessment(id=MilestoneId(id), **(whole | fields))


def blocker(id: str = "react-dependency", **fields: Any) -> OpenBlocker:  # noqa: A002
    """Return an open blocker of medium severity."""
    whole: dict[str, Any] = {
        "title": "React component dependency",
        "severity": Level.MEDIUM,
        "opened": at(14),
        "agent": AgentId("react-expert"),
        "task": TaskId("chat-ui"),
        "needs": "api-architect",
    }
    return OpenBlocker(id=BlockerId(id), **(whole | fields))


def escalation(**fields: Any) -> EscalationAssessment:
    """Return the escalation of that blocker."""
    whole: dict[str, Any] = {
        "id": "blocker:react-dependency",
        "kind": EscalationKind.BLOCKER,
        "subject": "react-dependency",
        "title": "React component dependency",
        "level": EscalationLevel.MODERATE,
        "since": at(14),
        "age_hours": 2.25,
        "next_level_at": at(18),
        "agent": AgentId("react-expert"),
        "needs": "api-architect",
        "severity": Level.MEDIUM,
        "acknowledged_by": None,
        "inhibited_by": None,
        "due": at(18),
        "actions": (Action("assign-mentor", "Assign a mentor", "api-architect"),),
    }
    return EscalationAssessment(**(whole | fields))


def judgement(**fields: Any) -> Judgement:
    """Return the judgement of the chat application, an afternoon into its sprint."""
    whole: dict[str, Any] = {
        "progress_percent": 67.0,
        "timeline": Timeline(
            Standing.AHEAD, 5.0, at(22), at(21, day=16), at(23, day=16), probability_on_time=0.93
        ),
        "critical_path": CriticalPath(Standing.ON_TRACK, (TaskId("chat-ui"),), 14.0),
        "next_milestone": NextMilestone(MilestoneId("M1"), "API Schema Review", 4.0),
        "quality_score": 92.0,
        "earned_value": EarnedValue(10.0, 12.0, 11.0),
        "open_blockers": (blocker(),),
        "agents": _agents(),
        "tasks": (task(), task("typing-indicator", title="Typing indicator", after=())),
        "milestones": _milestones(),
        "escalations": (escalation(),),
        "triggers": (Trigger(TriggerKind.MILESTONE_DELAY, "M3_FRONTEND_MVP", "26% late"),),
        "attention": (
            Attention(AttentionKind.APPROVAL, "M1", 3.0, "Approve the API schema review"),
        ),
        "recommendations": _recommendations(),
        "activity": _activity(),
        "started": at(6, 30),
    }
    return Judgement(**(whole | fields))


def _agents() -> tuple[AgentAssessment, ...]:
    return (
        agent("api-architect", icon="🏗️", progress_percent=80.0, eta_hours=2.0),
        agent(blockers=(BlockerId("react-dependency"),), state=AgentState.BLOCKED),
        agent("devops-engineer", icon="🔧", progress_percent=20.0, eta_hours=8.0),
        agent("security-auditor", icon="🛡️", progress_percent=0.0, eta_hours=12.0),
    )


def _milestones() -> tuple[MilestoneAssessment, ...]:
    criterion = CriterionAssessment(
        CriterionId("unit_tests"), CriterionState.PASSED, "212 tests", at(16)
    )
    return (
        milestone("M1", title="Database models complete", eta=at(17), probability_on_time=0.85),
        milestone(
            "M2",
            title="Frontend component integration",
            risk=Level.MEDIUM,
            risks=("dependency blocker",),
            criteria=(criterion,),
        ),
        milestone("M3", title="Integration testing ready", eta=at(21), after=(MilestoneId("M2"),)),
    )


def _recommendations() -> tuple[Recommendation, ...]:
    return (
        Recommendation("a", "Consider alternative React component library", ""),
        Recommendation("b", "Parallel development of core backend features", "two agents are free"),
    )


def _activity() -> tuple[Event, ...]:
    return (
        Event(at(15, 30), EventKind.TASK_FINISHED, "t", "api-architect completed the schema"),
        Event(at(15, 45), EventKind.TASK_STARTED, "t", "django-expert started the models"),
        Event(at(16), EventKind.BLOCKER_OPENED, "b", "BLOCKER: React library compatibility"),
        Event(at(16, 15), EventKind.ESCALATED, "b", "Escalation: peer consultation requested"),
    )


def judged(one: Judgement | None, *, problems: tuple[Problem, ...] = ()) -> MissionAssessment:
    """Return the mission that this is the judgement of; without one it cannot be read."""
    return MissionAssessment(
        id=MissionId("chat-app"),
        title="Real-time Chat Application - Sprint 1" if one else "chat-app",
        path="missions/chat-app.yaml",
        revision="0" * 64,
        judgement=one,
        problems=problems,
        stale_since=None,
        missing_since=None,
        vanishing=(),
        is_being_written=False,
    )


def assessment(*missions: MissionAssessment) -> Assessment:
    """Return what there is to show at a quarter past four."""
    return Assessment(at=QUARTER_PAST_FOUR, missions=missions, problems=(), notices=())
