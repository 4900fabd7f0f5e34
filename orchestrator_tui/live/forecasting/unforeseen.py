"""A loop that shows how missions stand, and draws no future."""

from datetime import datetime

from orchestrator_tui.domain.snapshot import Snapshot


class Unforeseen:
    """Stands where a forecaster would, and foresees nothing."""

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` as it is."""
        del now
        return snapshot

    def close(self) -> None:
        """End."""
