"""Student's t: how odd a value is, and how far the middle of a sample may be off."""

from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import Final

_STEPS: Final = 200
_SMALL: Final = 1e-300
_EXACT: Final = 1e-13
_WIDEST: Final = 1e9


def two_sided(t: float, freedom: float) -> float:
    """Return how probable a value as far from 0 as `t` is, by `freedom` degrees of freedom."""
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5)


@lru_cache(maxsize=4096)
def reach(level: float, freedom: float) -> float:
    """Return the value that `level` of all are nearer to 0 than."""
    low, high = 0.0, 1.0
    while two_sided(high, freedom) > 1 - level and high < _WIDEST:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if two_sided(middle, freedom) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularized incomplete beta function I_x(a, b).

    By its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22).
    """
    if x <= 0 or x >= 1:
        return min(1.0, max(0.0, x))
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - front * _fraction(1 - x, b, a) / b
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction, by the method of Lentz as Thompson and Barnett have it."""
    c, d = 1.0, 1 / _kept_from_zero(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for each in (even, odd):
            d = 1 / _kept_from_zero(1 + each * d)
            c = _kept_from_zero(1 + each / c)
            found *= c * d
        if abs(c * d - 1) < _EXACT:
            break
    return found


def _kept_from_zero(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL
