"""A loop that looks at missions alone, and at nothing around them."""

from datetime import datetime

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import Snapshot


class Unobserved:
    """Stands where an observer would, and observes nothing."""

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` as it is."""
        del now
        return snapshot

    def unobserved(self, now: datetime) -> frozenset[MissionId]:
        """Return that nothing more will be known."""
        del now
        return frozenset()

    def judged(self, assessment: Assessment) -> None:
        """Take in nothing."""

    def close(self) -> None:
        """End."""
