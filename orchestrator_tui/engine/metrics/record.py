"""What metrics are computed from: what a history holds, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.calibration import ScoredForecast
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.experience import BlockedSpell
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.rulings import Ruling, RulingKind


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time: its beginning is part of it, its end is not."""

    since: datetime
    until: datetime

    def has(self, moment: datetime) -> bool:
        """Say whether a moment lies in it."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class Record:
    """What one history holds of one mission, or of all."""

    events: tuple[RecordedEvent, ...] = ()
    """In order of their sequence."""
    scored: tuple[ScoredForecast, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    """Those that hold, in the order in which they were taken."""
    blocked: tuple[BlockedSpell, ...] = ()

    def of(self, mission: str) -> "Record":
        """Return what it holds of one mission."""
        return Record(
            tuple(each for each in self.events if each.mission == mission),
            tuple(each for each in self.scored if each.mission == mission),
            tuple(each for each in self.rulings if each.mission == mission),
            tuple(each for each in self.blocked if each.mission == mission),
        )

    def told(self, *kinds: EventKind) -> tuple[RecordedEvent, ...]:
        """Return the events of some kinds."""
        return tuple(each for each in self.events if each.event.kind in kinds)

    def decided(self, *kinds: RulingKind) -> tuple[Ruling, ...]:
        """Return the rulings of some kinds."""
        return tuple(each for each in self.rulings if each.kind in kinds)
