"""A loop without a history: what it sees is told as long as it runs."""

import math
from datetime import datetime

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.live.recording.chronicle import Chronicle


class Unrecorded:
    """Stands where a recorder would, and keeps nothing."""

    def __init__(self) -> None:
        self._chronicle = Chronicle()

    @property
    def is_recording(self) -> bool:
        """Return that nothing is kept."""
        return False

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what has happened to its missions since the first one."""
        return self._chronicle.told(snapshot, now)

    def judged(self, assessment: Assessment) -> None:
        """Take in nothing."""

    def due(self) -> float:
        """Return that there is never anything to be kept."""
        return math.inf

    def record(self) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """End."""
