"""What is escalated, how far, and what is asked of whom."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    TaskId,
)
from orchestrator_tui.domain.standing import (
    EscalationKind,
    EscalationLevel,
    Level,
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something the response protocol asks for at a level."""

    id: str
    text: str
    to: str | None
    """The agent or stakeholder who is asked; None for the tech lead."""


@dataclass(frozen=True, slots=True)
class EscalationAssessment:
    """One subject that needs more attention the longer it lasts."""

    id: str
    """`kind:subject` in lower case and with dashes, such as `blocker:react-dependency`."""
    kind: EscalationKind
    subject: str
    title: str
    level: EscalationLevel
    since: datetime
    age_hours: float
    next_level_at: datetime | None
    agent: AgentId | None
    """Whom it is on."""
    needs: str | None
    severity: Level | None
    acknowledged_by: str | None
    inhibited_by: str | None
    """The id of the escalation it is shown under."""
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class OpenBlocker:
    """An open blocker, as the screens list it."""

    id: BlockerId
    title: str
    severity: Level
    opened: datetime
    agent: AgentId | None
    task: TaskId | None
    needs: str | None
