"""What a team has done before: what its forecasts and its patterns rest on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.standing import Level


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A task that was finished: what it was estimated at, and what it took."""

    mission: str
    """The id of the mission, or the name of the file that it was imported from."""
    task: str
    finished: datetime
    estimate_hours: float
    """The likely hours of work in the hands of who did it, above 0."""
    actual_hours: float
    """Hours of work that it took, above 0."""
    agent: str = ""
    category: str = ""
    """What sort of work it was: the skill it needs most, or what an import calls it."""
    group: str = ""
    """What it was done for, with others: its milestone, or what an import calls a project."""

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is known by; of two records with the same key the later one counts."""
        return self.mission, self.task


@dataclass(frozen=True, slots=True)
class BlockedSpell:
    """A blocker that was resolved: from when to when it kept somebody from work."""

    mission: str
    blocker: str
    opened: datetime
    resolved: datetime
    severity: Level = Level.MEDIUM
    agent: str = ""
    task: str = ""
    cause: str = ""
    """What it was about in one word: its first tag, what it came from outside, or who it needed."""

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is known by; of two with the same key the later one counts."""
        return self.mission, self.blocker


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A review of a milestone, and whether it sent the work back."""

    mission: str
    milestone: str
    at: datetime
    reviewer: str
    type: str
    """The milestone's type."""
    is_rework: bool

    @property
    def key(self) -> tuple[str, str, datetime]:
        """Return what it is known by."""
        return self.mission, self.milestone, self.at


@dataclass(frozen=True, slots=True)
class SilentSpell:
    """From when to when an active agent reported nothing for so long that it escalated."""

    mission: str
    agent: str
    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Experience:
    """All that was finished and resolved until some moment, in every mission of one history."""

    work: tuple[WorkRecord, ...] = ()
    """In the order in which it was finished; the newest few thousand."""
    blocked: tuple[BlockedSpell, ...] = ()
    """In the order in which they were resolved; the newest few thousand."""
    reviews: tuple[ReviewRecord, ...] = ()
    """In the order in which they were given; the newest few thousand."""
    silences: tuple[SilentSpell, ...] = ()
    """In the order in which they ended; the newest few thousand."""


NO_EXPERIENCE: Final = Experience()
MOST_RECORDS: Final = 3_000
"""Of each kind, the newest; older ones would weigh next to nothing."""
