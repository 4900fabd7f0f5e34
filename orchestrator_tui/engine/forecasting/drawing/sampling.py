"""What may become of a mission, drawn often: when it ends, how likely, and what decides it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from orchestrator_tui.domain.foresight import LEVELS, Driver, FinishRange, Foresight
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.engine.forecasting.drawing.cone import cone_of
from orchestrator_tui.engine.forecasting.drawing.runs import Runs, moment_from
from orchestrator_tui.engine.forecasting.posing import Posed, PosedSubject, PosedTask

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

LEAST_WEIGHT: Final = 0.1
"""A task whose correlation with the end is less decides nothing."""
MOST_DRIVERS: Final = 5
_DIGITS: Final = 3


def foreseen(posed: Posed, *, runs: int, seed: int) -> Foresight:
    """Draw a mission's future; the same for the same arguments, to the byte.

    Of missions with many tasks there are fewer runs than asked for.
    """
    drawn = Runs(posed, runs=runs, seed=seed)
    ends = [_end(drawn, each) for each in posed.subjects]
    return Foresight(
        made=posed.now,
        runs=drawn.count,
        seed=seed,
        own_records=drawn.own_records,
        dependence=drawn.dependence,
        ranges=MappingProxyType({each.subject: each for each in _ranges(drawn, ends)}),
        criticality=MappingProxyType(_criticality(drawn)),
        cone=cone_of(drawn, posed),
    )


def on_time(posed: Posed, due: datetime, *, runs: int, seed: int) -> float:
    """Return the probability, from 0 to 1, that the last task ends by `due`."""
    drawn = Runs(posed, runs=runs, seed=seed)
    return _share_by(_end(drawn, posed.subjects[0]), (due - posed.now) / timedelta(microseconds=1))


def _end(drawn: Runs, subject: PosedSubject) -> Floats:
    if subject.ends_with is None:
        return np.full(drawn.count, np.inf)
    return drawn.end_of(subject.ends_with)


def _share_by(end: Floats, due: float) -> float:
    return int(np.count_nonzero(end <= due)) / len(end)


def _ranges(drawn: Runs, ends: list[Floats]) -> Iterator[FinishRange]:
    posed = drawn.posed
    orders = [np.argsort(each, kind="stable") for each in ends]
    for subject, due, end, order, drivers in zip(
        posed.subjects, posed.dues, ends, orders, _drivers(drawn, ends, orders), strict=True
    ):
        finishes = (float(end[order[ceil(each * len(end)) - 1]]) for each in LEVELS)
        yield FinishRange(
            subject=subject.id,
            finishes=tuple(moment_from(posed.now, each) for each in finishes),
            due=due,
            on_time=None if subject.due is None else _share_by(end, subject.due),
            drivers=drivers,
        )


def _drivers(drawn: Runs, ends: list[Floats], orders: list[Places]) -> Iterator[tuple[Driver, ...]]:
    """Yield for each end the tasks that it goes with: by themselves, without the common shock."""
    tasks = [each.id for each in drawn.posed.nodes if isinstance(each, PosedTask)]
    columns = np.array(list(map(_ranked, ends, orders)), dtype=np.float32)
    # rounded, for in which order a product of matrices adds up is the machine's choice
    weights = (columns @ drawn.own.T / drawn.count).round(_DIGITS)
    for row in weights:
        heaviest = np.argsort(-row, kind="stable")[:MOST_DRIVERS]
        yield tuple(
            Driver(TaskId(tasks[each]), min(1.0, round(float(row[each]), _DIGITS)))
            for each in heaviest
            if row[each] >= LEAST_WEIGHT
        )


def _ranked(end: Floats, order: Places) -> Floats:
    """Return the standardised ranks of the ends, which are in order; zeros if all are the same.

    By rank one run that ends years later counts no more than it should, nor one that never does.
    """
    if (end == end[0]).all():
        return np.zeros(len(end))
    ranks = np.empty(len(end))
    ranks[order] = np.arange(len(end)) - (len(end) - 1) / 2
    found: Floats = ranks / ranks.std()
    return found


def _criticality(drawn: Runs) -> dict[TaskId, float]:
    """Return by task the share of runs in which it decided when the last one ended.

    Critical is, from the end backwards, what something critical waited for: another task, or its
    agent. The criticality index of van Slyke (1963), with the agents as scarce as the plan has it.
    """
    counts: dict[TaskId, float] = {}
    waited: list[NDArray[np.bool_] | None] = [None] * len(drawn.finish)
    before = _before(drawn.posed)
    for place in range(len(drawn.finish) - 1, -1, -1):
        node, held = drawn.posed.nodes[place], waited[place]
        # what something waits for is critical with it; only of what nothing waits for it is asked
        # whether it ends last
        decides = drawn.finish[place] == drawn.last if held is None else held
        waited[place] = None
        if isinstance(node, PosedTask):
            counts[TaskId(node.id)] = int(np.count_nonzero(decides)) / drawn.count
        if not decides.any():
            continue
        for each in before[place]:
            holds = decides & (drawn.finish[each] == drawn.ready[place])
            known = waited[each]
            waited[each] = holds if known is None else known | holds
    return {TaskId(each): counts[TaskId(each)] for each in sorted(counts)}


def _before(posed: Posed) -> list[tuple[int, ...]]:
    """Return by node what it waits for, and what its agent does before it."""
    latest: dict[int, int] = {}
    found: list[tuple[int, ...]] = []
    for place, node in enumerate(posed.nodes):
        if not isinstance(node, PosedTask):
            found.append(node)
            continue
        is_next = node.agent in latest
        found.append((*node.waits_for, latest[node.agent]) if is_next else node.waits_for)
        if node.agent >= 0:
            latest[node.agent] = place
    return found
