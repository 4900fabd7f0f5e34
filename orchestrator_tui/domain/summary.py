"""The summary of a milestone: what an approver is shown, and what is handed over after it."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.ids import AgentId, MilestoneId
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import MilestoneStatus, MilestoneType


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing a reviewer looks at."""

    id: str
    """A name for `--check`."""
    text: str
    is_checked: bool | None
    """What the review says of it; absent where it says nothing."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one task was to deliver, and what is there."""

    task: str
    title: str
    agent: AgentId | None
    pattern: str
    exists: bool | None
    """Absent where nobody looked."""


@dataclass(frozen=True, slots=True)
class KeyDecision:
    """A decision and why it was taken."""

    title: str
    why: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class MilestoneSummary:
    """Everything about a milestone at one instant; every text is one line, safe to show."""

    mission: str
    """The mission's title."""
    id: MilestoneId
    title: str
    type: MilestoneType
    status: MilestoneStatus
    at: datetime
    asked: tuple[str, ...]
    """What was asked: one sentence a task."""
    delivered: tuple[Delivered, ...]
    criteria: tuple[CriterionAssessment, ...]
    checklist: tuple[ChecklistItem, ...]
    quality_score: float | None
    reviewer: AgentId | None
    review: str
    """What the reviewer said; empty where nobody reviewed it."""
    deviations: tuple[str, ...]
    """Of time, quality and scope, each against the baseline."""
    risks: tuple[str, ...]
    decisions: tuple[KeyDecision, ...]
    evidence_digest: str
