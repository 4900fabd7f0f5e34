"""The best plan there is, found and proven with a constraint solver; see `plan_model.py`.

Goals come one after the other: lateness, the end, then what a plan disturbs; what is reached stays.
For each the whole problem and parts of it around the best plan so far are solved by turns (large
neighbourhood search: Shaw, 1998).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from orchestrator_tui.engine.replanning.problem.incumbent import look
from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem
from orchestrator_tui.engine.replanning.searching.settling import settled
from orchestrator_tui.engine.replanning.solving.budget import Budget, Limit
from orchestrator_tui.engine.replanning.solving.cp_sat import WITHOUT_PROGRAM, SolverMissing, cp_sat
from orchestrator_tui.engine.replanning.solving.goals import Goal, least_lateness
from orchestrator_tui.engine.replanning.solving.improving import Improving
from orchestrator_tui.engine.replanning.solving.neighbourhoods import Neighbourhoods
from orchestrator_tui.engine.replanning.solving.proving import TURN_GROWTH, Beside, Proving

__all__ = ["Limit", "Machine", "Solved", "SolverMissing", "solve"]

DISTURBANCE_SHARE: Final = 0.3
"""Of the time, for the last goal at least."""
LATENESS_SHARE: Final = 0.5
"""Of the time, for the first goal at most."""
TURN_SHARE: Final = 0.12
"""Of the time for a goal, for the first turn of the whole problem."""
SHORTEST_TURN: Final = 0.3
"""Seconds; in less the solver does not get to searching."""
PARTS_SHARE: Final = 2.0
"""Of each turn, for the parts after it."""
PART_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Solved:
    """The best plan, and what is known of it."""

    choice: Choice
    bound: int | None
    """No plan that is no later ends before this minute; None where nothing is known."""
    is_optimal: bool
    """Whether it is proven that none is less late, and none as late ends earlier."""


class Machine(NamedTuple):
    """What the solver runs on; without it, it uses one processor, and adds up its own time."""

    clock: Callable[[], float] | None = None
    """Counts seconds."""
    beside: Beside | None = None
    """Lets the whole problem and its parts be worked on at once, on two processors."""


ALONE: Final = Machine()


def solve(
    problem: Problem,
    start: Choice,
    *,
    limit: Limit,
    found: Callable[[Choice], None],
    goes_on: Callable[[], bool],
    machine: Machine = ALONE,
) -> Solved:
    """Return the best plan found within `limit`, never worse than `start`.

    `found` hears of every better one as it comes. Where `limit` is deterministic, nothing of
    `machine` is used. Raises SolverMissing.
    """
    cp_sat()
    plan = look(problem, start)
    if plan is None or not problem.size:
        return Solved(start, None, is_optimal=False)
    budget = Budget(limit, machine.clock, goes_on)
    beside = machine.beside if budget.workers > 1 else None
    return _Search(Improving(problem, plan, budget, found), budget, limit, beside).run()


class _Search:
    def __init__(
        self, improving: Improving, budget: Budget, limit: Limit, beside: Beside | None
    ) -> None:
        self._improving = improving
        self._beside = beside
        self._budget = budget
        self._limit = limit
        self._neighbourhoods = Neighbourhoods(improving.problem, limit.seed)
        self._seed = limit.seed

    def run(self) -> Solved:
        """Go from goal to goal."""
        improving, whole_time = self._improving, self._limit.seconds
        least = least_lateness(improving.problem)
        is_settled = improving.best.score.lateness <= least
        if not is_settled:
            bound = self._pursue(Goal.LATENESS, Goal.BOTH, whole_time * LATENESS_SHARE)
            is_settled = bound is not None and improving.best.score.lateness <= max(least, bound)
        rest = self._budget.left - whole_time * DISTURBANCE_SHARE
        bound = self._pursue(Goal.MAKESPAN, Goal.MAKESPAN, rest)
        best = improving.best
        is_proven = is_settled and bound is not None and best.score.makespan <= bound
        if best.is_finite:
            share = self._limit.tolerance
            improving.settle_score(max(1, int(best.score.makespan * share)) if share else 0)
            if not is_proven and self._budget.left:
                improving.offer(settled(improving.problem, best.choice))
            self._pursue(Goal.DISTURBANCE, Goal.DISTURBANCE, self._budget.left)
        best = improving.best
        is_reached = bound is not None and best.score.makespan <= bound
        return Solved(best.choice, bound, is_optimal=is_settled and is_reached)

    def _pursue(self, goal: Goal, part_goal: Goal, seconds: float) -> int | None:
        """Work on a goal; return the best bound of it, if there is any."""
        end = max(0.0, self._budget.left - seconds)
        proving = Proving(self._improving, goal, self._budget, end=end)
        turn = max(SHORTEST_TURN, seconds * TURN_SHARE)
        if self._beside is None or not self._improving.best.is_finite:
            self._pursue_by_turns(proving, part_goal, turn, end)
        else:
            proving.turn(min(turn, SHORTEST_TURN), workers=self._budget.workers)
            finish = proving.run_beside(self._beside, turn)
            try:
                self._search_parts(proving, part_goal, end)
            finally:
                finish()
        return proving.bound

    def _pursue_by_turns(self, proving: Proving, part_goal: Goal, turn: float, end: float) -> None:
        while self._budget.left > end and not proving.is_done():
            proving.turn(turn, workers=self._budget.workers)
            self._search_parts(proving, part_goal, max(end, self._budget.left - PARTS_SHARE * turn))
            turn *= TURN_GROWTH

    def _search_parts(self, proving: Proving, goal: Goal, end: float) -> None:
        """Work on parts until only `end` seconds are left, or the rest is proven."""
        while self._improving.best.is_finite and self._budget.left > end and not proving.is_done():
            proving.take_found()
            self._search_part(goal)

    def _search_part(self, goal: Goal) -> None:
        """Work on a part of the plan."""
        improving, parts = self._improving, self._neighbourhoods
        best, size = improving.best, improving.problem.size
        self._seed += 1
        frame = parts.frame(best)
        rows = size + len(frame.free) * improving.rows // size
        effort = self._budget.effort(PART_SECONDS, rows, program=WITHOUT_PROGRAM)
        work = parts.work if effort.work is None else min(parts.work, effort.work)
        effort = replace(effort, seed=self._seed, work=work)
        ending = improving.solve(goal, effort, frame=frame)
        parts.learn(was_settled=ending.is_settled, was_better=improving.best is not best)
