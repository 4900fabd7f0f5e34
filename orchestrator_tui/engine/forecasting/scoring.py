"""Scores of past forecasts: what was foretold halfway, against what came.

Of each thing that ended one forecast counts, the one that was in force halfway from the first one
to the end: early enough to be of use, and one an end, so that ends count alike.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.calibration import Calibration, PastForecasts, ScoredForecast
from orchestrator_tui.domain.foresight import LEVELS
from orchestrator_tui.domain.history import Forecast

INTERVALS: Final = {50: (0.25, 0.75), 80: (0.1, 0.9), 90: (0.05, 0.95)}
"""By per cent of a central interval: the levels of its two ends."""
_MEDIAN: Final = LEVELS.index(0.5)
_NEVER_HOURS: Final = 24 * 365.0
"""What a quantile that lies at never counts as beyond the end, where losses are summed up."""


def scored(past: PastForecasts) -> ScoredForecast | None:
    """Return the score of what was foretold halfway; None where nothing was foretold in time."""
    if not past.forecasts or past.forecasts[0].made >= past.ended:
        return None
    began = past.forecasts[0].made
    halfway = began + (past.ended - began) / 2
    forecast = [each for each in past.forecasts if each.made <= halfway][-1]
    finish = _point(forecast)
    scores = ScoredForecast(
        past.mission,
        past.subject,
        forecast,
        began,
        past.ended,
        error_hours=None if finish is None else _hours(past.ended - finish),
        brier=_brier(forecast, past.ended),
    )
    if len(forecast.finishes) != len(LEVELS):
        return scores
    return replace(
        scores,
        held=tuple((each, _holds(forecast, each, past.ended)) for each in INTERVALS),
        pinball_hours=_pinball(forecast, past.ended),
    )


def calibrated(scores: Sequence[ScoredForecast]) -> Calibration:
    """Return how well forecasts held, of those that had a range."""
    ranged = [each for each in scores if each.held]
    briers = [each.brier for each in ranged if each.brier is not None]
    errors = [each.error_hours for each in ranged if each.error_hours is not None]
    losses = [each.pinball_hours for each in ranged if each.pinball_hours is not None]
    return Calibration(
        count=len(ranged),
        held=tuple((each, sum(dict(one.held)[each] for one in ranged)) for each in INTERVALS),
        pinball_hours=_mean(losses),
        brier=_mean(briers),
        brier_count=len(briers),
        bias_hours=_mean(errors),
        curve=_curve(ranged),
    )


def _point(forecast: Forecast) -> datetime | None:
    return forecast.finishes[_MEDIAN] if len(forecast.finishes) == len(LEVELS) else forecast.finish


def _holds(forecast: Forecast, percent: int, ended: datetime) -> bool:
    """Say whether the end lay in a central interval, its ends included; never is after all."""
    low, high = (forecast.finishes[LEVELS.index(each)] for each in INTERVALS[percent])
    return low is not None and low <= ended and (high is None or ended <= high)


def _pinball(forecast: Forecast, ended: datetime) -> float:
    """Return the mean quantile loss (Koenker and Bassett, 1978), in hours."""
    losses = []
    for level, finish in zip(LEVELS, forecast.finishes, strict=True):
        late = -_NEVER_HOURS if finish is None else _hours(ended - finish)
        losses.append(late * level if late >= 0 else -late * (1 - level))
    return sum(losses) / len(losses)


def _brier(forecast: Forecast, ended: datetime) -> float | None:
    """Return the squared error of the probability of being in time (Brier, 1950)."""
    if forecast.on_time is None or forecast.due is None:
        return None
    return (forecast.on_time - float(ended <= forecast.due)) ** 2


def _curve(ranged: Sequence[ScoredForecast]) -> tuple[tuple[float, float], ...]:
    if not ranged:
        return ()
    return tuple(
        (level, sum(_is_by(each, place) for each in ranged) / len(ranged))
        for place, level in enumerate(LEVELS)
    )


def _is_by(score: ScoredForecast, place: int) -> bool:
    finish = score.forecast.finishes[place]
    return finish is None or score.ended <= finish


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _hours(span: timedelta) -> float:
    return span / timedelta(hours=1)
