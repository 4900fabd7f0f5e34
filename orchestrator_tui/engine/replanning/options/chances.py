"""How likely a plan is to end in time, by drawing how long its tasks take."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Final

from orchestrator_tui.domain.task import Estimate
from orchestrator_tui.engine.scheduling.absences import back_at, finish_of
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at
from orchestrator_tui.engine.situation import Situation

RUNS: Final = 500
LEAST_RUNS: Final = 100
MOST_DRAWS: Final = 100_000
"""Tasks times runs: of great missions there are fewer runs, at least `LEAST_RUNS`."""
_SHAPE: Final = 4.0
"""How much more the likely value counts than the best and the worst."""
_CELLS: Final = 256

Column = list[int]
"""One value a run."""


def chance_on_time(situation: Situation, *, deadline: datetime | None, seed: int) -> float | None:
    """Return the chance, from 0 to 1, that the last task of a plan ends by `deadline`.

    The plan is what the forecast of `situation` says: who does what, in which order. A task whose
    estimate has three points takes as long as is drawn from the PERT distribution, a beta
    distribution with mean (best + 4 likely + worst) / 6 (Malcolm, Roseboom, Clark and Fazar, 1959);
    of what is left of one, or in other hands, all is longer or shorter by the same factor. Others
    take as long as is said. What is drawn for a task depends on its id and `seed` alone, so that
    two plans are compared with the same numbers. None where no unfinished task has three points, or
    there is no deadline.
    """
    unsure = _unsure(situation)
    if deadline is None or not unsure:
        return None
    if situation.end is None or situation.end >= NEVER:
        return 0.0
    runs = max(LEAST_RUNS, min(RUNS, MOST_DRAWS // situation.size))
    ends = _Runs(situation, unsure, seed=seed, runs=runs).ends()
    limit = ticks_at(deadline)
    return sum(each <= limit for each in ends) / runs


def _unsure(situation: Situation) -> dict[int, Estimate]:
    """Return the unfinished tasks whose estimates have three points that differ."""
    return {
        task: each
        for task, each in enumerate(situation.tasks.estimate)
        if situation.facts.is_open[task]
        and each.best is not None
        and each.worst is not None
        and each.likely
        and each.best < each.worst
    }


def _factors(estimate: Estimate, runs: int) -> tuple[float, ...]:
    """Return by how much a task is longer than is likely, the shortest first, each as probable."""
    best, worst = estimate.best, estimate.worst
    if best is None or worst is None:
        return (1.0,) * runs
    place = (estimate.likely - best) / (worst - best)
    low, span = best / estimate.likely, (worst - best) / estimate.likely
    return tuple(low + span * each for each in _beta_quantiles(place, runs))


@lru_cache(maxsize=256)
def _beta_quantiles(mode: float, count: int) -> tuple[float, ...]:
    """Return the middles of `count` equally probable parts of a PERT distribution on 0 to 1."""
    middles = [(cell + 0.5) / _CELLS for cell in range(_CELLS)]
    rise, fall = _SHAPE * mode, _SHAPE * (1 - mode)
    below = list(accumulate((each**rise * (1 - each) ** fall for each in middles), initial=0.0))
    return tuple(_inverse(below, (part + 0.5) / count * below[-1]) for part in range(count))


def _inverse(below: list[float], wanted: float) -> float:
    """Return where on 0 to 1 the sums reach `wanted`."""
    cell = max(1, bisect_left(below, wanted))
    weight = below[cell] - below[cell - 1]
    return (cell - 1 + (wanted - below[cell - 1]) / weight) / (len(below) - 1)


class _Runs:
    """Goes through a plan once, with all runs side by side."""

    def __init__(
        self, situation: Situation, unsure: Mapping[int, Estimate], *, seed: int, runs: int
    ) -> None:
        self._situation = situation
        self._unsure = unsure
        self._seed = seed
        self._runs = runs
        self._finish: dict[int, Column] = {}
        """By node that is not passed yet: when it is."""
        self._free: dict[int, Column] = {}
        """By agent: when it has done what it has taken so far."""

    def ends(self) -> Column:
        """Return when the last task ends."""
        situation = self._situation
        ends: Column = [situation.at] * self._runs
        for node in situation.schedule.table.begun:
            if node >= situation.size:
                self._finish[node] = self._latest(list(self._before(node)))
            else:
                self._finish[node] = self._done(node)
                ends = list(map(max, ends, self._finish[node]))
        return ends

    def _before(self, node: int) -> Iterator[Column]:
        """Yield when each thing that a node waits for ends; what is done holds nothing up."""
        for each in self._situation.network.predecessors[node]:
            if each in self._finish:
                yield self._finish[each]

    def _latest(self, columns: list[Column]) -> Column:
        """Return run by run the latest of some moments, or now."""
        if not columns:
            return [self._situation.at] * self._runs
        return columns[0] if len(columns) == 1 else list(map(max, *columns))

    def _done(self, task: int) -> Column:
        """Return when a task is done, by an agent that does one thing at a time."""
        situation, agent = self._situation, self._situation.schedule.agent[task]
        columns = [self._free[agent]] if agent in self._free else []
        if task not in situation.facts.in_hand:
            columns += self._before(task)
            earliest = situation.plan.earliest[task]
            if earliest > situation.at:
                columns.append([earliest] * self._runs)
        begin, work = self._latest(columns), self._work(task, agent)
        absences = situation.schedule.load.absences[agent]
        if absences:
            pairs = zip(begin, work, strict=True)
            done = [finish_of(absences, back_at(absences, at), each) for at, each in pairs]
        else:
            done = [at + each for at, each in zip(begin, work, strict=True)]
        self._free[agent] = done
        return done

    def _work(self, task: int, agent: int) -> Column:
        """Return how much work a task turns out to be."""
        situation = self._situation
        load = situation.schedule.load
        work = load.work_by.get(task, {}).get(agent, load.work[task])
        estimate = self._unsure.get(task)
        if estimate is None:
            return [work] * self._runs
        drawn = [round(work * each) for each in _factors(estimate, self._runs)]
        Random(f"{self._seed} {situation.plan.ids[task]}").shuffle(drawn)  # noqa: S311 - no secret
        return drawn
