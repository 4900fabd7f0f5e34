"""The evidence of a mission, collected: every check at once, each failing alone."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.evidence import NO_EVIDENCE, Evidence
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.evidence.asking import asked_of
from orchestrator_tui.io.evidence.git import read_git
from orchestrator_tui.io.evidence.mission_evidence import (
    MissionEvidence,
    ReadGit,
    Surroundings,
)
from orchestrator_tui.io.reading.discovery import discover

if TYPE_CHECKING:
    from orchestrator_tui.io.commands.results import CommandResults

LIMIT_SECONDS: Final = 10.0
"""How long one look may take before it is given up."""


class Collector:
    """Collects evidence of missions, and remembers what has not changed since."""

    def __init__(
        self,
        *,
        clock: Clock,
        results: "CommandResults",
        monotonic: Callable[[], float] = time.monotonic,
        limit_seconds: float = LIMIT_SECONDS,
        git: ReadGit = read_git,
    ) -> None:
        """Prepare; `clock` is the system's, by which files are stamped, and never a moved one."""
        self._surroundings = Surroundings(clock, results, monotonic, limit_seconds, git)
        self._lock = threading.Lock()
        self._missions: dict[tuple[MissionId, Path], MissionEvidence] = {}

    def collect(
        self,
        mission: Mission,
        id: MissionId,  # noqa: A002 - what it is called everywhere
        home: Path,
        *,
        trusted: frozenset[str],
        now: datetime,
    ) -> Evidence:
        """Return what is observed of `mission`, whose file or folder is in, or is, `home`.

        `trusted` are the pins of the commands that may run. A look that does not end is given up
        after `limit_seconds`; a mission that asks for nothing costs nothing.
        """
        asked = asked_of(mission)
        if asked.is_nothing:
            return NO_EVIDENCE
        with self._lock:
            place = (id, home)
            memory = self._missions.setdefault(place, MissionEvidence(id, home, self._surroundings))
        return memory.collect(mission, asked, trusted=trusted, now=now)

    def watched_folders(self, id: MissionId, home: Path) -> tuple[Path, ...]:  # noqa: A002 - as above
        """Return the folders whose changes could change what was collected last.

        Where the workspace is not there, it is the nearest folder above it.
        """
        memory = self._missions.get((id, home))
        return () if memory is None else memory.watched

    def forget(self, id: MissionId, home: Path) -> None:  # noqa: A002 - as above
        """Let go what is remembered of a mission that is gone."""
        with self._lock:
            self._missions.pop((id, home), None)


def with_evidence(snapshot: Snapshot, path: Path, state: Path, now: datetime) -> Snapshot:
    """Return `snapshot`, read from `path`, with what is observed of its missions.

    For commands that only look: no command is run, and what each gave last is taken from below the
    folder `state`.
    """
    if all(each.mission is None or asked_of(each.mission).is_nothing for each in snapshot.missions):
        return snapshot
    from orchestrator_tui.io.commands.results import CommandResults  # noqa: PLC0415 - as above

    collector = Collector(clock=system_clock, results=CommandResults(state))
    homes = _homes(path)
    return replace(
        snapshot,
        missions=tuple(
            _observed(each, homes[each.id], collector, now) if each.id in homes else each
            for each in snapshot.missions
        ),
    )


def home_of(path: Path, *, is_folder: bool) -> Path:
    """Return the folder that a mission is at home in: its own, or the one its file is in."""
    return path if is_folder else path.parent


def _homes(path: Path) -> dict[MissionId, Path]:
    try:
        found = discover(path)
    except MissionNotFound:
        return {}
    return {each.id: home_of(each.path, is_folder=each.is_folder) for each in found.missions}


def _observed(known: KnownMission, home: Path, collector: Collector, now: datetime) -> KnownMission:
    if known.mission is None:
        return known
    trusted = known.facts.trusted
    evidence = collector.collect(known.mission, known.id, home, trusted=trusted, now=now)
    return known if evidence is NO_EVIDENCE else replace(known, evidence=evidence)
