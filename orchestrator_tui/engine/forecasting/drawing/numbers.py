"""Random numbers by name: what is drawn for one task depends on no other task."""

from hashlib import shake_128

import numpy as np
from numpy.typing import NDArray

_LEVELS = 1 << 16
_REACH = 5.0
_STEPS = 20_000


def _quantiles() -> NDArray[np.float32]:
    """Return the standard normal values in the middle of equally probable parts."""
    z = np.linspace(-_REACH, _REACH, _STEPS)
    below = np.cumsum(np.exp(-0.5 * z**2))
    middles = (np.arange(_LEVELS) + 0.5) / _LEVELS
    # half a step less: what is summed up to a value reaches to the end of its step
    found = np.interp(middles, below / below[-1], z) + _REACH / _STEPS
    return found.astype(np.float32)


_QUANTILES = _quantiles()


def normal_values(seed: int, name: str, count: int) -> NDArray[np.float32]:
    """Return `count` standard normal values: always the same for the same seed and name.

    They are read off the bytes of a hash of both, which is quicker than to begin a stream of random
    numbers for each name, and the same on every machine.
    """
    stream = shake_128(f"{seed} {name}".encode()).digest(2 * count)
    return _QUANTILES.take(np.frombuffer(stream, dtype="<u2"))
