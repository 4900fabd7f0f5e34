"""What teams nobody knows yet do: published ratios of actual to estimated hours.

Quantiles over up to three public sets of tasks (SiP: Jones and Cullum, arXiv 1901.01621; CESAW;
Renzo), each set counting alike, by size of the estimate.
"""

from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from orchestrator_tui.engine.forecasting.drawing.grid import MIDDLES

AT: Final = (0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""The probabilities of the quantiles below."""
RATIOS_BY_HOURS: Final = {
    0.5: (0.331, 0.42, 0.748, 0.796, 0.844, 0.928, 1.0, 1.013, 1.101, 1.321, 1.671, 1.913, 2.34,
          3.622),
    2.0: (0.201, 0.28, 0.441, 0.563, 0.621, 0.777, 0.87, 1.0, 1.077, 1.206, 1.387, 1.592, 1.893,
          2.714),
    8.0: (0.133, 0.231, 0.441, 0.54, 0.641, 0.818, 0.962, 1.0, 1.132, 1.233, 1.413, 1.628, 2.051,
          2.873),
    32.0: (0.061, 0.131, 0.336, 0.439, 0.523, 0.716, 0.862, 0.968, 1.061, 1.136, 1.242, 1.422,
           1.695, 2.22),
}  # fmt: skip
"""Quantiles of actual / estimate by the hours in the middle of a span of estimates.

The spans are 0 to 1, 1 to 4, 4 to 16, and 16 hours and more; between their middles the logarithms
of the ratios are interpolated by the logarithm of the estimate.
"""

_HOURS: Final = np.log(np.array(tuple(RATIOS_BY_HOURS)))
_Z: Final = np.array([NormalDist().inv_cdf(each) for each in AT])


def prior_quantiles(estimate_hours: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log(actual / estimate) by cell of the grid for a task of that size, or of each."""
    place = np.asarray(np.interp(np.log(estimate_hours), _HOURS, np.arange(len(_HOURS))))
    smaller = np.minimum(place.astype(np.intp), len(_HOURS) - 2)
    share = (place - smaller)[..., None]
    found: NDArray[np.float64] = (1 - share) * _TABLE[smaller] + share * _TABLE[smaller + 1]
    return found


def _extended(ratios: tuple[float, ...]) -> NDArray[np.float64]:
    """Return quantiles by cell; beyond the outermost they go on as straight as they came."""
    known = np.log(np.array(ratios))
    found: NDArray[np.float64] = np.interp(MIDDLES, _Z, known)
    low, high = _Z[0] > MIDDLES, _Z[-1] < MIDDLES
    found[low] = known[0] + (MIDDLES[low] - _Z[0]) * (known[1] - known[0]) / (_Z[1] - _Z[0])
    found[high] = known[-1] + (MIDDLES[high] - _Z[-1]) * (known[-1] - known[-2]) / (_Z[-1] - _Z[-2])
    return found


_TABLE: Final = np.array([_extended(each) for each in RATIOS_BY_HOURS.values()])
