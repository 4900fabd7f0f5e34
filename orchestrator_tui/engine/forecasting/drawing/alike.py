"""How much each finished task tells of another: by its age, its size, whose it was, what sort.

The constants were tuned on the first 40 % of the published tasks of SiP (Jones and Cullum, arXiv
1901.01621); around them the score is flat.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ids = NDArray[np.intp]

HALF_LIFE: Final = timedelta(days=240)
"""A task that was finished so long ago counts half."""
KERNEL: Final = 0.5
"""The standard deviation, in log hours, of how alike in size two tasks are: small ones overrun
where great ones do not."""
WIDER_WEIGHT: Final = 10.0
"""Alike tasks that all that is known more generally weighs as much as, at each of the steps."""
NOBODY: Final = -1
"""The number of an agent or a category without a name; it is like no other."""


@dataclass(frozen=True, slots=True)
class Past:
    """Finished tasks in some order, one array for each of their properties."""

    off: Floats
    """log(actual / estimate)."""
    sizes: Floats
    """log(estimate)."""
    ages: Floats
    """At the moment of the forecast, in half-lives."""
    agents: Ids
    categories: Ids

    def alike(self, size: float | Floats) -> Floats:
        """Return what each counts by age and size alone, from 0 to 1."""
        apart = (self.sizes - size) / KERNEL
        found: Floats = np.exp(-0.5 * apart**2 - np.log(2) * self.ages)
        return found

    def by_agent(self, agents: Ids) -> Floats:
        """Return 1 for each that was the agent's, 0 for others."""
        return _equal(self.agents, agents)

    def of_category(self, categories: Ids) -> Floats:
        """Return 1 for each of the category, 0 for others."""
        return _equal(self.categories, categories)

    def taken(self, chosen: Ids | NDArray[np.bool_], younger: float = 0.0) -> "Past":
        """Return some of the tasks, as they were when they were `younger` by some half-lives."""
        return Past(
            self.off[chosen],
            self.sizes[chosen],
            self.ages[chosen] - younger,
            self.agents[chosen],
            self.categories[chosen],
        )


def shares_of(alike: Floats, is_own: Floats, is_same: Floats) -> tuple[Floats, Floats]:
    """Return what part of 1 each finished task has in a forecast, and what is left for the prior.

    From the general to the special: the whole team's tasks, those of the same agent, those of the
    same category, those of both. At each step the tasks that qualify stand beside all that went
    before, which weighs as `WIDER_WEIGHT` of them (shrinkage, as in a hierarchical Dirichlet
    process). `is_own` and `is_same` are 1 or 0; the last axis is that of the finished tasks.
    """
    in_same_hands = alike * is_own
    of_same_sort = alike * is_same
    steps = (alike, in_same_hands, of_same_sort, in_same_hands * is_same)
    totals = [WIDER_WEIGHT + each.sum(axis=-1, keepdims=True) for each in steps]
    left = np.ones_like(totals[0])
    parts = np.zeros_like(in_same_hands)
    for step, total in zip(reversed(steps), reversed(totals), strict=True):
        parts += step * (left / total)
        left = left * (WIDER_WEIGHT / total)
    return parts, left[..., 0]


def _equal(ids: Ids, wanted: Ids) -> Floats:
    found: Floats = ((ids == wanted) & (ids != NOBODY)).astype(np.float64)
    return found
