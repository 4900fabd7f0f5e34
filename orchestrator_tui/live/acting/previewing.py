"""What accepting a plan would change in a mission's files, seen before it is done."""

from pathlib import Path

from orchestrator_tui.domain.deeds import AcceptPlan
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.engine.accepting import acceptance_edits
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.editing.preview import preview_edit
from orchestrator_tui.live.acting.present_mission import find_mission


def preview(
    path: Path, mission: MissionId, deed: AcceptPlan, *, actor: str, clock: Clock
) -> tuple[FileDiff, ...]:
    """Return how the files of a mission at `path` would change, did `actor` do `deed` now.

    Raises what doing it would raise for what it says; whether what the plan rests on has changed is
    found out when it is done.
    """
    now = clock()
    found = find_mission(path, mission)
    return preview_edit(
        found.path,
        lambda present: acceptance_edits(present, deed, actor=actor, at=now),
        present=now,
    )
