"""Writes what was decided into a mission's file, as far as that does not say it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.live.desk import COMMAND
from orchestrator_tui.live.places import entry_is_there, still_says
from orchestrator_tui.live.present import find_mission

PATIENCE_SECONDS: Final = 1.0
"""How long the lock of the mission is waited for: the decision is not lost by waiting."""


def reapply(rulings: Sequence[Ruling], path: Path, *, state: Path, present: datetime) -> set[str]:
    """Write what `rulings`, all of one mission, say in its file; return the ids of those it lost.

    `path` is what is watched. Raises OrchestratorError where nothing can be written.
    """
    lost: dict[str, list[Edit]] = {}

    def plan(mission: Mission) -> Sequence[Edit]:
        lost.clear()
        lost.update((each.id, edits) for each in rulings if (edits := _lost(mission, each)))
        return [edit for edits in lost.values() for edit in edits]

    edit_mission(
        find_mission(path, rulings[0].mission).path,
        plan,
        state=state,
        present=present,
        patience_seconds=PATIENCE_SECONDS,
        command=COMMAND,
    )
    return set(lost)


def _lost(mission: Mission, ruling: Ruling) -> list[Edit]:
    return [
        each
        for each in ruling.edits
        if entry_is_there(mission, each.place) and not still_says(mission, each)
    ]
