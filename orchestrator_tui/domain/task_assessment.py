"""What follows for one task."""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.ids import AgentId, BlockerId, TaskId
from orchestrator_tui.domain.standing import Level, TaskState


class TaskAssessment(NamedTuple):
    """One task: where it stands and when it will happen.

    A tuple, because a mission holds thousands.
    """

    id: TaskId
    title: str
    agent: AgentId | None
    """Whom the forecast gives it to."""
    is_assigned: bool
    """Whether the mission itself names its agent."""
    state: TaskState
    priority: Level
    is_optional: bool
    progress_percent: float
    estimate_hours: float
    spent_hours: float
    remaining_hours: float
    start: datetime | None
    """Actual where it has started, else forecast; None if it never can."""
    finish: datetime | None
    baseline_start: datetime | None
    baseline_finish: datetime | None
    slack_hours: float | None
    is_critical: bool
    quality: float | None
    after: tuple[str, ...]
    deliverables: tuple[str, ...]
    blockers: tuple[BlockerId, ...]
    """Open ones that name it."""
