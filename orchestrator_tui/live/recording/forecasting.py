"""What is forecast of missions: when it is worth keeping, so that it can be scored later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState

MOVED: Final = timedelta(minutes=15)
"""A finish that moved by less is told by the forecast before it.

Work is planned in hours: a quarter of one changes no score that anybody reads. Where nothing is
done every finish moves with the clock, and is kept four times an hour and not at every look.
"""
WHOLE: Final = ""
"""The subject of what is forecast of a mission as a whole."""

_ENDED: Final = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


class Forecasting:
    """Remembers the finishes that were noted last, and finds those that have moved since."""

    def __init__(self) -> None:
        self._noted: dict[MissionId, dict[str, datetime | None]] = {}

    def moved(self, judged: MissionAssessment, now: datetime) -> tuple[Forecast, ...]:
        """Return what is to be noted of a mission that was judged at `now`: nothing twice.

        Of a mission that cannot be read nothing is known, and nothing is forgotten.
        """
        if judged.judgement is None:
            return ()
        before = self._noted.get(judged.id, {})
        finishes = dict(_finishes(judged.judgement))
        moved = {
            subject: finish
            for subject, finish in finishes.items()
            if subject not in before or _is_elsewhere(before[subject], finish)
        }
        self._noted[judged.id] = {
            subject: finish if subject in moved else before[subject]
            for subject, finish in finishes.items()
        }
        return tuple(Forecast(subject, now, finish) for subject, finish in moved.items())

    def forget(self, mission: MissionId) -> None:
        """Forget a mission that is gone; if it comes back, all that is forecast is new."""
        self._noted.pop(mission, None)

    def begin_anew(self) -> None:
        """Forget everything: what was noted until now is not in the history that is open."""
        self._noted.clear()


def _finishes(judgement: Judgement) -> Iterator[tuple[str, datetime | None]]:
    """Yield when the mission and its milestones are to finish, where they have not finished."""
    if any(each.state not in _ENDED for each in judgement.tasks):
        yield WHOLE, judgement.timeline.forecast_finish
    for each in judgement.milestones:
        if each.status is not MilestoneStatus.COMPLETED:
            yield each.id, each.eta


def _is_elsewhere(old: datetime | None, new: datetime | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(new - old) >= MOVED
