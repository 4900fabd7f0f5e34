"""What follows for one milestone and its criteria."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    CriterionId,
    MilestoneId,
    TaskId,
)
from orchestrator_tui.domain.standing import (
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
