"""Writes what was decided into a mission's file, as far as that does not say it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.history.faults import HistoryFault
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import read_rulings
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.live.acting.desk import COMMAND
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.projecting import Projection, edits_to_come, projections

PATIENCE_SECONDS: Final = 1.0
"""How long the lock of the mission is waited for: the decision is not lost by waiting."""


@dataclass(frozen=True, slots=True)
class Reapplied:
    """What came of it."""

    lost: frozenset[str]
    """The ids of the rulings that the file did not show as it should."""
    notices: tuple[str, ...]
    """What a person should know of others who wrote at the same time."""


def reapply(
    wanted: Sequence[Projection], path: Path, *, state: Path, present: datetime
) -> Reapplied:
    """Write what `wanted`, all of one mission, ask of its file, where it does not say it.

    What was decided otherwise in between, or taken back, is left out. `path` is what is watched.
    Raises OrchestratorError where nothing can be written.
    """
    lost: dict[str, list[Edit]] = {}

    def plan(mission: Mission) -> Sequence[Edit]:
        lost.clear()
        for each in _still_wanted(wanted, path, state=state, present=present):
            if edits := edits_to_come(mission, each):
                lost[each.ruling.id] = edits
        return [edit for edits in lost.values() for edit in edits]

    written = edit_mission(
        find_mission(path, wanted[0].ruling.mission).path,
        plan,
        state=state,
        present=present,
        patience_seconds=PATIENCE_SECONDS,
        command=COMMAND,
    )
    return Reapplied(frozenset(lost), written.notices)


def _still_wanted(
    wanted: Sequence[Projection], path: Path, *, state: Path, present: datetime
) -> list[Projection]:
    """Return those of `wanted` that are still the newest: a person decides while others write."""
    with suppress(HistoryFault):
        rulings = read_rulings(history_folder(state, path), clock=lambda: present)
        known, newest = {each.id for each in rulings}, projections(rulings)
        return [
            each
            for each in wanted
            if each.ruling.id not in known
            or newest[each.ruling.mission, each.ruling.subject] == each
        ]
    return list(wanted)
