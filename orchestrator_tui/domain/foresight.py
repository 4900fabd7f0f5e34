"""What was drawn of a mission's future: when it may end, how likely, and what decides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.ids import TaskId

LEVELS: Final = tuple(each / 20 for each in range(1, 20))
"""The probabilities of which the finish is kept: 5 %, 10 %, … 95 %."""
ENOUGH_RECORDS: Final = 6
"""Tasks of its own from which on a team's forecasts no longer rest on published ratios alone."""
WHOLE: Final = ""
"""The subject of what is said of a mission as a whole."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A task that decides when something ends."""

    task: TaskId
    weight: float
    """The rank correlation, from 0 to 1, of how long it takes with when that ends."""


@dataclass(frozen=True, slots=True)
class FinishRange:
    """When one milestone, or the whole mission, may end."""

    subject: str
    """The milestone's id, or `WHOLE`."""
    finishes: tuple[datetime | None, ...]
    """By `LEVELS`: it ends by then so often; None where it then ends never."""
    due: datetime | None = None
    """The milestone's due date, or the mission's deadline."""
    on_time: float | None = None
    """The probability, from 0 to 1, that it ends by `due`; None without one."""
    drivers: tuple[Driver, ...] = ()
    """The heaviest first, a handful."""

    def by(self, level: float) -> datetime | None:
        """Return when it ends with a probability of `level`, which is one of `LEVELS`."""
        return self.finishes[LEVELS.index(level)]


@dataclass(frozen=True, slots=True)
class ConePoint:
    """How much work may be done by some moment: hours of the likely estimates of what is done."""

    at: datetime
    low: float
    """One run in ten has done at most that."""
    middle: float
    high: float
    """Nine runs in ten have done at most that."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What was drawn of one mission at one instant, from seeded random numbers."""

    made: datetime
    runs: int
    seed: int
    own_records: int
    """How many finished tasks of the team it has learned from."""
    dependence: float
    """The correlation between how far two tasks are off: from 0 to 0.5."""
    ranges: Mapping[str, FinishRange] = field(default_factory=lambda: MappingProxyType({}))
    """By subject: what has not ended, in mission order, the whole first."""
    criticality: Mapping[TaskId, float] = field(default_factory=lambda: MappingProxyType({}))
    """By unfinished task: the share of runs, from 0 to 1, in which it decided the mission's end."""

    cone: tuple[ConePoint, ...] = ()
    """From `made` to when nearly every run has ended, at a few dozen moments in order."""

    @property
    def rests_on_prior(self) -> bool:
        """Say whether the team has too few tasks of its own to tell."""
        return self.own_records < ENOUGH_RECORDS
