"""Where a mission stands, and what it says at this moment."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.errors import MissionInvalid
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.faults import HistoryFault
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.reading.discovery import FoundMission, discover
from orchestrator_tui.io.reading.kept_files import KeptFiles
from orchestrator_tui.io.reading.mission_memory import MissionMemory


def find_mission(path: Path, mission: MissionId) -> FoundMission:
    """Return the mission of that id at `path`, as it is found there.

    Raises MissionNotFound where there is none.
    """
    found = discover(path).missions
    for each in found:
        if each.id == mission:
            return each
    raise not_found("mission", mission, [each.id for each in found])


def mission_shown(found: FoundMission, now: datetime, *, history: Path, clock: Clock) -> Mission:
    """Return the mission as it is shown: while a file is broken, as the `history` has it last.

    Raises MissionInvalid, with the problems, where there is no version that can be read.
    """
    known = MissionMemory(found, warns_of_future=False).look(found, now, None)
    if known is None or any(each.is_error for each in known.problems):
        known = _last_kept(found, now, history, clock) or known
    if known is None or known.mission is None:
        raise MissionInvalid(() if known is None else known.problems)
    return known.mission


def _last_kept(
    found: FoundMission, now: datetime, history: Path, clock: Clock
) -> KnownMission | None:
    """Return the version that was kept last; None where none was, or it cannot be read."""
    with suppress(HistoryFault):
        opened = History.open_to_read(history, clock=clock)
        if opened is not None:
            with opened:
                kept = opened.last_version(found.id)
            if kept is not None and kept.files:
                return KeptFiles().read(kept.files, now, mission=found.id, path=found.path)
    return None
