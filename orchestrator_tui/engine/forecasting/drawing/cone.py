"""How much work may be done by when: the cone of a burn-up chart."""

from datetime import timedelta
from typing import Final

import numpy as np

from orchestrator_tui.domain.foresight import ConePoint
from orchestrator_tui.engine.forecasting.drawing.runs import Runs, moment_from
from orchestrator_tui.engine.forecasting.posing import Posed, PosedTask

MOMENTS: Final = 32
MOST_RUNS: Final = 200
LEAST_RUNS: Final = 40
MOST_CELLS: Final = 1_000_000
"""Tasks times runs times moments."""
NEARLY_ALL: Final = 0.95


def cone_of(drawn: Runs, posed: Posed) -> tuple[ConePoint, ...]:
    """Return what is done by some moments, until nearly every run has ended.

    Work counts by what it was estimated at, evenly from when it begins until it ends. Empty where
    one never ends that begins, and where none begins.
    """
    in_order = np.argsort(drawn.last, kind="stable")
    until = drawn.last[in_order[int(NEARLY_ALL * (drawn.count - 1))]]
    tasks = [each for each in posed.nodes if isinstance(each, PosedTask)]
    if not tasks or moment_from(posed.now, float(until)) is None:
        return ()
    places = [at for at, each in enumerate(posed.nodes) if isinstance(each, PosedTask)]
    wanted = MOST_CELLS // (len(places) * MOMENTS)
    count = min(drawn.count, max(LEAST_RUNS, min(MOST_RUNS, wanted)))
    # as many quick runs as slow ones: every so-manieth by its end
    chosen = in_order[(np.arange(count) * drawn.count + drawn.count // 2) // count]
    begins = np.array([drawn.ready[each][chosen] for each in places], dtype=np.float32)
    finishes = np.array([drawn.finish[each][chosen] for each in places], dtype=np.float32)
    never = ~np.isfinite(begins)
    begins[never], finishes[never] = 0, 0
    pace = np.where(never, 0, 1 / np.maximum(finishes - begins, 1))
    hours = np.array([each.likely_hours * (1 - each.done) for each in tasks], dtype=np.float32)
    points = []
    for at in np.linspace(0, until, MOMENTS):
        shares = np.clip((np.float32(at) - begins) * pace, 0, 1)
        done = np.sort(posed.earned_hours + np.einsum("t,tr->r", hours, shares))
        low, middle, high = (float(done[int(each * (count - 1))]) for each in (0.1, 0.5, 0.9))
        moment = posed.now + timedelta(microseconds=round(float(at)))
        points.append(ConePoint(moment, low, middle, high))
    return tuple(points)
