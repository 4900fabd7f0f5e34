"""How a mission as a whole stands against its plan."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.ids import (
    TaskId,
)
from orchestrator_tui.domain.standing import (
    Standing,
)


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
    replanned: datetime | None = None
    """When a newer plan became the baseline; absent while the first is in force."""


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The chain of work that decides when the mission ends."""

    status: Standing
    """Never AHEAD."""
    tasks: tuple[TaskId, ...]
    length_hours: float


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
