"""Metrics over a window: each with what it was computed from, the window before, and a trend."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from orchestrator_tui.domain.metrics import Metric, MetricKind, Metrics, MetricUnit
from orchestrator_tui.engine.metrics.escalations import Acknowledging, Effectiveness, Resolving
from orchestrator_tui.engine.metrics.people import (
    FalseGreens,
    Replanning,
    RubberStamps,
    Satisfaction,
)
from orchestrator_tui.engine.metrics.predictions import Coverage, Prediction
from orchestrator_tui.engine.metrics.real_time import RealTime
from orchestrator_tui.engine.metrics.record import Record, Window

PARTS: Final = 7
"""Equal parts of the window that make the trend: of a week, its days."""
_PER_CENT: Final = 100


class Measure(Protocol):
    """What a metric is computed by, prepared from a record once."""

    def within(self, window: Window) -> tuple[float, float]:
        """Return numerator and denominator over a window."""


class _Kind(NamedTuple):
    unit: MetricUnit
    prepare: Callable[[Record], Measure]
    more_is_better: bool = True


_KINDS: Final[Mapping[MetricKind, _Kind]] = {
    MetricKind.REAL_TIME_ACCURACY: _Kind(MetricUnit.PERCENT, RealTime),
    MetricKind.MILESTONE_PREDICTION: _Kind(MetricUnit.PERCENT, Prediction),
    MetricKind.ESCALATION_EFFECTIVENESS: _Kind(MetricUnit.PERCENT, Effectiveness),
    MetricKind.REPLANNING_SUCCESS: _Kind(MetricUnit.PERCENT, Replanning),
    MetricKind.STAKEHOLDER_SATISFACTION: _Kind(MetricUnit.SCORE, Satisfaction),
    MetricKind.FORECAST_COVERAGE: _Kind(MetricUnit.PERCENT, Coverage),
    MetricKind.RUBBER_STAMPS: _Kind(MetricUnit.PERCENT, RubberStamps, more_is_better=False),
    MetricKind.FALSE_GREENS: _Kind(MetricUnit.PERCENT, FalseGreens, more_is_better=False),
    MetricKind.TIME_TO_ACKNOWLEDGE: _Kind(MetricUnit.HOURS, Acknowledging, more_is_better=False),
    MetricKind.TIME_TO_RESOLVE: _Kind(MetricUnit.HOURS, Resolving, more_is_better=False),
}


def measure(record: Record, *, mission: str, since: datetime, until: datetime) -> Metrics:
    """Return every metric over the window from `since` up to `until`, of what `record` holds.

    `mission` is its id; empty where the record is of all in one history.
    """
    window = Window(since, until)
    metrics = (_metric(kind, each, record, window) for kind, each in _KINDS.items())
    return Metrics(since=since, until=until, mission=mission, metrics=tuple(metrics))


def _metric(kind: MetricKind, how: _Kind, record: Record, window: Window) -> Metric:
    prepared = how.prepare(record)

    def value(of: Window) -> float | None:
        numerator, denominator = prepared.within(of)
        in_per_cent = _PER_CENT if how.unit is MetricUnit.PERCENT else 1
        return numerator / denominator * in_per_cent if denominator else None

    numerator, denominator = prepared.within(window)
    return Metric(
        kind=kind,
        unit=how.unit,
        value=value(window),
        numerator=numerator,
        denominator=denominator,
        previous=value(Window(window.since - (window.until - window.since), window.since)),
        trend=tuple(value(each) for each in _parts(window)),
        more_is_better=how.more_is_better,
    )


def _parts(window: Window) -> list[Window]:
    """Return equal parts of a window, to the microsecond."""
    length = window.until - window.since
    ends = [window.since + length * at // PARTS for at in range(PARTS + 1)]
    return [Window(*each) for each in pairwise(ends)]
