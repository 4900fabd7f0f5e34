"""The typical ratio of a sample and of one against another, whatever a few odd records say.

The logarithms of ratios have long tails: of each end a fifth is left out (Tukey and McLaughlin,
Sankhyā A 25, 1963, for one sample; Yuen, Biometrika 61, 1974, for two).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, fsum, sqrt
from typing import Final, NamedTuple

from orchestrator_tui.engine.learning.statistics.student import reach, two_sided

LEAST: Final = 5
"""Records without which nothing is said."""
TRIMMED: Final = 0.2
LEAST_SPREAD: Final = 0.05
"""Of the logarithms: nobody notes hours more exactly than by 5 %."""
LARGEST_CLUSTER: Final = 10.0
"""Records of one group that go together; what lies farther apart does so no longer."""


class Logs(NamedTuple):
    """The logarithms of some ratios, as far as tests need them."""

    size: int
    middle: float
    """Their trimmed mean."""
    variance: float
    """Of that mean."""
    kept: int
    """How many were not trimmed."""


@dataclass(frozen=True)
class Ratio:
    """A typical ratio, or how many times another's it is; 1 is no effect."""

    middle: float
    """Its logarithm."""
    variance: float
    """Of `middle`."""
    freedom: float
    """Degrees of freedom."""

    none: float = 1.0

    @cached_property
    def p(self) -> float:
        """Return how probable a ratio as far from 1 is where it is 1."""
        return two_sided(self.middle / sqrt(self.variance), self.freedom)

    @property
    def effect(self) -> float:
        """Return the ratio."""
        return exp(self.middle)

    def interval(self, level: float) -> tuple[float, float]:
        """Return the ends of the confidence interval of that level."""
        wide = reach(level, self.freedom) * sqrt(self.variance)
        return exp(self.middle - wide), exp(self.middle + wide)


def logs_of(values: Iterable[float], *, inflation: float = 1.0) -> Logs:
    """Return what tests need of logarithms, 5 of them at least.

    `inflation` is how many times the variance is what it were if each told something of its own.
    """
    ordered = sorted(values)
    count = len(ordered)
    cut = int(TRIMMED * count)
    kept = ordered[cut : count - cut]
    bounded = [ordered[cut]] * cut + kept + [kept[-1]] * cut
    centre = fsum(bounded) / count
    spread = max(fsum((each - centre) ** 2 for each in bounded) / (count - 1), LEAST_SPREAD**2)
    return Logs(
        size=count,
        middle=fsum(kept) / len(kept),
        variance=spread * (count - 1) / (len(kept) * (len(kept) - 1)) * inflation,
        kept=len(kept),
    )


def against_one(sample: Logs) -> Ratio:
    """Return the typical ratio of a sample."""
    return Ratio(sample.middle, sample.variance, sample.kept - 1)


def against(sample: Logs, other: Logs) -> Ratio:
    """Return how many times another sample's typical ratio a sample's is."""
    total = sample.variance + other.variance
    freedom = total**2 / (
        sample.variance**2 / (sample.kept - 1) + other.variance**2 / (other.kept - 1)
    )
    return Ratio(sample.middle - other.middle, total, freedom)


def inflation_of(groups: Sequence[Hashable | None], dependence: float) -> float:
    """Return the design effect (Kish, Survey Sampling, 1965) of records that go together.

    `groups` says by record what it was done with, None for nothing else; `dependence` is the
    correlation between two records of one group.
    """
    counts: dict[Hashable, int] = {}
    for each in groups:
        if each is not None:
            counts[each] = counts.get(each, 0) + 1
    alone = sum(each is None for each in groups)
    typical = (alone + sum(each * each for each in counts.values())) / max(1, len(groups))
    return 1 + (min(typical, LARGEST_CLUSTER) - 1) * dependence
