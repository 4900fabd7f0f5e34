"""What follows for one agent."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    TaskId,
)
from orchestrator_tui.domain.standing import (
    AgentState,
    EscalationLevel,
)


class Away(NamedTuple):
    """A stretch of absence; an end that is None is never reached."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Reported:
    """What an agent says of itself."""

    state: AgentState | None
    progress_percent: float | None
    """Of its current task, as it was written; None without one."""
    at: datetime | None
    """When it last reported; absent if it never did."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was seen of an agent's work without asking it."""

    commits_last_hour: int
    commits_last_day: int
    newest_commit: datetime | None
    """Absent where none of those that were looked through is its own."""
    source: str
    at: datetime | None
    """When it was looked at."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What the evidence bears out of what an agent says."""

    tasks: tuple[TaskId, ...]
    """Its finished tasks whose evidence says the same, in mission order."""
    progress_percent: float | None
    """Of its current task, as it was measured; absent where nothing measures it."""
    detail: str
    """How it was measured, or what was passed; safe to show."""
    source: str
    at: datetime | None
    """When the evidence was made."""


@dataclass(frozen=True, slots=True)
class AgentAssessment:
    """One agent: what it does, how far it is, and whether it can be believed."""

    id: AgentId
    title: str
    icon: str
    state: AgentState
    """As shown: derived from escalations, blockers, the report and the work in hand."""
    reported_state: AgentState | None
    task: TaskId | None
    """Its current task: the one it named, else the one in hand that the schedule puts first."""
    task_title: str | None
    progress_percent: float | None
    """Of its current task; None without one."""
    spent_hours: float | None
    estimate_hours: float | None
    eta_hours: float | None
    """Until the forecast finish of its current task; None without one or without a finish."""
    queue: tuple[TaskId, ...]
    """Its other unfinished tasks in the order of the schedule."""
    is_overloaded: bool
    blockers: tuple[BlockerId, ...]
    """Open ones that name it or its current task."""
    escalation_level: EscalationLevel | None
    """The highest on it, inhibited ones included; None without any."""
    quality_score: float | None
    updated: datetime | None
    is_fresh: bool | None
    """None without work in hand; False when it never reported."""
    is_silent: bool
    contradictions: tuple[str, ...]
    """Sentences on where what it says cannot be true."""
    note: str | None
    is_standby: bool
    is_away: bool
    away: tuple[Away, ...]
    """Its windows of absence, in order of time."""
    skills: tuple[tuple[str, int], ...]
    acknowledged_by: str | None = None
    """Who has seen, since its last report, that it is silent or only stale; while that holds."""
    reported: Reported | None = None
    observed: Observed | None = None
    """Absent where no `git_author` is known, or there is no repository."""
    verified: Verified | None = None
    """Absent where no evidence speaks for it."""
