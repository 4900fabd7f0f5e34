"""The ways to go on with a mission, better and better: rules, then a search, then a solver."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.replanning import Method, PlanOption, Replanning, Strategy
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.forecasting.foreseeing import chance_on_time
from orchestrator_tui.engine.milestones import judge_milestones
from orchestrator_tui.engine.replanning.candidates import Candidate, Candidates
from orchestrator_tui.engine.replanning.checking.feasibility import violations
from orchestrator_tui.engine.replanning.impact import impact_of
from orchestrator_tui.engine.replanning.options.options import compared, option_of
from orchestrator_tui.engine.replanning.options.realizing import Outcome
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.pace import Pace
from orchestrator_tui.engine.replanning.problem.problem import Choice
from orchestrator_tui.engine.replanning.searching.local_search import search
from orchestrator_tui.engine.replanning.searching.rules import best_by_rules
from orchestrator_tui.engine.replanning.searching.settling import settled
from orchestrator_tui.engine.replanning.solving.proving import Beside
from orchestrator_tui.engine.replanning.solving.solver import Limit, Machine, SolverMissing, solve
from orchestrator_tui.engine.replanning.stages import stages_of
from orchestrator_tui.engine.situation import look_at
from orchestrator_tui.engine.triggers import find_triggers

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def replan(  # noqa: PLR0913 - all else is what the process around it gives, told apart by name
    known: KnownMission,
    now: datetime,
    *,
    order: Order,
    clock: Callable[[], float],
    told: Callable[[Replanning], None],
    goes_on: Callable[[], bool],
    beside: Beside | None = None,
) -> Replanning:
    """Return the options for a mission at `now`, once nothing is searched for any more.

    `told` hears of what is known so far, again and again. `clock` counts seconds; it is not asked
    where the order is deterministic. `goes_on` is asked now and then whether to go on; if not, what
    is known by then is returned. With `beside` a second processor is used. Raises ValueError where
    the mission cannot be read.
    """
    planning = _Planning(known, now, order, told)
    pace = Pace(order, len(planning.stages), clock=clock, goes_on=goes_on)
    planning.begin()
    planning.search(pace)
    planning.solve(pace, beside)
    return planning.tell(is_done=True)


class _Planning:
    def __init__(
        self, known: KnownMission, now: datetime, order: Order, told: Callable[[Replanning], None]
    ) -> None:
        if known.mission is None:
            raise ValueError(f"{known.id} cannot be read: there is nothing to plan")
        situation = look_at(known, known.mission, now)
        self._order = order
        self._told = told
        self._keep = Outcome(situation)
        self.stages = stages_of(situation)
        self._candidates = Candidates(self._keep, self.stages)
        self._notices: dict[str, None] = {}
        triggers = find_triggers(situation, judge_milestones(situation))
        self._blank = Replanning(
            at=now,
            revision=known.revision,
            triggers=triggers,
            impact=impact_of(situation, triggers),
            options=(),
            is_done=False,
            strategies=len(self.stages),
        )
        self._searched = 0

    def begin(self) -> None:
        """Find plans by rules, which answer at once and always."""
        self.tell()
        for at, stage in enumerate(self.stages):
            self._candidates.offer(at, best_by_rules(stage.problem), Method.RULES)
            self.tell()

    def search(self, pace: Pace) -> None:
        """Make the plans better, step by step."""
        for at, stage in enumerate(self.stages):
            best = self._candidates.best(at)
            if best is None or not pace.goes_on():
                continue
            lasts = pace.search_lasts(stage.problem)
            better = search(stage.problem, best.choice, seed=self._order.seed, goes_on=lasts)
            self._candidates.offer(at, better, Method.LOCAL_SEARCH)
            self._candidates.offer(at, settled(stage.problem, best.choice), best.method)
        self.tell()

    def solve(self, pace: Pace, beside: Beside | None) -> None:
        """Let the solver find the best plans, and prove that they are."""
        for at in range(len(self.stages)):
            best = self._candidates.best(at)
            if best is None or not pace.goes_on():
                continue
            try:
                self._solve(at, best, pace, beside)
            except SolverMissing as missing:
                self._notices[str(missing)] = None
                return
            self._searched = at + 1
            self.tell()

    def _solve(self, at: int, best: Candidate, pace: Pace, beside: Beside | None) -> None:
        stage = self.stages[at]

        def found(choice: Choice) -> None:
            self._candidates.offer(at, choice, Method.SOLVER)
            if pace.is_time_to_tell():
                self.tell()

        order = self._order
        seconds = pace.seconds_to_solve(len(self.stages) - at)
        solved = solve(
            stage.problem,
            best.choice,
            limit=Limit(seconds, order.is_deterministic, order.workers, order.seed),
            found=found,
            goes_on=pace.goes_on,
            machine=Machine(pace.clock, beside),
        )
        self._candidates.offer(at, solved.choice, Method.SOLVER)
        best.bound, best.is_optimal = solved.bound, solved.is_optimal

    def tell(self, *, is_done: bool = False) -> Replanning:
        """Tell of what is known so far, and return it."""
        options = compared(tuple(self._options(is_done=is_done)))
        notices = tuple(self._notices)
        found = replace(
            self._blank,
            options=options,
            is_done=is_done,
            notices=notices,
            searched=self._searched,
        )
        self._told(found)
        return found

    def _options(self, *, is_done: bool) -> Iterator[PlanOption]:
        """Yield the options; how likely they are to be in time is found when they are settled."""
        letters = iter(_LETTERS)
        for each in self._candidates.shown():
            later = each.outcome.situation
            chance = chance_on_time(later, seed=self._order.seed) if is_done else None
            option = option_of(self._keep, each, letter=next(letters), chance=chance)
            wrong = violations(self._keep.situation, option)
            if wrong and each.strategy is not Strategy.KEEP:
                self._notices[f"{option.title} is left out: {wrong[0]}"] = None
            else:
                yield option
