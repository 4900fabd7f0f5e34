"""The best plan of every stage so far, and which of them are worth showing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator_tui.domain.ids import ChangeId
from orchestrator_tui.domain.replanning import Method, Strategy
from orchestrator_tui.engine.replanning.options.options import Found
from orchestrator_tui.engine.replanning.options.realizing import Outcome, realize
from orchestrator_tui.engine.replanning.problem.decoding import decode, score_of
from orchestrator_tui.engine.replanning.problem.problem import Choice, Score
from orchestrator_tui.engine.replanning.stages import Stage
from orchestrator_tui.engine.scheduling.ticks import NEVER


@dataclass(slots=True)
class Candidate:
    """The best plan of one stage so far."""

    choice: Choice
    score: Score
    method: Method
    bound: int | None = None
    """No plan of the stage is shorter, in minutes."""
    is_optimal: bool = False
    realized: tuple[Choice, Outcome] | None = None
    """A plan that was written into a copy of the mission, and what became of it."""


class Candidates:
    """The best plans of all stages."""

    def __init__(self, keep: Outcome, stages: Sequence[Stage]) -> None:
        self._keep = keep
        self._stages = stages
        self._best: dict[int, Candidate] = {}

    def best(self, at: int) -> Candidate | None:
        """Return the best plan of a stage, which may be that of the one before; None if none is."""
        before = self._stages[at].inherits
        inherited = None if before is None else self._best.get(before)
        if inherited is not None:
            own = self._best.get(at)
            if own is None or inherited.score < own.score:
                self.offer(at, inherited.choice, inherited.method)
        return self._best.get(at)

    def offer(self, at: int, choice: Choice | None, method: Method) -> None:
        """Take a plan for a stage if none is better; of two as good the newer one stays."""
        problem = self._stages[at].problem
        times = None if choice is None else decode(problem, choice)
        if choice is None or times is None:
            return
        score, best = score_of(problem, times), self._best.get(at)
        if best is None:
            self._best[at] = Candidate(choice, score, method)
        elif score <= best.score:
            best.method = method if score < best.score else best.method
            best.choice, best.score = choice, score

    def shown(self) -> Iterator[Found]:
        """Yield what is worth showing: each plan is better than all simpler ones."""
        yield Found(Strategy.KEEP, self._keep)
        simpler: dict[ChangeId | None, list[Outcome]] = {None: [self._keep]}
        for at, stage in enumerate(self._stages):
            if stage.scope_change not in simpler:
                taken_in = Outcome(stage.situation)
                simpler[stage.scope_change] = [taken_in]
                yield Found(Strategy.KEEP, taken_in, scope_change=stage.scope_change)
            found = self._found(at, stage)
            if found is not None and _is_better(found.outcome, simpler[stage.scope_change]):
                simpler[stage.scope_change].append(found.outcome)
                yield found

    def _found(self, at: int, stage: Stage) -> Found | None:
        best = self.best(at)
        if best is None:
            return None
        if best.realized is None or best.realized[0] != best.choice:
            best.realized = best.choice, realize(stage.situation, stage.problem, best.choice)
        return Found(
            stage.strategy,
            best.realized[1],
            best.method,
            bound=best.bound,
            is_optimal=best.is_optimal,
            scope_change=stage.scope_change,
        )


def _is_better(outcome: Outcome, simpler: Sequence[Outcome]) -> bool:
    return outcome.makespan < NEVER and all(outcome.is_better_than(each) for each in simpler)
