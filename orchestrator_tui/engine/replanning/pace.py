"""How time goes to the searches, by the clock or by counted steps, and when it is told of them."""

from collections.abc import Callable
from typing import Final

from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.problem.problem import Problem

SEARCH_SHARE: Final = 0.5
"""Of the time, for the searches before the solver, at most."""
LONGEST_SEARCH: Final = 1.5
"""Seconds of that for one stage at most."""
SEARCH_AN_ACTIVITY: Final = 0.005
"""Seconds of that for each activity at most: few are quickly solved."""
LOOKS_A_SECOND: Final = 200_000
"""Activities that a search looks at in a second, at least."""
MOST_STEPS_A_SECOND: Final = 3_000
"""Steps that a search takes in a second, however little there is to look at."""
TELLS_A_SECOND: Final = 5
"""How often at most it is told of plans that have just been found."""

GoesOn = Callable[[], bool]


class Pace:
    """Shares the time of an order among its stages; what one does not need goes to the next."""

    def __init__(
        self, order: Order, stages: int, *, clock: Callable[[], float], goes_on: GoesOn
    ) -> None:
        """Begin to count; `clock` is not asked where the order is deterministic."""
        self._order = order
        self._stages = max(1, stages)
        self.clock = _standing if order.is_deterministic else clock
        self.goes_on = goes_on
        self._begun = self.clock()
        self._told = self._begun
        self._searched = 0.0
        """Seconds that the searches were given, where they are counted in steps."""

    def search_lasts(self, problem: Problem) -> GoesOn:
        """Return what says whether a search is to go on."""
        share = self._order.seconds * SEARCH_SHARE / self._stages
        seconds = min(share, LONGEST_SEARCH, SEARCH_AN_ACTIVITY * problem.size)
        if self._order.is_deterministic:
            self._searched += seconds
            a_second = min(MOST_STEPS_A_SECOND, LOOKS_A_SECOND // max(1, problem.size))
            steps = int(seconds * a_second)
            return _Countdown(steps, self.goes_on)
        until = self.clock() + seconds
        return lambda: self.clock() < until and self.goes_on()

    def seconds_to_solve(self, stages_left: int) -> float:
        """Return the solver's time for the next one of `stages_left` stages."""
        if self._order.is_deterministic:
            return (self._order.seconds - self._searched) / self._stages
        left = self._order.seconds - (self.clock() - self._begun)
        return max(0.0, left) / max(1, stages_left)

    def is_time_to_tell(self) -> bool:
        """Say whether to tell of what has just been found; never where that is deterministic."""
        now = self.clock()
        if now - self._told < 1 / TELLS_A_SECOND:
            return False
        self._told = now
        return True


def _standing() -> float:
    """Return the time where none counts."""
    return 0.0


class _Countdown:
    """Goes on for a number of steps."""

    def __init__(self, steps: int, goes_on: GoesOn) -> None:
        self._left = steps
        self._goes_on = goes_on

    def __call__(self) -> bool:
        """Count one step."""
        self._left -= 1
        return self._left >= 0 and self._goes_on()
