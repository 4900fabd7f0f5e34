"""How long what is under way may still take, given how long it took already."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from orchestrator_tui.engine.forecasting.drawing.grid import LEVELS, MIDDLES
from orchestrator_tui.engine.forecasting.hazards import OpenHazard
from orchestrator_tui.engine.forecasting.posing import PosedTask
from orchestrator_tui.engine.scheduling.ticks import TICKS_PER_HOUR, TICKS_PER_SECOND

Floats = NDArray[np.float64]

FAR_OUT: Final = 0.95
"""What has lasted longer than so many do tells nothing but that it lasts: from there on the chance
to last twice as long is the same, however long it has lasted."""
HAZARD_WEIGHT: Final = 5.0
"""Resolved blockers that the policy's levels weigh as much as."""
NINE_IN_TEN: Final = 1.2815515655446004
"""The standard normal value that nine in ten stay below."""
LEAST_SPREAD: Final = 0.1
LEAST_HALF: Final = 1 / 60
"""Hours: a policy may escalate at once, but no blocker is resolved so soon."""
_MASSES: Final = np.exp(-0.5 * MIDDLES**2) / np.exp(-0.5 * MIDDLES**2).sum()
"""By cell of the grid: how probable it is."""


def left_of(task: PosedTask, ratios: Floats) -> Floats:
    """Return by cell of the grid what is left of a task, in ticks, growing with the cell.

    `ratios` are its actual / estimated hours by cell. Of a task in hand its agent's own word on
    what remains replaces the median; else the whole is drawn from what is longer than the time
    spent, and weighs less, against the pace so far, the further the task has come.
    """
    if task.is_measured:
        left = task.work * ratios / np.interp(0.5, LEVELS, ratios)
    elif task.spent_hours <= 0:
        left = task.work * ratios
    else:
        left = _by_pace(task, ratios) * TICKS_PER_HOUR
    return np.maximum(left, TICKS_PER_SECOND)


def _by_pace(task: PosedTask, ratios: Floats) -> Floats:
    """Return by cell the hours left of a task in hand."""
    spent = task.spent_hours / task.wanted.estimate_hours
    whole = longer_than(spent, ratios)
    if task.done > 0:
        pace = np.clip(spent / task.done, ratios[0], max(ratios[-1], spent))
        whole = whole ** (1 - task.done) * pace**task.done
    # where the pace is beyond anything seen, a share of the work is left all the same
    left = np.maximum(whole - spent, (1 - task.done) * ratios[0])
    hours: Floats = left * task.wanted.estimate_hours
    return hours


def longer_than(spent: float, quantiles: Floats) -> Floats:
    """Return the quantiles by cell of what is longer than `spent`."""
    level = min(FAR_OUT, float(np.interp(spent, quantiles, LEVELS, left=0.0, right=1.0)))
    found = np.interp(level + (1 - level) * LEVELS, LEVELS, quantiles)
    edge = float(np.interp(level, LEVELS, quantiles))
    return found * (spent / edge) if level == FAR_OUT else np.maximum(found, spent)


def waits_of(hazards: Sequence[OpenHazard]) -> list[Floats]:
    """Return for each open blocker by cell how long it stays open from now, in ticks."""
    return [_wait(each) * TICKS_PER_HOUR for each in hazards]


def _wait(hazard: OpenHazard) -> Floats:
    """Return by cell the hours until a blocker is resolved that is as old as it is.

    Half of all are thought to be resolved when they would rise to MODERATE, nine in ten when they
    would become MISSION_CRITICAL; the resolved ones of the team that lasted longer count beside it.
    """
    half = max(hazard.half_hours, LEAST_HALF)
    spread = np.log(max(hazard.most_hours / half, 1.0)) / NINE_IN_TEN
    thought = half * np.exp(max(spread, LEAST_SPREAD) * MIDDLES)
    still = 1 - float(np.interp(hazard.age_hours, thought, LEVELS, left=0.0, right=1.0))
    others = [(took, weight) for took, weight in hazard.others if took > hazard.age_hours]
    prior = HAZARD_WEIGHT * (still if others else 1.0)
    hours = np.concatenate((longer_than(hazard.age_hours, thought), [took for took, _ in others]))
    weights = np.concatenate((prior * _MASSES, [weight for _, weight in others]))
    order = np.argsort(hours, kind="stable")
    until = np.cumsum(weights[order])
    at = np.searchsorted(until, LEVELS * until[-1])
    found: Floats = np.maximum(hours[order][at] - hazard.age_hours, 0.0)
    return found
