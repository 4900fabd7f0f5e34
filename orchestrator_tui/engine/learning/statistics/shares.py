"""How often something happens against how often it does elsewhere, from small counts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import exp, fsum, lgamma, log, sqrt
from statistics import NormalDist
from typing import Final

AS_LIKELY: Final = 1 + 1e-9
"""Counts that are as probable as what was seen, but for rounding, count as such."""
_HALVINGS: Final = 60
_WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Count:
    """So many out of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """Return it as a share, from 0 to 1."""
        return self.hits / self.of

    def wilson(self, wide: float) -> tuple[float, float]:
        """Return Wilson's interval (1927) `wide` standard errors to each side."""
        centre = self.share + wide * wide / (2 * self.of)
        room = wide * sqrt(self.share * (1 - self.share) / self.of + (wide / (2 * self.of)) ** 2)
        whole = 1 + wide * wide / self.of
        return (centre - room) / whole, (centre + room) / whole


@dataclass(frozen=True)
class Difference:
    """By how many points of per cent one share is above another; 0 is no effect.

    Fisher's exact test, and Newcombe's hybrid score interval (Statistics in Medicine 17, 1998).
    """

    one: Count
    other: Count

    none: float = 0.0

    @cached_property
    def p(self) -> float:
        """Return how probable as odd a split of all hits is where both shares are the same."""
        hits, whole = self.one.hits + self.other.hits, self.one.of + self.other.of
        least, most = max(0, hits - self.other.of), min(hits, self.one.of)
        logs = {
            each: _choices(self.one.of, each)
            + _choices(self.other.of, hits - each)
            - _choices(whole, hits)
            for each in range(least, most + 1)
        }
        seen = logs[self.one.hits] + log(AS_LIKELY)
        return min(1.0, fsum(exp(each) for each in logs.values() if each <= seen))

    @property
    def effect(self) -> float:
        """Return the difference."""
        return _WHOLE * (self.one.share - self.other.share)

    def interval(self, level: float) -> tuple[float, float]:
        """Return the ends of the confidence interval of that level."""
        wide = NormalDist().inv_cdf((1 + level) / 2)
        (low, high), (least, most) = self.one.wilson(wide), self.other.wilson(wide)
        apart = self.one.share - self.other.share
        below = sqrt((self.one.share - low) ** 2 + (most - self.other.share) ** 2)
        above = sqrt((high - self.one.share) ** 2 + (self.other.share - least) ** 2)
        return _WHOLE * (apart - below), _WHOLE * (apart + above)


@dataclass(frozen=True)
class Rate:
    """How many times as often as elsewhere something happens; 1 is no effect.

    Of all that happened, a share is one's own: as great a share as its part in all the time, where
    there is no effect. Clopper and Pearson's exact interval (1934).
    """

    own: Count
    expected: float
    """Its part in the time, between 0 and 1."""

    none: float = 1.0

    @cached_property
    def p(self) -> float:
        """Return how probable a share as far off is: twice that of the nearer tail."""
        above = _at_least(self.own.hits, self.own.of, self.expected)
        below = 1 - _at_least(self.own.hits + 1, self.own.of, self.expected)
        return min(1.0, 2 * min(above, below))

    @property
    def effect(self) -> float:
        """Return the ratio of the rates; with hits alone, that of one hit less."""
        hits = min(float(self.own.hits), self.own.of - 0.5)
        return self._times(hits / self.own.of)

    def interval(self, level: float) -> tuple[float, float]:
        """Return the ends of the confidence interval of that level."""
        hits, of, tail = self.own.hits, self.own.of, (1 - level) / 2
        low = 0.0 if not hits else _share_where(lambda share: _at_least(hits, of, share), tail)
        high = _share_where(lambda share: _at_least(hits + 1, of, share), 1 - tail)
        return self._times(low), self._times(high if hits < of else 1 - 0.5 / of)

    def _times(self, share: float) -> float:
        return share / (1 - share) * (1 - self.expected) / self.expected


def _choices(of: int, hits: int) -> float:
    """Return the logarithm of the binomial coefficient."""
    return lgamma(of + 1) - lgamma(hits + 1) - lgamma(of - hits + 1)


def _at_least(hits: int, of: int, share: float) -> float:
    """Return how probable so many hits or more are."""
    if hits <= 0 or share >= 1:
        return float(hits <= of)
    if share <= 0:
        return 0.0
    return min(
        1.0,
        fsum(
            exp(_choices(of, each) + each * log(share) + (of - each) * log(1 - share))
            for each in range(hits, of + 1)
        ),
    )


def _share_where(tail: Callable[[float], float], wanted: float) -> float:
    """Return the share at which a tail, which grows with the share, is as probable as wanted."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) < wanted else (low, middle)
    return low
