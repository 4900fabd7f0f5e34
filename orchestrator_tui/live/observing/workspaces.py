"""The workspaces of the missions at one path, as the collector sees them."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.reading.discovery import FoundMission, discover, is_there

if TYPE_CHECKING:
    from orchestrator_tui.io.commands.results import CommandResults
    from orchestrator_tui.io.evidence.collecting import Collector


class Workspaces:
    """Finds where each mission stands, and has its workspace looked at; for any thread."""

    def __init__(self, path: Path, results: "CommandResults") -> None:
        self._path = path
        self._results = results
        self._lock = Lock()
        self._made: Collector | None = None
        self._found: dict[MissionId, FoundMission] = {}

    def collect(
        self, key: MissionId, mission: Mission, *, trusted: frozenset[str], now: datetime
    ) -> tuple[Evidence, tuple[Path, ...]]:
        """Return what was found, and where changes matter."""
        found = self.place_of(key)
        if found is None:
            return Evidence(observed=now), ()
        home = _home_of(found)
        collector = self._collector()
        evidence = collector.collect(mission, key, home, trusted=trusted, now=now)
        return evidence, collector.watched_folders(key, home)

    def forget(self, key: MissionId) -> None:
        """Let go what is remembered of a mission that is gone."""
        with self._lock:
            found = self._found.pop(key, None)
        if found is not None:
            self._collector().forget(key, _home_of(found))

    def place_of(self, key: MissionId) -> FoundMission | None:
        """Return where a mission is; None where it is not there any more."""
        with self._lock:
            found = self._found.get(key)
            if found is None or not is_there(found.path):
                self._found = {}
                with suppress(MissionNotFound):
                    self._found = {each.id: each for each in discover(self._path).missions}
            return self._found.get(key)

    def _collector(self) -> "Collector":
        with self._lock:
            if self._made is None:
                # it brings every format of evidence along: only where there is something to look at
                from orchestrator_tui.io.evidence.collecting import Collector  # noqa: PLC0415

                self._made = Collector(clock=system_clock, results=self._results)
            return self._made


def _home_of(found: FoundMission) -> Path:
    """Return the folder that a mission is, or is in."""
    return found.path if found.is_folder else found.path.parent
