"""A plan gone through once, with all runs side by side."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from orchestrator_tui.engine.forecasting.drawing.grid import cells_of
from orchestrator_tui.engine.forecasting.drawing.numbers import normal_values
from orchestrator_tui.engine.forecasting.drawing.ratios import ratios_of
from orchestrator_tui.engine.forecasting.drawing.remaining import left_of, waits_of
from orchestrator_tui.engine.forecasting.posing import Posed, PosedTask
from orchestrator_tui.engine.scheduling.absences import Absences
from orchestrator_tui.engine.scheduling.ticks import NEVER

Floats = NDArray[np.float64]

MOST_DRAWS: Final = 3_000_000
"""Tasks times runs: of great missions there are fewer runs."""
LEAST_RUNS: Final = 200
_TOGETHER: Final = "what is late together"


class Runs:
    """When everything begins and ends in each run; times in ticks from now, by run.

    Each task is drawn from the ratios of its like, all of one run with a common shock, and is done
    by whom and in the order that the plan has: u = Φ(√ρ Z + √(1−ρ) ε), a Gaussian copula with one
    factor (Vasicek, 1987). What is drawn for a task depends on its id and the seed alone.
    """

    def __init__(self, posed: Posed, *, runs: int, seed: int) -> None:
        self.posed = posed
        self.count = max(LEAST_RUNS, min(runs, MOST_DRAWS // max(1, posed.size)))
        self._seed = seed
        ratios = ratios_of(posed.work, posed.now)
        self.dependence = ratios.dependence
        self.own_records = ratios.count
        tasks = [each for each in posed.nodes if isinstance(each, PosedTask)]
        tables = ratios.tables([each.wanted for each in tasks])
        self._tables = dict(zip((each.id for each in tasks), tables, strict=True))
        self._shock = np.float32(np.sqrt(self.dependence)) * self._drawn(_TOGETHER)
        self._own_weight = np.float32(np.sqrt(1 - self.dependence))
        self.own = np.empty((len(tasks), self.count), dtype=np.float32)
        """By task in the order of the nodes: how far it is off by itself, as standard normals."""
        self._place = 0
        self.ready: list[Floats] = []
        """By node: when nothing holds it up any longer."""
        self.finish: list[Floats] = []
        self._free: dict[int, Floats] = {}
        """By agent: when it has done what it took so far."""
        self._now = np.zeros(self.count)
        for node in posed.nodes:
            self._pass(node)
        self.last = self.end_of(range(len(self.finish)))
        """When the last task ends."""

    def end_of(self, places: Iterable[int]) -> Floats:
        """Return when the last of some nodes ends."""
        columns = [self.finish[each] for each in places]
        return reduce(np.maximum, columns) if columns else self._now

    def _pass(self, node: PosedTask | tuple[int, ...]) -> None:
        if not isinstance(node, PosedTask):
            self.ready.append(self.end_of(node))
            self.finish.append(self.ready[-1])
            return
        ready = self.end_of(node.waits_for)
        if node.agent in self._free:
            ready = np.maximum(ready, self._free[node.agent])
        if node.earliest:
            ready = np.maximum(ready, node.earliest)
        for hazard, wait in zip(node.hazards, waits_of(node.hazards), strict=True):
            cells = cells_of(self._drawn(f"blocker {hazard.id}"))
            ready = np.maximum(ready, wait[cells])
        absences = self.posed.absences[node.agent] if node.agent >= 0 else ()
        finish = _done(absences, ready, self._work(node))
        self.ready.append(ready)
        self.finish.append(finish)
        if node.agent >= 0:
            self._free[node.agent] = finish

    def _work(self, task: PosedTask) -> Floats:
        """Return how much is left of a task."""
        own = self.own[self._place]
        own[:] = self._drawn(f"task {task.id}")
        self._place += 1
        z = self._own_weight * own
        z += self._shock
        left = left_of(task, self._tables[task.id])
        return left.take(cells_of(z), mode="clip")  # no cell is out of reach, and this is quicker

    def _drawn(self, name: str) -> NDArray[np.float32]:
        return normal_values(self._seed, name, self.count)


def _done(absences: Absences, ready: Floats, work: Floats) -> Floats:
    """Return when work is done that is begun when an agent is there; inf for never."""
    begin = ready
    for gone, back in absences:
        begin = np.where((gone <= begin) & (begin < back), _until(back), begin)
    finish = begin + work
    for gone, back in absences:
        pauses = (back > begin) & (gone < finish)
        with np.errstate(invalid="ignore"):  # never less never, where nothing pauses
            longer = finish + (_until(back) - np.maximum(gone, begin))
        finish = np.where(pauses, longer, finish)
    return finish


def _until(back: int) -> float:
    return np.inf if back >= NEVER else float(back)


def moment_from(now: datetime, ticks: float) -> datetime | None:
    """Return the instant so long from now; None for never, and beyond the calendar."""
    if not isfinite(ticks):
        return None
    try:
        return now + timedelta(microseconds=round(ticks))
    except OverflowError:
        return None
