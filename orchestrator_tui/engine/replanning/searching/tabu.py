"""Tabu search on what is critical, begun anew from the best plan whenever it leads nowhere.

After Mastrolilli and Gambardella (2000), with milestones' dates beside the end of the plan.
"""

from collections.abc import Callable
from random import Random
from typing import Final

from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem
from orchestrator_tui.engine.replanning.searching.bounds import least_score
from orchestrator_tui.engine.replanning.searching.compact import Compact
from orchestrator_tui.engine.replanning.searching.critical_moves import (
    Move,
    critical_path,
    moves_of,
)
from orchestrator_tui.engine.replanning.searching.ends import late_end
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph
from orchestrator_tui.engine.replanning.searching.plan_times import UNBOUND
from orchestrator_tui.engine.replanning.searching.preferences import Preferences
from orchestrator_tui.engine.replanning.searching.variants import done_in, variants
from orchestrator_tui.engine.replanning.searching.varying import vary

PATIENCE: Final = 80
"""Moves without a better plan before the search begins anew."""
KICKS: Final = 4
"""Critical moves at random with which it does."""
TRIAL: Final = 400
"""Moves in which a plan from which it begins is to become better than the best."""
TENURE_SPREAD: Final = 4
VARIANT_SHARE: Final = 0.5
"""How often, at a beginning, something else is done at all, where there is anything else."""
STUCK: Final = 20
"""Beginnings in a row from which nothing can be moved, after which it is given up."""


class TabuSearch:
    """A search around one plan; what it has found is in `best`."""

    def __init__(self, problem: Problem, start: Choice, seed: int) -> None:
        self.best = self._base = start
        self._random = Random(seed)  # noqa: S311 - plans are no secret
        self._compact = Compact(problem)
        self._graph = PlanGraph(self._compact)
        if not self._graph.load(start):
            raise ValueError("the orders of the plan are a circle")
        self._preferences = Preferences(self._graph, self._random)
        self._best_score = self._base_score = self._graph.score()
        self._strangers = self._preferences.strangers()
        self._least, self._least_finish = least_score(self._compact)
        self._aspired = -UNBOUND if problem.dues else self._best_score.makespan
        self._columns = len(problem.agents) + 1
        self._variants = list(variants(problem, done_in(start)))
        self._moves = self._better_at = self._all_moves = 0
        self._tabu_until: list[int] = []
        self._begin()

    @property
    def is_settled(self) -> bool:
        """Say whether no plan can be better than the best one."""
        return self._best_score <= self._least

    def begin_from(self, choice: Choice) -> None:
        """Look around another plan for a while, though it may be worse."""
        if self._graph.load(choice):
            self._base, self._base_score = choice, self._graph.score()
            self._begin()

    def run(self, goes_on: Callable[[], bool], found: Callable[[Choice], None]) -> None:
        """Search until there is no time left, or nothing to gain; `found` hears what is better."""
        stuck = 0
        self._note(found)
        while goes_on() and not self.is_settled and stuck < STUCK:
            if self._moves - self._better_at > PATIENCE:
                self._restart()
            elif self._step():
                stuck = 0
            else:
                stuck += 1
                self._restart()
            self._note(found)

    def _note(self, found: Callable[[Choice], None]) -> None:
        """Keep the plan if none is better."""
        score = self._graph.score()
        if score > self._base_score:
            return
        choice, strangers = self._graph.choice(), self._preferences.strangers()
        self._better_at = self._moves if score < self._base_score else self._better_at
        self._base, self._base_score = choice, score
        if (score, strangers) >= (self._best_score, self._strangers):
            return
        is_better = score < self._best_score
        self.best, self._best_score, self._strangers = choice, score, strangers
        if is_better:
            self._variants = list(variants(self._compact.problem, done_in(choice)))
            self._aspired = -UNBOUND if self._compact.problem.dues else score.makespan
            found(choice)

    def _restart(self) -> None:
        """Begin anew, not far from one of the best plans."""
        if self._base_score > self._best_score and self._all_moves > TRIAL:
            self._base, self._base_score = self.best, self._best_score
        self._graph.load(self._base)
        if self._variants and self._random.random() < VARIANT_SHARE:
            variant = self._random.choice(self._variants)
            if not vary(self._graph, variant):
                self._graph.load(self._base)
        self._begin()
        self._preferences.draw()
        for _ in range(KICKS):
            moves, _ = self._critical_moves()
            if moves:
                self._make(self._random.choice(moves))

    def _begin(self) -> None:
        self._moves = self._better_at = 0
        self._tabu_until = [0] * (self._compact.size * self._columns)
        self._graph.set_limits()

    def _step(self) -> bool:
        """Make the best move that is not forbidden; return False if there is none at all."""
        self._moves += 1
        self._all_moves += 1
        moves, length = self._critical_moves()
        while moves:
            move = self._chosen(moves)
            activity, before = move.activity, self._graph.agent[move.activity]
            tenure = length + len(self._compact.work[activity])
            tenure += int(self._random.random() * TENURE_SPREAD)
            self._tabu_until[activity * self._columns + before + 1] = self._moves + tenure
            if self._make(move):
                return True
            moves.remove(move)
        return False

    def _make(self, move: Move) -> bool:
        _, activity, agent, at = move
        change = self._graph.change if agent == ABSENT else self._graph.move
        is_made = change(activity, agent, at)
        if is_made:
            self._graph.set_limits()
        return is_made

    def _critical_moves(self) -> tuple[list[Move], int]:
        """Return moves of what is on a critical path, and how long that is."""
        end = late_end(self._graph, self._least_finish, self._random)
        path = critical_path(self._graph, end, self._random)
        moves: list[Move] = []
        for activity in path:
            moves_of(self._graph, activity, moves)
        return moves, len(path)

    def _chosen(self, moves: list[Move]) -> Move:
        """Return one of the best moves that are not forbidden; any if all are."""
        tabu_until, now, columns = self._tabu_until, self._moves, self._columns
        aspired, worth, random = self._aspired, self._preferences.worth, self._random.random
        ranked = [
            (worth(move), random(), move)
            for move in moves
            if tabu_until[move[1] * columns + move[2] + 1] <= now or move[0] < aspired
        ]
        return min(ranked)[2] if ranked else self._random.choice(moves)
