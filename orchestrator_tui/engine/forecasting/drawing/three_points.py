"""What an estimate of best, likely and worst says of a task."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from orchestrator_tui.engine.forecasting.drawing.grid import LEVELS

STEPS: Final = 512
"""Steps in which the density is summed up."""
LIKELY_WEIGHT: Final = 4.0
"""How much more the likely hours count than the best or the worst, as in PERT."""


def three_point_quantiles(best: float, likely: float, worst: float) -> NDArray[np.float64]:
    """Return log(actual / likely) by cell of the grid: a beta distribution as PERT has it.

    Hours are above 0, and in order.
    """
    span = worst - best
    if span <= 0:
        return np.full(len(LEVELS), np.log(worst / likely))
    middles = (np.arange(STEPS) + 0.5) / STEPS
    low = LIKELY_WEIGHT * (likely - best) / span
    high = LIKELY_WEIGHT * (worst - likely) / span
    below = np.concatenate(([0.0], np.cumsum(middles**low * (1 - middles) ** high)))
    shares = np.interp(LEVELS, below / below[-1], np.arange(STEPS + 1) / STEPS)
    return np.log((best + span * shares) / likely)
