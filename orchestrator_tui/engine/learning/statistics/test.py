"""What every test of an effect answers."""

from typing import Protocol


class Test(Protocol):
    """An effect that records show, and how sure that is."""

    @property
    def p(self) -> float:
        """Return how probable what is seen, or odder, is where there is no effect."""

    @property
    def effect(self) -> float:
        """Return the effect, in the unit of the interval."""

    @property
    def none(self) -> float:
        """Return what the effect is where there is none."""

    def interval(self, level: float) -> tuple[float, float]:
        """Return the ends of the confidence interval of that level."""
