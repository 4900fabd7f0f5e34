"""What follows for one milestone and its criteria."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    CriterionId,
    MilestoneId,
    TaskId,
)
from orchestrator_tui.domain.standing import (
    ApprovalDecision,
    CriterionState,
    Level,
    MilestoneStatus,
    MilestoneType,
)


@dataclass(frozen=True, slots=True)
class CriterionAssessment:
    """One criterion of a milestone."""

    id: CriterionId
    state: CriterionState
    detail: str
    """One line, safe to show."""
    observed: datetime | None
    source: str = ""
    """The file it was read from, relative to the workspace; empty where none is."""
    command: CommandSpec | None = None
    """What a `run` check wants to run."""
    value: float | None = None
    """What was measured, such as the per cent of lines covered; absent where nothing was."""

    @property
    def is_met(self) -> bool:
        """Say whether it passed, or was left out on purpose."""
        return self.state in {CriterionState.PASSED, CriterionState.WAIVED}


@dataclass(frozen=True, slots=True)
class ApprovalAssessment:
    """What a person decided of a milestone, as the history holds it."""

    by: str
    at: datetime
    decision: ApprovalDecision
    comment: str
    has_changed_since: bool
    """Whether the evidence is no longer what was shown when it was decided."""
    is_suspicious: bool
    """Whether it was approved after less than `policy.suspicious_approval` of looking at it."""


@dataclass(frozen=True, slots=True)
class MilestoneAssessment:
    """One milestone: what has been reached, what is missing, and when it will be."""

    id: MilestoneId
    title: str
    type: MilestoneType
    status: MilestoneStatus
    progress_percent: float
    tasks: tuple[TaskId, ...]
    agents: tuple[AgentId, ...]
    """Who works on it, in mission order."""
    after: tuple[MilestoneId, ...]
    is_gate: bool
    start: datetime | None
    """Actual or forecast start of its first task."""
    eta: datetime | None
    """Forecast finish of its tasks; the finish itself where they are finished."""
    baseline_finish: datetime | None
    due: datetime | None
    delay_percent: float | None
    probability_on_time: float | None
    quality_score: float | None
    reviewer: AgentId | None
    blockers: tuple[BlockerId, ...]
    """Open ones on it or on its tasks."""
    risk: Level
    """LOW, MEDIUM or HIGH."""
    risks: tuple[str, ...]
    """Sentences: why the risk is what it is."""
    missing_deliverables: tuple[str, ...]
    criteria: tuple[CriterionAssessment, ...]
    approval: ApprovalAssessment | None = None
    """The newest decision that holds."""
    forged: str = ""
    """One line of who claims in the file to have decided, which counts for nothing."""
    rework_count: int = 0
    """How often it was sent back, by a reviewer or an approver."""
    evidence_digest: str = ""
    """SHA-256 over all that speaks for it: a decision is bound to what was shown."""
    held_by: tuple[str, ...] = ()
    """Sentences: what keeps it where it is, once its work is done or it was sent back."""

    @property
    def is_verified(self) -> bool:
        """Say whether every criterion is met and no deliverable is missing."""
        return not self.missing_deliverables and all(each.is_met for each in self.criteria)

    @property
    def is_late(self) -> bool:
        """Say whether it is forecast, or was reached, after it is due."""
        return self.due is not None and self.eta is not None and self.eta > self.due


@dataclass(frozen=True, slots=True)
class NextMilestone:
    """The unfinished milestone with the earliest forecast finish."""

    id: MilestoneId
    title: str
    hours: float
