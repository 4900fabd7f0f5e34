"""Works on a whole problem, turn by turn, until it is proven that no plan is better."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil, inf
from typing import Final

from orchestrator_tui.engine.replanning.problem.problem import Choice
from orchestrator_tui.engine.replanning.solving.budget import Budget
from orchestrator_tui.engine.replanning.solving.cp_sat import WITH_PROGRAM, WITHOUT_PROGRAM, Run
from orchestrator_tui.engine.replanning.solving.goals import Goal
from orchestrator_tui.engine.replanning.solving.improving import Improving

TURN_GROWTH: Final = 1.5
_EXACT: Final = 1e-6
"""Bounds are whole numbers, but for rounding."""

Beside = Callable[[Callable[[], None]], Callable[[], None]]
"""Begins work on another processor; what it returns waits for the end of that, and raises what
that raised."""


class Proving:
    """Turns, each longer than the one before, with and without a linear program.

    One proves what the other does not; and each begins with the best plan so far.
    """

    def __init__(self, improving: Improving, goal: Goal, budget: Budget, *, end: float) -> None:
        """`end` is how many seconds of the budget are to be left over."""
        self.bound: int | None = None
        self._improving = improving
        self._goal = goal
        self._budget = budget
        self._end = end
        self._program = WITH_PROGRAM
        self._run: Run | None = None
        self._is_over = False
        self._is_stopped = False
        self._found: list[Choice] = []

    def is_done(self) -> bool:
        """Say whether nothing is left to prove, or no time to do so."""
        score = self._improving.best.score
        if self._is_over:
            return True
        if self.bound is None or self._goal is Goal.DISTURBANCE:
            return False
        return self.bound >= (score.lateness if self._goal is Goal.LATENESS else score.makespan)

    def turn(self, seconds: float, *, workers: int) -> None:
        """Work for some time."""
        self._work(seconds, workers, self._improving.offer)

    def run_beside(self, beside: Beside, seconds: float) -> Callable[[], None]:
        """Begin turns beside whoever calls, the first of `seconds`; return what ends them."""
        join = beside(lambda: self._run_on(seconds))

        def end() -> None:
            self._is_stopped = True
            if self._run is not None:
                self._run.stop()
            join()
            self.take_found()

        return end

    def take_found(self) -> None:
        """Offer what was found beside."""
        while self._found:
            self._improving.offer(self._found.pop(0))

    def _run_on(self, seconds: float) -> None:
        try:
            while not self._is_stopped and not self._is_over:
                self._work(seconds, 1, self._found.append)
                seconds *= TURN_GROWTH
        finally:
            self._is_over = True

    def _work(self, seconds: float, workers: int, take: Callable[[Choice], None]) -> None:
        left = self._budget.left - self._end
        if left <= 0:
            self._is_over = True
            return
        effort = self._budget.effort(
            min(seconds, left), self._improving.rows, program=self._program, workers=workers
        )
        effort = replace(effort, is_thorough=self._improving.is_sequencing)
        ending = self._improving.solve(self._goal, effort, take=take, begun=self._begin)
        self._program = WITHOUT_PROGRAM if self._program == WITH_PROGRAM else WITH_PROGRAM
        if abs(ending.bound) < inf:
            bound = ceil(ending.bound - _EXACT)
            self.bound = bound if self.bound is None else max(self.bound, bound)
        self._is_over = ending.is_settled

    def _begin(self, run: Run) -> None:
        self._run = run
