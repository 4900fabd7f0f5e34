"""What missions tell of finished work: kept when it is new, so that it outlives their files."""

from datetime import datetime
from typing import TypeVar

from orchestrator_tui.domain.experience import NO_EXPERIENCE, Experience
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.instant import LATEST
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.forecasting.experience import records_of

T = TypeVar("T")


class Learning:
    """Remembers what was noted of each mission, and finds what is new since."""

    def __init__(self) -> None:
        self._read: dict[MissionId, Mission] = {}
        self._noted: dict[MissionId, Experience] = {}

    def news(self, known: KnownMission, now: datetime) -> Experience | None:
        """Return what is to be noted of a mission; None where there is nothing new."""
        mission = known.mission
        if mission is None or self._read.get(known.id) is mission:
            return None
        told = records_of(known.id, mission, now)
        if told == records_of(known.id, mission, LATEST):
            self._read[known.id] = mission  # else some of it is stamped later, and looked at again
        before = self._noted.get(known.id, NO_EXPERIENCE)
        self._noted[known.id] = told
        new = Experience(
            work=_missing(told.work, before.work),
            blocked=_missing(told.blocked, before.blocked),
            reviews=_missing(told.reviews, before.reviews),
        )
        return None if new == NO_EXPERIENCE else new

    def forget(self, mission: MissionId) -> None:
        """Forget a mission that is gone."""
        self._read.pop(mission, None)
        self._noted.pop(mission, None)

    def begin_anew(self) -> None:
        """Forget everything: what was noted until now is not in the history that is open."""
        self._read.clear()
        self._noted.clear()


def _missing(told: tuple[T, ...], before: tuple[T, ...]) -> tuple[T, ...]:
    known = set(before)
    return tuple(each for each in told if each not in known)
