"""All missions at a path, read again whenever something may have changed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import plain_text
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
        with _without_collecting():
            return self._refresh(now, settled)

    def _refresh(self, now: datetime, settled: Settled | None) -> Snapshot:
        found = self._discover()
        self._folders = tuple(found.folders) or self._folders
        missions: list[KnownMission] = []
        memories: dict[Path, MissionMemory] = {}
        for each in found.missions:
            memory = self._memories.get(each.path) or MissionMemory(
                each, warns_of_future=self._warns_of_future
            )
            memories[each.path] = memory
            if (known := memory.look(each, now, settled)) is not None:
                missions.append(known)
        ids = {each.id for each in missions}
        for path, memory in self._memories.items():
            if path not in memories and (known := memory.miss(now)) is not None:
                memories[path] = memory
                if known.id not in ids:
                    missions.append(known)
        self._memories = memories
        self._generation += 1
        missions.sort(key=lambda each: each.id)
        return Snapshot(tuple(missions), tuple(found.problems), self._generation)

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


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the garbage collector out: it makes the building of large trees quadratic."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
