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
    due: datetime
    """When it has to be resolved: its own SLA, else before it becomes CRITICAL by age."""
    actions: tuple[Action, ...]
    """None where it is shown under another: nothing is asked of anybody."""
    snoozed_until: datetime | None = None
    """Nobody is told of it until then; absent where it is not, or no longer."""
    assigned_to: str | None = None
    """Who is to take care of it, as a person said."""
    is_held: bool = False
    """Whether the acknowledgement still holds: its level does not rise, nobody else is needed."""

    @property
    def is_silent(self) -> bool:
        """Say whether nobody is to be told of it now."""
        return self.inhibited_by is not None or self.snoozed_until is not None


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
