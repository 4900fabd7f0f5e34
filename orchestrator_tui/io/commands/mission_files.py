"""The mission that asked for a command, as one digest: what it says, and not how its work goes.

Agents report while commands run. What they say of themselves decides nothing about a command; who
changed anything else may have changed what the result is worth.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.reading.discovery import FoundMission, discover
from orchestrator_tui.io.reading.mission_memory import MissionMemory
from orchestrator_tui.io.reading.part import digest_of, folder_revision
from orchestrator_tui.io.reading.safe_read import FileRefused, read_bytes

_REPORTED: Final[dict[str, Any]] = {
    "agents": {"__all__": {"state", "task", "updated", "note"}},
    "tasks": {
        "__all__": {"progress", "spent", "remaining", "started", "finished", "quality"},
    },
    "blockers": True,
}
"""What agents write of their own work."""


def mission_state(path: Path) -> str:
    """Return the SHA-256 of all that the mission at `path` says beside what agents report.

    Where it cannot be read without a fault, it is that of its files; where it is gone, nothing.
    """
    try:
        found = discover(path).missions
    except MissionNotFound:
        return ""
    missions = [(each, _sound_mission(each)) for each in found]
    return folder_revision(
        [
            (os.fspath(each.path), _files_digest(each) if mission is None else _said(mission))
            for each, mission in missions
        ]
    )


def _sound_mission(found: FoundMission) -> Mission | None:
    known = MissionMemory(found, warns_of_future=False).look(found, system_clock(), None)
    if known is None or any(each.is_error for each in known.problems):
        return None
    return known.mission


def _said(mission: Mission) -> str:
    said = mission.model_dump(mode="json", exclude=_REPORTED)
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode("ascii")).hexdigest()


def _files_digest(found: FoundMission) -> str:
    return folder_revision([(os.fspath(each.path), _digest(each.path)) for each in found.parts])


def _digest(path: Path) -> str:
    try:
        raw, _ = read_bytes(path)
    except FileRefused as refused:
        return digest_of(str(refused).encode())
    return digest_of(raw)
