"""What agents and people do to a mission: each is turned into edits, or into a ruling."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    ChangeId,
    CriterionId,
    MilestoneId,
    TaskId,
)
from orchestrator_tui.domain.standing import AgentState, ApprovalDecision, Level, Verdict

if TYPE_CHECKING:
    from orchestrator_tui.domain.external import ChangeVerdict
    from orchestrator_tui.domain.needs import Recommendation
    from orchestrator_tui.domain.replanning import PlanOption, Replanning


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An agent says how far it is; what it does not say stays as it is."""

    agent: AgentId
    state: AgentState | None = None
    task: TaskId | None = None
    """The task it is about, and works on from now; absent: the one the mission names."""
    progress: float | None = None
    """Per cent."""
    spent: timedelta | None = None
    remaining: timedelta | None = None
    quality: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An agent says what holds it up."""

    agent: AgentId
    title: str
    task: TaskId | None = None
    severity: Level | None = None
    needs: str | None = None
    id: BlockerId | None = None
    """Absent: made from the title."""


@dataclass(frozen=True, slots=True)
class Resolve:
    """A blocker is out of the way."""

    blocker: BlockerId
    resolution: str


@dataclass(frozen=True, slots=True)
class Prioritize:
    """A task becomes more or less urgent."""

    task: TaskId
    priority: Level


@dataclass(frozen=True, slots=True)
class Assign:
    """A task is given to an agent, or to nobody."""

    task: TaskId
    agent: AgentId | None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A person has seen that something escalates, and takes care of it."""

    escalation: str
    """The id of the escalation, such as `silent-agent:react-expert`; an agent whose status is only
    stale is acknowledged under the id that its silence will have."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A person wants nobody to be told of an escalation for a while."""

    escalation: str
    """As for Acknowledge."""
    until: datetime


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person says who is to take care of an escalation."""

    escalation: str
    """As for Acknowledge."""
    to: str
    """The id of an agent or of a stakeholder."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A person has made sure of a `manual` criterion."""

    milestone: MilestoneId
    criterion: CriterionId


@dataclass(frozen=True, slots=True)
class Note:
    """A person wants something remembered of an entry, or of the mission as a whole."""

    subject: str
    """The id of an entry, or the mission's own."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReview:
    """A reviewer says what it thinks of a milestone."""

    milestone: MilestoneId
    by: AgentId
    verdict: Verdict
    score: float | None = None
    feedback: str | None = None
    checklist: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """A person approves or rejects a milestone."""

    milestone: MilestoneId
    decision: ApprovalDecision
    evidence: str
    """The digest of the evidence that was shown."""
    looked_seconds: float
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """A person allows exactly one command to run."""

    milestone: MilestoneId
    criterion: CriterionId
    pin: str


@dataclass(frozen=True, slots=True)
class Distrust:
    """A person allows no command of a criterion to run any more."""

    milestone: MilestoneId
    criterion: CriterionId


@dataclass(frozen=True, slots=True)
class DecideChange:
    """A person answers a change request without a new plan.

    One that is to be carried out needs a plan: it is accepted with it.
    """

    change: ChangeId
    verdict: "ChangeVerdict"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class AcceptPlan:
    """A person accepts one of the ways to go on, which were looked for a moment ago."""

    replanning: "Replanning"
    option: "PlanOption"
    """One of its options."""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class DismissPlan:
    """A person keeps the plan as it is, whatever called for another one."""

    replanning: "Replanning"
    """What was looked at."""
    reason: str


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """A stakeholder says how content it is with what it was told, and how."""

    score: int
    """From 1, not at all, to 5."""
    subject: str = ""
    """The milestone's id; empty for the mission as a whole."""
    comment: str = ""
    by: str = ""
    """Who says so; empty for who acts."""


@dataclass(frozen=True, slots=True)
class TakeAdvice:
    """A person does what is recommended: it is written, or done where it says."""

    recommendation: "Recommendation"


@dataclass(frozen=True, slots=True)
class DismissAdvice:
    """A person wants no more of a recommendation, as long as its cause is the same."""

    id: str
    """The recommendation's."""
    cause: str


FileDeed: TypeAlias = Report | Block | Resolve | Prioritize | Assign | GiveReview | DecideChange
"""Deeds that are written into the mission's files."""
Ruled: TypeAlias = (
    Acknowledge | Snooze | Delegate | Tick | Note | Trust | Distrust | GiveFeedback | DismissAdvice
)
"""Deeds of a person that are kept in the history alone."""
Deed: TypeAlias = FileDeed | Ruled | Decide | AcceptPlan | DismissPlan | TakeAdvice
"""A decision is kept in the history, and shown in the mission's file."""
