"""The best plan so far, and models around it in which a better one may be."""

from collections.abc import Callable
from typing import Final

from orchestrator_tui.engine.replanning.problem.disturbance import disturbance_of
from orchestrator_tui.engine.replanning.problem.incumbent import (
    Frame,
    Incumbent,
    look,
    ranks_of,
    safe_horizon,
)
from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem, Score
from orchestrator_tui.engine.replanning.solving.budget import Budget
from orchestrator_tui.engine.replanning.solving.cp_sat import Effort, Ending, Run, Value
from orchestrator_tui.engine.replanning.solving.goals import Goal, aim
from orchestrator_tui.engine.replanning.solving.plan_model import PlanModel
from orchestrator_tui.engine.replanning.solving.plan_rows import add_rows

MOST_HANDS: Final = 1.25
"""Agents that may do an activity, on average, where orders are what is to be decided."""

Take = Callable[[Choice], None]


class Improving:
    """Keeps the best plan, and looks for better ones with the solver."""

    def __init__(self, problem: Problem, start: Incumbent, budget: Budget, found: Take) -> None:
        self.best = start
        self.problem = problem
        self._budget = budget
        self._found = found
        self._ranks = ranks_of(problem)
        self.rows = sum(len(each.modes) for each in problem.activities)
        """Of a model of the whole problem, about."""
        self.is_sequencing = self.rows < MOST_HANDS * problem.size
        """Whether there is little to decide but orders."""
        self._reached = start.score
        """The best score so far."""
        self._spare: int | None = None

    @property
    def limit(self) -> Score:
        """Return how bad a plan may be."""
        return Score(self._reached.lateness, self._reached.makespan + (self._spare or 0))

    def settle_score(self, spare: int) -> None:
        """From now on let a plan be better if it disturbs less and ends `spare` later at most."""
        self._spare = spare

    def offer(self, choice: Choice) -> None:
        """Take a plan if it is better."""
        plan = look(self.problem, choice)
        if plan is not None and (plan.score < self._reached or self._disturbs_less(plan)):
            self.best = plan
            self._reached = min(self._reached, plan.score)
            self._found(choice)

    def solve(
        self,
        goal: Goal,
        effort: Effort,
        *,
        frame: Frame | None = None,
        take: Take | None = None,
        begun: Callable[[Run], None] | None = None,
    ) -> Ending:
        """Work on the whole problem, or on the part that `frame` lets free.

        Every plan that is found is handed to `take`, or offered; `begun` hears of the run, which
        may be stopped.
        """
        model = PlanModel(self.problem, self.best, horizon=self._horizon(goal), frame=frame)
        aim(model, add_rows(model, self._ranks), goal, limit=self.limit)

        def found(value: Value) -> None:
            (take or self.offer)(model.choice_in(value, self._ranks))

        run = Run(model.model, effort)
        if begun is not None:
            begun(run)
        ending = run.solve(found if frame is None else None)
        if ending.value is not None:
            found(ending.value)
        self._budget.spend(ending, model.rows)
        return ending

    def _disturbs_less(self, plan: Incumbent) -> bool:
        limit = self.limit
        is_good_enough = (
            plan.score.lateness <= limit.lateness and plan.score.makespan <= limit.makespan
        )
        if self._spare is None or not is_good_enough:
            return False
        new, old = (
            disturbance_of(self.problem, each, limit.makespan) for each in (plan, self.best)
        )
        return new < old

    def _horizon(self, goal: Goal) -> int:
        """Return when plans end at the latest that are worth looking at."""
        if goal in {Goal.LATENESS, Goal.BOTH} or not self.best.is_finite:
            return safe_horizon(self.problem)
        return self.limit.makespan
