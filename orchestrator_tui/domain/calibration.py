"""How well past forecasts held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.history import Forecast


@dataclass(frozen=True, slots=True)
class PastForecasts:
    """All that was forecast of something that has ended."""

    mission: str
    subject: str
    """The milestone's id; empty for the mission as a whole."""
    ended: datetime
    forecasts: tuple[Forecast, ...]
    """In the order in which they were made."""


@dataclass(frozen=True, slots=True)
class ScoredForecast:
    """The forecast that was in force halfway to an end, against that end."""

    mission: str
    subject: str
    forecast: Forecast
    began: datetime
    """When it was forecast first."""
    ended: datetime
    error_hours: float | None
    """The end minus the finish that was forecast (its median, where it has one); None for never."""
    held: tuple[tuple[int, bool], ...] = ()
    """By per cent of a central interval (50, 80, 90): whether the end lay in it."""
    pinball_hours: float | None = None
    """The mean pinball loss over its quantiles, in hours; twice that approximates the CRPS."""
    brier: float | None = None
    """(probability of being on time − whether it was)²; None where nothing was due."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well past forecasts held, all in all."""

    count: int = 0
    """How many had a range and have ended."""
    held: tuple[tuple[int, int], ...] = ((50, 0), (80, 0), (90, 0))
    """By per cent of a central interval: how many ends lay in it."""
    pinball_hours: float | None = None
    brier: float | None = None
    brier_count: int = 0
    """How many had something due."""
    bias_hours: float | None = None
    """The mean of end minus median: positive where work ends later than it is forecast."""
    curve: tuple[tuple[float, float], ...] = ()
    """By level of the quantiles: the share of ends that were not later. On the diagonal, if all
    is well."""

    def held_of(self, percent: int) -> int:
        """Return how many ends lay in the central interval of so many per cent."""
        return dict(self.held)[percent]


UNSCORED: Final = Calibration()
