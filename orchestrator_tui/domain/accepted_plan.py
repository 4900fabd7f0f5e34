"""What a person decided of plans: which one was accepted, what it promised, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.standing import TriggerKind


@dataclass(frozen=True, slots=True)
class DecidedCause:
    """A cause for a new plan that a person has decided on: it asks for nothing any more."""

    kind: TriggerKind
    subject: str
    cause: str
    """As it stood in the trigger."""

    @classmethod
    def of(cls, trigger: Trigger) -> "DecidedCause":
        """Return the cause of a trigger."""
        return cls(trigger.kind, trigger.subject, trigger.cause)


@dataclass(frozen=True, slots=True)
class MilestonePromise:
    """When the work of a milestone was to end."""

    id: MilestoneId
    finish: datetime | None
    """Under the plan; None where it never was to."""
    kept_finish: datetime | None
    """If nothing had been decided."""


@dataclass(frozen=True, slots=True)
class AgentTouched:
    """What a plan changes for one agent."""

    agent: AgentId
    is_activated: bool = False
    """Whether it stood by until then."""
    gets: tuple[TaskId, ...] = ()
    """Tasks that it did not have before."""
    loses: tuple[TaskId, ...] = ()
    """Tasks that go to others, are split, or are left out."""
    order: tuple[TaskId, ...] = ()
    """Its waiting tasks in their new order; empty where that does not change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedPlan:
    """A plan as it was accepted: what it promised, and what was forecast without it."""

    strategy: Strategy
    title: str
    finish: datetime | None
    """When the last task was to end under it; None where one never was to."""
    kept_finish: datetime | None
    """When it was to end if nothing had been decided, frozen; None where it never was to."""
    milestones: tuple[MilestonePromise, ...]
    baseline: Baseline
    """When each task is planned from then on; what was finished stays as it was planned before."""
    touched: tuple[AgentTouched, ...] = ()
    """In mission order."""
    scope_change: ChangeId | None = None
    """The change request that it carries out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDecided:
    """A decision on plans that holds: one was accepted, or all of them were dismissed."""

    id: str
    """Of the ruling."""
    by: str
    at: datetime
    comment: str
    """Why; of an acceptance it may be empty."""
    causes: tuple[DecidedCause, ...]
    """What it settles."""
    plan: AcceptedPlan | None = None
    """Absent where the plan was kept as it was."""


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """A decision on plans, and what came of it as far as that is known."""

    decided: PlanDecided
    actual: datetime | None = None
    """When the mission's last task really ended; absent while one has not."""
    helped: bool | None = None
    """Whether that was before the do-nothing forecast; None while nobody can tell, and where no
    plan was accepted."""
    gained_hours: float | None = None
    """By how many hours it was before it; negative where it was after. None where nobody can tell,
    and where nothing at all was to end without the plan."""
