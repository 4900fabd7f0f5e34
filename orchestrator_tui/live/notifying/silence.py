"""What tells people, as a recorder knows it; and what tells nobody."""

import math
from typing import Protocol

from orchestrator_tui.domain.assessment import Assessment


class Tells(Protocol):
    """Tells people what follows from each look."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know: who is not told, and why."""

    def judged(self, assessment: Assessment) -> None:
        """Take in what was judged; it is told in a moment."""

    def due(self) -> float:
        """Return when there is something to do, on the monotonic clock."""

    def tell(self) -> None:
        """Tell what is due."""

    def begin_anew(self) -> None:
        """Read again what was told: another history is open."""

    def close(self) -> None:
        """End."""


class Silence:
    """Stands where a hub would, and tells nobody: the clock was moved, or nobody is to be told."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def judged(self, assessment: Assessment) -> None:
        """Take in nothing."""

    def due(self) -> float:
        """Return that there is never anything to do."""
        return math.inf

    def tell(self) -> None:
        """Tell nobody."""

    def begin_anew(self) -> None:
        """Read nothing."""

    def close(self) -> None:
        """End."""
