"""Trying something out on the forecast: when the mission is likely to end with it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.forecasting.foreseeing import FEWER_RUNS, foresee

MOST_TRIALS: Final = 24
TASKS_TRIED: Final = 2_400
"""Tasks times trials: of great missions less is tried."""
FEWEST_TRIALS: Final = 4
LEAST_SAVED: Final = timedelta(minutes=5)
LEAST_SHARE: Final = 0.02
"""Of the time that is left: what saves less is nothing to change a plan for."""
_HOUR: Final = timedelta(hours=1)


@dataclass(slots=True)
class Trials:
    """Draws the future of a mission as it is, and as it would be, from the same numbers."""

    known: KnownMission
    experience: Experience
    now: datetime
    seed: int
    left: int = field(init=False)
    """How much may still be tried."""
    _likely: datetime | None = field(init=False)

    def __post_init__(self) -> None:
        """Draw the mission as it is."""
        tasks = 0 if self.known.mission is None else len(self.known.mission.tasks)
        self.left = max(FEWEST_TRIALS, min(MOST_TRIALS, TASKS_TRIED // max(1, tasks)))
        self._likely = None if self.known.mission is None else self._drawn(self.known.mission)

    @property
    def can_tell(self) -> bool:
        """Say whether it is known when the mission is likely to end."""
        return self._likely is not None

    def saved_hours(self, mission: Mission, *, instead_of: Mission | None = None) -> float | None:
        """Return by how many hours earlier one version is likely to end than another.

        The other is the mission as it is, unless it is given. None where that is too little to
        change anything for, where one never ends, and once enough was tried.
        """
        before = self._likely if instead_of is None else self._end_of(instead_of)
        after = self._end_of(mission)
        if before is None or after is None:
            return None
        saved = before - after
        is_enough = saved >= max(LEAST_SAVED, LEAST_SHARE * (before - self.now))
        return saved / _HOUR if is_enough else None

    def _end_of(self, mission: Mission) -> datetime | None:
        if self.left <= 0:
            return None
        self.left -= 1
        return self._drawn(mission)

    def _drawn(self, mission: Mission) -> datetime | None:
        """Return when half of the runs have ended."""
        known = replace(self.known, mission=mission)
        drawn = foresee(known, self.experience, self.now, runs=FEWER_RUNS, seed=self.seed)
        return None if drawn is None else drawn.ranges[WHOLE].by(0.5)
