"""What follows from a snapshot at one instant: everything the screens and the commands show.

Hours are real hours, per cent run from 0 to 100, times are aware and in UTC. What is not known is
None, never 0. Values are not rounded here; `presentation` rounds to what it shows.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.calibration import UNSCORED, Calibration
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment, NextMilestone
from orchestrator_tui.domain.needs import Attention, Recommendation, Trigger
from orchestrator_tui.domain.outlook import CriticalPath, EarnedValue, Timeline
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.task_assessment import TaskAssessment

if TYPE_CHECKING:
    from orchestrator_tui.domain.accepted_plan import PlanOutcome
    from orchestrator_tui.domain.learned import Pattern
    from orchestrator_tui.domain.mission import Mission
    from orchestrator_tui.domain.snapshot import KnownMission


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
    plans: "tuple[PlanOutcome, ...]" = ()
    """What was decided of plans, in order, and what came of it."""
    foresight: Foresight | None = None
    """When it may end, and how likely; absent until it was drawn."""
    calibration: Calibration = UNSCORED
    """How well past forecasts held, of this mission and the others of its history."""
    patterns: "tuple[Pattern, ...]" = ()
    """What the team's past teaches, the strongest first."""


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
    mission: "Mission | None" = field(default=None, compare=False, repr=False)
    """What was judged, for who asks for more than a judgement holds; absent where it is not at
    hand."""
    known: "KnownMission | None" = field(default=None, compare=False, repr=False)
    """The same with all that is known beside it, for who judges further; absent likewise."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything there is to show, at one instant."""

    at: datetime
    missions: tuple[MissionAssessment, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]

    def mission(self, wanted: MissionId) -> MissionAssessment | None:
        """Return one mission; None where it is not there."""
        return next((each for each in self.missions if each.id == wanted), None)
