"""What the history knows: recorded events, forecasts, and facts that no mission file can hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.experience import NO_EXPERIENCE, Experience
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.standing import ApprovalDecision

if TYPE_CHECKING:
    from orchestrator_tui.domain.accepted_plan import PlanDecided
    from orchestrator_tui.domain.calibration import ScoredForecast


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as the history holds it."""

    sequence: int
    """Counts up from 1 and never repeats; order is by this, never by a clock."""
    seen: datetime
    """When this program learned of it, in UTC; `event.at` is when it happened."""
    mission: MissionId
    event: Event
    digest: str
    """SHA-256 over the digest of the event before and all that stands here, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The plan as it was frozen; tasks added later have no part in it."""

    frozen: datetime
    planned: Mapping[TaskId, tuple[datetime | None, datetime | None]]
    """By task: when it was to start and to finish."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """When something was expected to finish, as it was judged at one instant."""

    subject: str
    """The milestone's id; empty for the mission as a whole."""
    made: datetime
    finish: datetime | None
    """Absent where it was to finish never."""
    finishes: tuple[datetime | None, ...] = ()
    """By the `LEVELS` of a foresight, where one was made; None for never."""
    due: datetime | None = None
    on_time: float | None = None
    """The probability, from 0 to 1, that it finishes by `due`."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A person has seen something, and takes care of it."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A person wants nobody to be told of something for a while."""

    by: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Assigned:
    """A person said who is to take care of something."""

    by: str
    at: datetime
    to: str
    """The id of an agent or of a stakeholder."""


@dataclass(frozen=True, slots=True)
class ApprovalGiven:
    """What a person decided of a milestone."""

    by: str
    at: datetime
    decision: ApprovalDecision
    comment: str = ""
    evidence: str = ""
    """The digest of the evidence that was shown."""
    looked_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """What the history holds about one mission, as of one instant."""

    baseline: Baseline | None = None
    """The one in force: the newest of the frozen one and those of the plans that were accepted.
    Absent where there is none: it is then computed from the mission."""
    replanned: datetime | None = None
    """When the baseline replaced an older one; absent while the first is in force."""
    first_seen: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """By id of an escalation that is open: since when, where no stamp in the mission says so."""
    acknowledged: Mapping[str, Acknowledgement] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """By id of an escalation: the newest acknowledgement that was not withdrawn."""
    snoozed: Mapping[str, Snoozed] = field(default_factory=lambda: MappingProxyType({}))
    """By id of an escalation: the newest snooze that was not withdrawn, be it over."""
    assigned: Mapping[str, Assigned] = field(default_factory=lambda: MappingProxyType({}))
    """By id of an escalation: the newest assignment that was not withdrawn."""
    ticked: Mapping[tuple[MilestoneId, CriterionId], Acknowledgement] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The `manual` criteria that a person made sure of."""
    approvals: Mapping[MilestoneId, ApprovalGiven] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The newest decision on each milestone that was not withdrawn."""
    trusted: frozenset[str] = frozenset()
    """The pins of the commands that may run."""
    rework: Mapping[MilestoneId, int] = field(default_factory=lambda: MappingProxyType({}))
    """How often each milestone was sent back."""
    frozen: Baseline | None = None
    """The newest baseline that was frozen by itself, whatever plan was accepted since."""
    plans: "tuple[PlanDecided, ...]" = ()
    """What was decided of plans and not withdrawn, in order."""
    experience: Experience = NO_EXPERIENCE
    """What was finished and resolved in all missions of the history; the same object for each."""
    scored: "tuple[ScoredForecast, ...]" = ()
    """The forecasts of all missions of the history that could be scored, in order of their ends."""
    dismissed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By id of a recommendation: the cause for which it was dismissed last."""


NO_FACTS: Final = HistoryFacts()
