"""Records and a prior as one distribution, whose quantiles are exact."""

import numpy as np

from orchestrator_tui.engine.forecasting.drawing.alike import Floats
from orchestrator_tui.engine.forecasting.drawing.grid import LEVELS


def chance_below(values: Floats, quantiles: Floats) -> Floats:
    """Return the probability that what has these quantiles by cell is at most each value."""
    return np.interp(values, quantiles, LEVELS, left=0.0, right=1.0)


def mixed(values: Floats, shares: Floats, below: Floats, *, prior: Floats, left: float) -> Floats:
    """Return by cell the quantiles of values with their shares and a prior with what is left.

    `values` are in order; `below` is the chance that the prior is below each, `prior` has its
    quantiles by cell.
    """
    ours = np.concatenate(((0.0,), shares.cumsum()))
    at = np.searchsorted(ours[1:] + left * below, LEVELS * (ours[-1] + left))
    found = np.interp((LEVELS - ours[at]) / left, LEVELS, prior)
    # where the mass of a value itself is reached, the quantile is that value
    low = np.concatenate(((-np.inf,), values))[at]
    high = np.concatenate((values, (np.inf,)))[at]
    kept: Floats = np.minimum(np.maximum(found, low), high)
    return kept
