"""The chat app with something on every level of the ladder."""

from dataclasses import replace
from typing import Any

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId, BlockerId, TaskId
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel, Level
from tests.assessments import after, assessment, chat_app, chat_app_judgement
from tests.builders import mission

POOL, REACT, TOKENS = "blocker:pool", "blocker:react-dependency", "blocker:tokens"
WAITS, SILENT, PUSH = "blocker:chat-screens", "silent-agent:devops-engineer", "external:push"


def escalation(key: str, title: str, hours: float, **fields: Any) -> EscalationAssessment:
    """Return something that is open for so many hours, at the level of its age."""
    prefix, _, subject = key.partition(":")
    reached = [level for level, age in ((1, 0), (2, 2), (3, 4), (4, 8)) if hours >= age][-1]
    level = fields.pop("level", EscalationLevel(reached))
    ahead = {1: 2, 2: 4, 3: 8}.get(level)
    given: dict[str, Any] = {
        "kind": EscalationKind(prefix.upper().replace("-", "_")),
        "since": after(-hours),
        "age_hours": hours,
        "next_level_at": None if ahead is None else after(ahead - hours),
        "agent": None,
        "needs": None,
        "severity": None,
        "acknowledged_by": None,
        "inhibited_by": None,
        "due": after(4 - hours),
        "actions": (Action("self-resolve", "Resolve it alone, within the first hours", None),),
    }
    return EscalationAssessment(
        id=key, subject=subject, title=title, level=level, **{**given, **fields}
    )


def escalations() -> tuple[EscalationAssessment, ...]:
    """Return something on every level: acknowledged, snoozed, given to somebody, held back."""
    return (
        escalation(
            POOL, "Database connection pool is exhausted", 9.25,
            agent=AgentId("devops-engineer"), severity=Level.CRITICAL, acknowledged_by="tess",
            is_held=True, assigned_to="api-architect",
            actions=(
                Action("read-pooling", "Read: Sizing a pool", "devops-engineer"),
                Action("assign-mentor", "Guide devops-engineer: the pool", "api-architect"),
                Action("tech-lead", "Step in: Database connection pool is exhausted", None),
                Action("notify-boss", "Tell boss at once: the pool", "boss"),
                Action("adjust-timeline", "Decide on the mission's timeline or scope", None),
            ),
        ),
        escalation(
            REACT, "React component dependency", 4.5, agent=AgentId("react-expert"),
            needs="api-architect", severity=Level.MEDIUM,
        ),
        escalation(
            TOKENS, "Tokens expire early on the staging cluster", 2.75,
            agent=AgentId("security-auditor"), severity=Level.LOW, snoozed_until=after(1.25),
        ),
        escalation(
            WAITS, "Chat screens wait for components", 2.5, agent=AgentId("react-expert"),
            severity=Level.LOW, inhibited_by=REACT,
        ),
        escalation(SILENT, "devops-engineer is active and has not reported", 1.5,
                   agent=AgentId("devops-engineer")),
        escalation(PUSH, "Push service is FAILED", 0.5),
    )  # fmt: skip


HAPPENED = (
    Event(after(-4.5), EventKind.BLOCKER_OPENED, "react-dependency",
          "BLOCKER: React component dependency", actor="react-expert"),
    Event(after(-2.5), EventKind.ESCALATED, REACT,
          "Escalation triggered: Peer consultation requested (React component dependency)"),
    Event(after(-2.4), EventKind.ADVISED, REACT, "api-architect is asked to guide react-expert"),
    Event(after(-0.5), EventKind.ESCALATED, REACT,
          "Escalation triggered: Tech lead asked to step in (React component dependency)"),
    Event(after(-0.45), EventKind.NOTIFIED, REACT,
          "the lead is told by ops: CRITICAL React component dependency"),
    Event(after(-0.4), EventKind.ACKNOWLEDGED, POOL, "blocker:pool is acknowledged", actor="tess"),
)  # fmt: skip


def blocker(name: str, title: str, hours: float, *, task: str | None = None) -> OpenBlocker:
    """Return a blocker that is open for so many hours."""
    key = None if task is None else TaskId(task)
    return OpenBlocker(BlockerId(name), title, Level.MEDIUM, after(-hours), None, key, None)


def world(*found: EscalationAssessment, **fields: Any) -> Assessment:
    """Return the chat app with these escalations, or with something on every level."""
    judgement = chat_app_judgement(
        escalations=found or escalations(),
        open_blockers=tuple(
            blocker(each.subject, each.title, each.age_hours, task="chat-ui")
            for each in found or escalations()
            if each.kind is EscalationKind.BLOCKER
        ),
        activity=HAPPENED,
    )
    judgement = replace(judgement, **fields)
    people = {"boss": {"name": "Bea Boss", "role": "sponsor"}}
    one = mission(agents={"react-expert": {}}, stakeholders=people)
    return assessment(chat_app(judgement=judgement, mission=one))


def calm_world() -> Assessment:
    """Return the chat app with nothing escalated."""
    return world(escalation(PUSH, "", 0), escalations=(), open_blockers=(), activity=())
