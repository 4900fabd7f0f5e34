"""What is forecast of missions: when it is worth keeping, so that it can be scored later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.foresight import LEVELS, WHOLE
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId, TaskId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState

MOVED: Final = timedelta(minutes=15)
"""A finish that moved by less is told by the forecast before it.

Work is planned in hours: a quarter of one changes no score that anybody reads. Where nothing is
done every finish moves with the clock, and is kept four times an hour and not at every look.
"""
SHARE_MOVED: Final = 40
"""Of what ends soon, less is much: one in so many parts of the time until it does."""
LEAST: Final = timedelta(seconds=30)
"""What is nearly done moves with the clock, and is not to be kept at every look either."""
CHANCE_MOVED: Final = 0.05
_LEVELS: Final = tuple(LEVELS.index(each) for each in (0.1, 0.5, 0.9))
_ENDED: Final = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


class Forecasting:
    """Remembers what was noted last, and finds what has moved since."""

    def __init__(self) -> None:
        self._noted: dict[MissionId, dict[str, Forecast]] = {}

    def moved(self, judged: MissionAssessment, now: datetime) -> tuple[Forecast, ...]:
        """Return what is to be noted of a mission that was judged at `now`: nothing twice.

        Of a mission that cannot be read nothing is known, and nothing is forgotten.
        """
        if judged.judgement is None:
            return ()
        before = self._noted.get(judged.id, {})
        forecasts = {each.subject: each for each in _forecasts(judged.judgement, now)}
        moved = {
            subject: each
            for subject, each in forecasts.items()
            if subject not in before or _has_moved(before[subject], each)
        }
        self._noted[judged.id] = {
            subject: moved.get(subject) or before[subject] for subject in forecasts
        }
        return tuple(moved.values())

    def forget(self, mission: MissionId) -> None:
        """Forget a mission that is gone; if it comes back, all that is forecast is new."""
        self._noted.pop(mission, None)

    def begin_anew(self) -> None:
        """Forget everything: what was noted until now is not in the history that is open."""
        self._noted.clear()


def _forecasts(judgement: Judgement, now: datetime) -> Iterator[Forecast]:
    """Yield what is forecast of the mission and of its milestones, where work is left to do."""
    unfinished = {each.id for each in judgement.tasks if each.state not in _ENDED}
    if unfinished:
        yield _ranged(Forecast(WHOLE, now, judgement.timeline.forecast_finish), judgement)
    for each in judgement.milestones:
        if not _has_ended(each, unfinished):
            yield _ranged(Forecast(each.id, now, each.eta), judgement)


def _has_ended(milestone: MilestoneAssessment, unfinished: set[TaskId]) -> bool:
    """Say whether nothing is left to forecast; what has no task ends when it is completed."""
    if milestone.tasks:
        return unfinished.isdisjoint(milestone.tasks)
    return milestone.status is MilestoneStatus.COMPLETED


def _ranged(plain: Forecast, judgement: Judgement) -> Forecast:
    """Return a forecast with its range, where one was drawn."""
    foresight = judgement.foresight
    drawn = None if foresight is None else foresight.ranges.get(plain.subject)
    if drawn is None:
        return plain
    return replace(plain, finishes=drawn.finishes, due=drawn.due, on_time=drawn.on_time)


def _has_moved(old: Forecast, new: Forecast) -> bool:
    if old.due != new.due or bool(old.finishes) != bool(new.finishes):
        return True
    if abs((new.on_time or 0.0) - (old.on_time or 0.0)) >= CHANCE_MOVED:
        return True
    pairs = [(old.finish, new.finish)]
    if old.finishes and new.finishes:
        pairs += [(old.finishes[each], new.finishes[each]) for each in _LEVELS]
    return any(_is_elsewhere(old.made, *each) for each in pairs)


def _is_elsewhere(made: datetime, old: datetime | None, new: datetime | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(new - old) >= max(LEAST, min(MOVED, abs(old - made) / SHARE_MOVED))
