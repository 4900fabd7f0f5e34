"""All missions at a path, read again whenever something may have changed."""

from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.reading.discovery import Found, discover
from orchestrator_tui.io.reading.file_memory import Settled
from orchestrator_tui.io.reading.mission_memory import MissionMemory


class MissionLibrary:
    """The missions at one path, with the memory of what was last good of each."""

    def __init__(self, path: Path, *, warns_of_future: bool = True) -> None:
        """Remember `path`; raises MissionNotFound where nothing is there."""
        self._folders = tuple(discover(path).folders)
        self._path = path
        self._warns_of_future = warns_of_future
        self._memories: dict[Path, MissionMemory] = {}
        self._generation = 0

    @property
    def watched_folders(self) -> tuple[Path, ...]:
        """Return every folder in which a change matters, as of the last look."""
        return self._folders

    def refresh(self, now: datetime, *, settled: Settled | None = None) -> Snapshot:
        """Return all that is known at `now`; only what may have changed is read.

        Files for which `settled` says False keep the version that was read last.
        """
        with without_collecting():
            return self._refresh(now, settled)

    def _refresh(self, now: datetime, settled: Settled | None) -> Snapshot:
        found = self._discover()
        self._folders = tuple(found.folders) or self._folders
        missions: list[KnownMission] = []
        unread: list[MissionId] = []
        memories: dict[Path, MissionMemory] = {}
        for each in found.missions:
            memory = self._memories.get(each.path) or MissionMemory(
                each, warns_of_future=self._warns_of_future
            )
            memories[each.path] = memory
            known = memory.look(each, now, settled)
            if known is None:
                unread.append(each.id)
            else:
                missions.append(known)
        ids = {each.id for each in missions}
        for path, memory in self._memories.items():
            if path not in memories and (missed := memory.miss(now)) is not None:
                memories[path] = memory
                if missed.id not in ids:
                    missions.append(missed)
        self._memories = memories
        self._generation += 1
        missions.sort(key=lambda each: each.id)
        return Snapshot(
            tuple(missions), tuple(found.problems), self._generation, unread=tuple(unread)
        )

    def _discover(self) -> Found:
        try:
            return discover(self._path)
        except MissionNotFound:
            file = plain_text(str(self._path))
            gone = Problem(Severity.ERROR, file, None, None, "is gone: put it back")
            return Found(problems=[gone])


def read_snapshot(path: Path, now: datetime, *, warns_of_future: bool = True) -> Snapshot:
    """Return all missions at `path`, read once.

    With `warns_of_future` false, `now` is a moment that was asked for, and stamps after it are
    nothing odd. Raises MissionNotFound where nothing is there.
    """
    return MissionLibrary(path, warns_of_future=warns_of_future).refresh(now)
