"""What follows for one task."""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.amounts import percent_words
from orchestrator_tui.domain.evidence import Deliverable, Measured
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
    """As measured where its evidence has it, else as reported."""
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
    reported_percent: float | None = None
    """What was reported; absent where nothing was."""
    measured: Measured | None = None
    """Its progress as its evidence has it; absent where nothing measures it."""
    delivered: tuple[Deliverable, ...] = ()
    """What is there of its deliverables; empty where nobody looked."""

    @property
    def measured_words(self) -> str:
        """Return `reported 80%, measured 58%: 7 of 12 tests pass`; empty where nothing measures."""
        if self.measured is None:
            return ""
        found = f"measured {percent_words(self.measured.percent)}: {self.measured.detail}"
        if self.reported_percent is None:
            return found
        return f"reported {percent_words(self.reported_percent)}, {found}"

    def has_delivered(self, pattern: str) -> bool | None:
        """Say whether a deliverable is there; None where nobody looked."""
        return next((each.exists for each in self.delivered if each.pattern == pattern), None)
