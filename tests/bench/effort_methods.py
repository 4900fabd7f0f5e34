"""Forecasts of tasks by several methods: quantiles of log(actual / estimate) by case."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import numpy as np

from orchestrator_tui.domain.experience import MOST_RECORDS, WorkRecord
from orchestrator_tui.engine.forecasting.drawing.mixing import chance_below, mixed
from orchestrator_tui.engine.forecasting.drawing.prior import prior_quantiles
from orchestrator_tui.engine.forecasting.drawing.ratios import Ratios
from orchestrator_tui.engine.forecasting.drawing.three_points import three_point_quantiles
from tests.bench.effort_tasks import LEVELS, Case, Floats, at_levels

Method = Callable[[Sequence[WorkRecord], Sequence[Case]], Floats]
"""Quantiles for cases of one day, from what was finished before it, in order."""

PERT = three_point_quantiles(0.5, 1.0, 2.0)
"""Half to twice the estimate, by cell."""
EBS_LEAST = 6
"""Below so many own records Evidence-Based Scheduling takes those of all."""
HALF_LIFE = timedelta(days=240)


def ours(past: Sequence[WorkRecord], cases: Sequence[Case]) -> Floats:
    """Forecast as the product does."""
    found = Ratios(past[-MOST_RECORDS:], cases[0].day).tables([each.wanted for each in cases])
    return at_levels(np.log(found))


def raw(_: Sequence[WorkRecord], cases: Sequence[Case]) -> Floats:
    """Take the estimate at its word."""
    return np.zeros((len(cases), len(LEVELS)))


def pert(_: Sequence[WorkRecord], cases: Sequence[Case]) -> Floats:
    """Spread each estimate alike."""
    return np.tile(at_levels(PERT), (len(cases), 1))


def own_ratios(past: Sequence[WorkRecord], cases: Sequence[Case]) -> Floats:
    """Draw from the developer's own ratios: Evidence-Based Scheduling."""
    off, agents = _off(past), np.array([each.agent for each in past])
    rows = []
    for each in cases:
        own = off[agents == each.record.agent]
        rows.append(_quantiles(own if len(own) >= EBS_LEAST else off, each))
    return np.array(rows)


def weighted(past: Sequence[WorkRecord], cases: Sequence[Case]) -> Floats:
    """Draw from weighted ratios: by age and size, category × 3, own + w each, a prior of 20."""
    past = sorted(past[-MOST_RECORDS:], key=lambda each: each.actual_hours / each.estimate_hours)
    off, sizes = _off(past), np.log([each.estimate_hours for each in past])
    ages = np.array([(cases[0].day - each.finished) / HALF_LIFE for each in past])
    agents, categories = (
        np.array([getattr(each, name) for each in past]) for name in ("agent", "category")
    )
    rows = []
    for each in cases:
        hours = each.record.estimate_hours
        weights = 0.5**ages * (0.05 + np.exp(-0.5 * ((sizes - np.log(hours)) / 0.5) ** 2))
        weights *= np.where(categories == each.record.category, 3.0, 1.0)
        counted = weights * min(20, len(past)) / weights.sum() + weights * (
            agents == each.record.agent
        )
        total = counted.sum() + 20
        prior = prior_quantiles(hours)
        below = chance_below(off, prior)
        rows.append(mixed(off, counted / total, below, prior=prior, left=20 / total))
    return at_levels(np.array(rows))


def forecast(method: Method, cases: Sequence[Case], records: Sequence[WorkRecord]) -> Floats:
    """Return a method's forecasts in the order of the cases, made anew for each of their days."""
    found = []
    for day, same_day in groupby(cases, key=lambda each: each.day):
        found.append(method(before(records, day), list(same_day)))
    return np.concatenate(found)


def before(records: Sequence[WorkRecord], day: datetime) -> Sequence[WorkRecord]:
    """Return what was finished on earlier days."""
    return records[: bisect_left(records, day, key=lambda each: each.finished)]


def _off(past: Sequence[WorkRecord]) -> Floats:
    return np.log([each.actual_hours / each.estimate_hours for each in past])


def _quantiles(off: Floats, case: Case) -> Floats:
    if not len(off):
        return at_levels(prior_quantiles(case.record.estimate_hours))
    return np.quantile(off, LEVELS, method="inverted_cdf")
