"""How long the solver may work: by the clock, or by a measure of work that is always the same."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from orchestrator_tui.engine.replanning.solving.cp_sat import WITH_PROGRAM, Effort, Ending

SECONDS_FOR_WORK: Final = 4.0
"""What a unit of the solver's own measure of work takes, at most, but for what follows."""
SECONDS_FOR_WORK_A_ROW: Final = 0.045
"""That is more in a large model."""
SECONDS_A_ROW: Final = 2e-4
"""What it takes to state a row, at most, and to simplify it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long, and how, is to be searched."""

    seconds: float
    is_deterministic: bool = False
    """Whether seconds are a budget of work, which takes at most about as long by the clock."""
    workers: int = 2
    """Processors; one where it is deterministic."""
    seed: int = 0
    tolerance: float = 0.0
    """By what share of the makespan a plan may end later, and a minute at least, if it disturbs
    less; 0 for not at all."""


class Budget:
    """What is left of a limit."""

    def __init__(
        self, limit: Limit, clock: Callable[[], float] | None, goes_on: Callable[[], bool]
    ) -> None:
        """Begin to count; without a clock, and where deterministic, what is used is added up."""
        self._limit = limit
        self._clock = None if limit.is_deterministic else clock
        self._goes_on = goes_on
        self._begun = 0.0 if self._clock is None else self._clock()
        self._spent = 0.0

    @property
    def left(self) -> float:
        """Return the seconds that are left; none if nobody wants to wait any more."""
        if not self._goes_on():
            return 0.0
        spent = self._spent if self._clock is None else self._clock() - self._begun
        return max(0.0, self._limit.seconds - spent)

    @property
    def workers(self) -> int:
        """Return how many processors may be used at once."""
        return 1 if self._limit.is_deterministic else max(1, self._limit.workers)

    def effort(
        self, seconds: float, rows: int, *, program: int = WITH_PROGRAM, workers: int = 1
    ) -> Effort:
        """Return an effort of so many seconds, or of what is left, on a model of so many rows."""
        seconds = min(seconds, self.left)
        if not self._limit.is_deterministic:
            work, most = None, seconds
        else:
            work = max(0.0, seconds - rows * SECONDS_A_ROW) / _price(rows)
            most = inf
        return Effort(
            seconds=most,
            work=work,
            workers=min(workers, self.workers),
            seed=self._limit.seed,
            linear_program=program,
        )

    def spend(self, ending: Ending, rows: int) -> None:
        """Take off what working on a model of so many rows has used."""
        used = ending.work * _price(rows) if self._limit.is_deterministic else ending.seconds
        self._spent += used + rows * SECONDS_A_ROW


def _price(rows: int) -> float:
    """Return the seconds for a unit of work on a model."""
    return SECONDS_FOR_WORK + rows * SECONDS_FOR_WORK_A_ROW
