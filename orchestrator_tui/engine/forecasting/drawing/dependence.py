"""How far tasks are off together: what is late for one cause is late for others."""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from orchestrator_tui.engine.forecasting.drawing.alike import Floats, Ids, Past, shares_of
from orchestrator_tui.engine.forecasting.drawing.grid import CELLS, LEVELS, MIDDLES
from orchestrator_tui.engine.forecasting.drawing.prior import prior_quantiles

PRIOR: Final = 0.1
"""The correlation of two tasks where nothing is known."""
PRIOR_WEIGHT: Final = 30.0
"""Groups that `PRIOR` weighs as much as."""
MOST: Final = 0.5
MOST_GROUPS: Final = 200
"""Finished groups that are looked at, the newest."""
MOST_OF_ONE: Final = 10
"""Tasks of a group that are looked at, the first to be finished: 45 pairs tell enough."""
_SIDES: Final[tuple[Literal["left", "right"], ...]] = ("left", "right")


def dependence_of(past: Past, groups: Sequence[Ids]) -> float:
    """Return the correlation of tasks of one group, from 0 to 0.5.

    `groups` are places in `past`, by group in the order in which its tasks were finished; `past` is
    in the order of the ratios. Each group is forecast from what was finished before its first task;
    the mean product of the standard normal values at which pairs of its tasks ended is one
    observation, and the prior stands beside all of them.
    """
    looked_at = [each for each in groups if len(each) > 1][-MOST_GROUPS:]
    found = [_pairwise(_normal_values(past, each[:MOST_OF_ONE])) for each in looked_at]
    mean = (PRIOR * PRIOR_WEIGHT + sum(found)) / (PRIOR_WEIGHT + len(found))
    return min(MOST, max(0.0, mean))


def _normal_values(past: Past, group: Ids) -> Floats:
    """Return z for each task of a group: where it ended in the forecast made before the first."""
    began = past.ages[group[0]]
    before = past.taken(past.ages > began, began)
    ended = past.taken(group)
    sizes, at = np.unique(ended.sizes, return_inverse=True)
    is_own = before.by_agent(ended.agents[:, None])
    is_same = before.of_category(ended.categories[:, None])
    shares, left = shares_of(before.alike(sizes[:, None])[at], is_own, is_same)
    until = np.concatenate((np.zeros((len(group), 1)), shares.cumsum(axis=1)), axis=1)
    each = np.arange(len(group))
    shorter, no_longer = (
        until[each, np.searchsorted(before.off, ended.off, side)] for side in _SIDES
    )
    prior = prior_quantiles(np.exp(sizes))[at]
    cells = np.minimum((prior < ended.off[:, None]).sum(axis=1), CELLS - 1)
    # of what took exactly as long half counts as shorter
    below = (shorter + no_longer) / 2 + left * LEVELS[cells]
    found: Floats = np.interp(below, LEVELS, MIDDLES)
    return found


def _pairwise(z: Floats) -> float:
    """Return the mean of z_i × z_j over the pairs of different tasks.

    No correlation is beyond 1: a group that ended far out tells no more than that.
    """
    count = len(z)
    mean = float((z.sum() ** 2 - (z**2).sum()) / (count * (count - 1)))
    return min(1.0, max(-1.0, mean))
