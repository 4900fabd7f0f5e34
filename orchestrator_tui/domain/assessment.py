"""What follows from a snapshot at one instant: everything the screens and the commands show.

Hours are real hours, per cent run from 0 to 100, times are aware and in UTC. What is not known is
None, never 0. Values are not rounded here; `presentation` rounds to what it shows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.agent import AgentState
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    CriterionId,
    MilestoneId,
    MissionId,
    TaskId,
)
from orchestrator_tui.domain.milestone import MilestoneType
from orchestrator_tui.domain.policy import Level
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.standing import (
    AttentionKind,
    CriterionState,
    EscalationKind,
    EscalationLevel,
    MilestoneStatus,
    Standing,
    TaskState,
    TriggerKind,
)


class Away(NamedTuple):
    """A stretch of absence; an end that is None is never reached."""

    start: datetime | None
    end: datetime | None


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
class Trigger:
    """A reason to re-plan."""

    kind: TriggerKind
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits for a person."""

    kind: AttentionKind
    subject: str
    hours_at_stake: float
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Something worth doing, and why."""

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """How the mission as a whole stands against its baseline."""

    status: Standing
    variance_percent: float | None
    """(Baseline finish − forecast finish) / baseline length; positive is ahead."""
    baseline_finish: datetime | None
    forecast_finish: datetime | None
    deadline: datetime | None
    probability_on_time: float | None


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The chain of work that decides when the mission ends."""

    status: Standing
    """Never AHEAD."""
    tasks: tuple[TaskId, ...]
    length_hours: float


@dataclass(frozen=True, slots=True)
class NextMilestone:
    """The unfinished milestone with the earliest forecast finish."""

    id: MilestoneId
    title: str
    hours: float


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Planned value, earned value and actual cost, in hours of work.

    Source: PMI, The Standard for Earned Value Management.
    """

    planned_hours: float
    earned_hours: float
    actual_hours: float

    @property
    def schedule_performance(self) -> float | None:
        """Return SPI = EV / PV; None before anything was planned."""
        return self.earned_hours / self.planned_hours if self.planned_hours else None

    @property
    def cost_performance(self) -> float | None:
        """Return CPI = EV / AC; None before anything was spent."""
        return self.earned_hours / self.actual_hours if self.actual_hours else None


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that follows from a mission that can be read."""

    progress_percent: float
    timeline: Timeline
    critical_path: CriticalPath
    next_milestone: NextMilestone | None
    quality_score: float | None
    earned_value: EarnedValue
    open_blockers: tuple[OpenBlocker, ...]
    """Most severe first, then oldest."""
    agents: tuple[AgentAssessment, ...]
    tasks: tuple[TaskAssessment, ...]
    milestones: tuple[MilestoneAssessment, ...]
    escalations: tuple[EscalationAssessment, ...]
    """Highest level first, then oldest."""
    triggers: tuple[Trigger, ...]
    attention: tuple[Attention, ...]
    """Most at stake first."""
    recommendations: tuple[Recommendation, ...]
    activity: tuple[Event, ...]
    """Oldest first."""
    started: datetime


@dataclass(frozen=True, slots=True)
class MissionAssessment:
    """One mission, judged; only problems where it cannot be read."""

    id: MissionId
    title: str
    """The id where the mission cannot be read."""
    path: str
    revision: str
    judgement: Judgement | None
    problems: tuple[Problem, ...]
    stale_since: datetime | None
    missing_since: datetime | None
    vanishing: tuple[str, ...]
    """Ids that the newest version no longer has, shown until that is believed."""
    is_being_written: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything there is to show, at one instant."""

    at: datetime
    missions: tuple[MissionAssessment, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
