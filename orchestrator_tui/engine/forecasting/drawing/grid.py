"""The grid of standard normal values at which every distribution is kept.

With quantiles tabled by z, a draw is a look at a table: `table[task, cells_of(z)]` for normal z is
a draw of the task's ratio, and normal values that are correlated make ratios that are.
"""

from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

CELLS: Final = 256
"""Values of z at which a table holds quantiles."""
REACH: Final = 4.0
"""The greatest z; beyond it lies one draw in thirty thousand."""
CELLS_PER_UNIT: Final = CELLS / (2 * REACH)

_MIDDLES: Final = tuple((each + 0.5) / CELLS_PER_UNIT - REACH for each in range(CELLS))

MIDDLES: Final[NDArray[np.float64]] = np.array(_MIDDLES)
"""The z in the middle of each cell."""
LEVELS: Final[NDArray[np.float64]] = np.array([NormalDist().cdf(each) for each in _MIDDLES])
"""The probability of a lower draw, by cell."""


def cells_of(z: NDArray[np.floating]) -> NDArray[np.intp]:
    """Return the cell of each standard normal value; what is beyond the grid counts as its end."""
    found = z * CELLS_PER_UNIT
    found += REACH * CELLS_PER_UNIT
    # np.clip does the same, in three times as long
    np.maximum(found, 0, out=found)
    np.minimum(found, CELLS - 1, out=found)
    return found.astype(np.intp)
