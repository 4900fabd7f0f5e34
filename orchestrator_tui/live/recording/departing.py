"""Missions that are no longer there: those that went, and those that the history alone knows."""

import math
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.place import mission_at
from orchestrator_tui.live.recording.catching_up import absent, removed
from orchestrator_tui.live.recording.journal import Entry
from orchestrator_tui.live.recording.keeping import Keeping

ABSENT_SECONDS: Final = 2.0
"""How long a mission that the history knows may be absent at the start before it is gone."""


class Departures:
    """Finds what is gone, where it can be seen that it is.

    Who looks at one mission alone knows nothing of the others in its folder.
    """

    def __init__(
        self, path: Path, keeping: Keeping, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._root = plain_text(str(path))
        self._is_of_a_folder = mission_at(path) is None
        self._keeping = keeping
        self._monotonic = monotonic
        self._absent_at = math.inf

    def begin(self) -> None:
        """Compare with a history that was just opened, once what is there had time to be seen."""
        if self._is_of_a_folder:
            self._absent_at = self._monotonic() + ABSENT_SECONDS

    def entries(
        self, gone: Mapping[MissionId, KnownMission], snapshot: Snapshot, now: datetime
    ) -> list[Entry]:
        """Return what is to be kept of missions that are no longer there."""
        if any(each.is_error and each.file == self._root for each in snapshot.problems):
            return []
        found = [
            _entry(key, now, "" if known.mission is None else known.mission.title)
            for key, known in gone.items()
        ]
        if self._monotonic() >= self._absent_at:
            self._absent_at = math.inf
            there = {*(each.id for each in snapshot.missions), *snapshot.unread, *gone}
            found += [
                _entry(each, now)
                for each in self._keeping.use(lambda history: absent(history, there), ())
            ]
        return found


def _entry(mission: MissionId, now: datetime, title: str = "") -> Entry:
    return Entry(mission, now, (removed(mission, now, title),), files=())
