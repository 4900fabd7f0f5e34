"""Evidence for whoever looks once: imported and collected only where a mission asks for any."""

from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.evidence.asking import asked_of


def with_evidence_now(snapshot: Snapshot, path: Path, state: Path, now: datetime) -> Snapshot:
    """Return `snapshot`, read from `path`, with what its workspaces hold now; runs no command.

    `now` moves the clock, not the world: evidence is read as it is.
    """
    if all(each.mission is None or asked_of(each.mission).is_nothing for each in snapshot.missions):
        return snapshot
    # reading every format of evidence takes longer to load than reading missions
    from orchestrator_tui.io.evidence.collecting import with_evidence  # noqa: PLC0415

    return with_evidence(snapshot, path, state, now)
