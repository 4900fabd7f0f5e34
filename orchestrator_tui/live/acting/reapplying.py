"""Writes what was decided into a mission's file, as far as that does not say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.live.acting.desk import COMMAND
from orchestrator_tui.live.acting.places import entry_is_there, still_says
from orchestrator_tui.live.acting.present_mission import find_mission

PATIENCE_SECONDS: Final = 1.0
"""How long the lock of the mission is waited for: the decision is not lost by waiting."""


@dataclass(frozen=True, slots=True)
class Reapplied:
    """What came of it."""

    lost: frozenset[str]
    """The ids of the rulings that the file had lost."""
    notices: tuple[str, ...]
    """What a person should know of others who wrote at the same time."""


def reapply(rulings: Sequence[Ruling], path: Path, *, state: Path, present: datetime) -> Reapplied:
    """Write what `rulings`, all of one mission, say in its file, where it does not say it.

    `path` is what is watched. Raises OrchestratorError where nothing can be written.
    """
    lost: dict[str, list[Edit]] = {}

    def plan(mission: Mission) -> Sequence[Edit]:
        lost.clear()
        lost.update((each.id, edits) for each in rulings if (edits := _lost(mission, each)))
        return [edit for edits in lost.values() for edit in edits]

    written = edit_mission(
        find_mission(path, rulings[0].mission).path,
        plan,
        state=state,
        present=present,
        patience_seconds=PATIENCE_SECONDS,
        command=COMMAND,
    )
    return Reapplied(frozenset(lost), written.notices)


def _lost(mission: Mission, ruling: Ruling) -> list[Edit]:
    return [
        each
        for each in ruling.edits
        if entry_is_there(mission, each.place) and not still_says(mission, each)
    ]
