"""What was drawn of a mission's future, built by hand: what is shown of it, without the drawing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import NormalDist
from types import MappingProxyType
from typing import Any

from orchestrator_tui.domain.calibration import Calibration
from orchestrator_tui.domain.foresight import (
    LEVELS,
    WHOLE,
    ConePoint,
    Driver,
    FinishRange,
    Foresight,
)
from orchestrator_tui.domain.ids import TaskId

CONE_POINTS = 24
_NORMAL = NormalDist()


def finish_range(
    subject: str,
    middle: datetime,
    *,
    spread_hours: float = 3.0,
    due: datetime | None = None,
    never_from: float = 1.0,
    drivers: Mapping[str, float] = MappingProxyType({}),
) -> FinishRange:
    """Return a range around `middle` that is longer to the right, as work is.

    From the level `never_from` on it ends never.
    """
    finishes = tuple(
        None
        if level >= never_from
        else middle + timedelta(hours=_skewed(_NORMAL.inv_cdf(level), spread_hours))
        for level in LEVELS
    )
    return FinishRange(
        subject,
        finishes,
        due=due,
        on_time=None if due is None else chance_by(finishes, due),
        drivers=tuple(Driver(TaskId(task), weight) for task, weight in drivers.items()),
    )


def _skewed(z: float, hours: float) -> float:
    """Return hours around 0 that reach farther up than down."""
    return hours * z * (1.3 if z > 0 else 0.7)


def chance_by(finishes: tuple[datetime | None, ...], due: datetime) -> float:
    """Return the share of the levels that end by `due`."""
    return sum(each is not None and each <= due for each in finishes) / len(finishes)


def cone(start: datetime, end: datetime, *, done: float, whole: float) -> tuple[ConePoint, ...]:
    """Return the work that may be done from `start` to `end`: from `done` to `whole` hours."""
    found = []
    for each in range(CONE_POINTS + 1):
        share = each / CONE_POINTS
        low, middle, high = (
            done + (whole - done) * min(1.0, share * pace) for pace in (1.0, 1.25, 1.6)
        )
        found.append(ConePoint(start + (end - start) * share, low, middle, high))
    return tuple(found)


def foresight(made: datetime, *ranges: FinishRange, **fields: Any) -> Foresight:
    """Return what was drawn at `made`: these ranges, but for `fields`."""
    given: dict[str, Any] = {
        "made": made,
        "runs": 2000,
        "seed": 1,
        "own_records": 14,
        "dependence": 0.14,
        "ranges": MappingProxyType({each.subject: each for each in ranges}),
    }
    return Foresight(**{**given, **fields})


def calibration(**fields: Any) -> Calibration:
    """Return how 14 past forecasts held, but for `fields`."""
    given: dict[str, Any] = {
        "count": 14,
        "held": ((50, 6), (80, 11), (90, 13)),
        "pinball_hours": 0.84,
        "brier": 0.12,
        "brier_count": 9,
        "bias_hours": 0.6,
        "curve": tuple((level, _share_by(level, count=14)) for level in LEVELS),
    }
    return Calibration(**{**given, **fields})


def _share_by(level: float, *, count: int) -> float:
    """Return a share that `count` ends can have, a little below the level: work ends later."""
    return round(float(level**1.25) * count) / count


def whole_range(middle: datetime, **fields: Any) -> FinishRange:
    """Return when the mission as a whole may end."""
    return finish_range(WHOLE, middle, **fields)
