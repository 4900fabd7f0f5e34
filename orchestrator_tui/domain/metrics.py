"""How well a mission, or all of them, is led: each figure with what it was computed from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MetricKind(StrEnum):
    """What is measured, in the order in which it is shown."""

    REAL_TIME_ACCURACY = "REAL_TIME_ACCURACY"
    MILESTONE_PREDICTION = "MILESTONE_PREDICTION"
    ESCALATION_EFFECTIVENESS = "ESCALATION_EFFECTIVENESS"
    REPLANNING_SUCCESS = "REPLANNING_SUCCESS"
    STAKEHOLDER_SATISFACTION = "STAKEHOLDER_SATISFACTION"
    FORECAST_COVERAGE = "FORECAST_COVERAGE"
    RUBBER_STAMPS = "RUBBER_STAMPS"
    FALSE_GREENS = "FALSE_GREENS"
    TIME_TO_ACKNOWLEDGE = "TIME_TO_ACKNOWLEDGE"
    TIME_TO_RESOLVE = "TIME_TO_RESOLVE"


class MetricUnit(StrEnum):
    """What a value is in."""

    PERCENT = "PERCENT"
    HOURS = "HOURS"
    SCORE = "SCORE"
    """From 1 to 5."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure; its value is numerator / denominator, times 100 where it is in per cent."""

    kind: MetricKind
    unit: MetricUnit
    value: float | None
    """None where the denominator is 0."""
    numerator: float
    denominator: float
    previous: float | None
    """The value over the window before this one, of the same length; None where nothing was."""
    trend: tuple[float | None, ...]
    """The values over equal parts of the window, the oldest first."""
    more_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Metrics:
    """All figures over one window."""

    since: datetime
    """The window begins, this moment included."""
    until: datetime
    """It ends, this moment not included."""
    mission: str
    """The id of the mission; empty where they are of all in one history."""
    metrics: tuple[Metric, ...]
    """In the order of `MetricKind`."""
