"""One mission over time: its newest version, and the last good one that stays in force."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.snapshot import KnownMission, MissionFile
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading.discovery import FoundMission, FoundPart
from orchestrator_tui.io.reading.file_memory import FileMemory, Settled
from orchestrator_tui.io.reading.mission_yaml import MissionReading, read_mission
from orchestrator_tui.io.reading.part import Part, folder_revision

BELIEVED_AFTER: Final = timedelta(seconds=2)
"""How long entries or a whole mission have to be gone before that is believed."""

Parts = dict[Path, Part]


class RememberedFile(Protocol):
    """One file of a mission, wherever its bytes come from."""

    part: Part | None

    def look(self, found: FoundPart, now: datetime, settled: Settled | None) -> bool:
        """Read the file if it may have changed; say whether there is a new version."""
        ...

    def is_being_written(self, now: datetime) -> bool:
        """Say whether the file has been unsettled for long."""
        ...


class MissionMemory:
    """What is known of one mission, from one look to the next."""

    def __init__(
        self,
        found: FoundMission,
        *,
        warns_of_future: bool,
        open_file: Callable[[], RememberedFile] = FileMemory,
    ) -> None:
        """Prepare; `open_file` makes the memory of a file that was not looked at before."""
        self._found = found
        self._warns_of_future = warns_of_future
        self._open_file = open_file
        self._files: dict[Path, RememberedFile] = {}
        self._mission: Mission | None = None
        self._in_force: Parts = {}
        self._reading: MissionReading | None = None
        self._problems: tuple[Problem, ...] = ()
        self._lost_since: dict[str, datetime] = {}
        self._stale_since: datetime | None = None
        self._missing_since: datetime | None = None

    def look(
        self, found: FoundMission, now: datetime, settled: Settled | None
    ) -> KnownMission | None:
        """Return the mission as it is now; None while there is nothing to know of it yet."""
        self._found = found
        self._missing_since = None
        parts, has_changed = self._look_at_files(now, settled)
        if not parts:
            return None
        if has_changed or self._is_due(now):
            self._judge(parts, now)
        return self._known(now)

    def miss(self, now: datetime) -> KnownMission | None:
        """Return the mission that is no longer there; None once that is believed."""
        since = min(self._missing_since or now, now)
        self._missing_since = since
        if self._mission is None or now - since >= BELIEVED_AFTER:
            return None
        return self._known(now)

    def _look_at_files(self, now: datetime, settled: Settled | None) -> tuple[Parts, bool]:
        has_changed = False
        files: dict[Path, RememberedFile] = {}
        parts: Parts = {}
        for each in self._found.parts:
            file = self._files.get(each.path) or self._open_file()
            has_changed = file.look(each, now, settled) or has_changed
            files[each.path] = file
            if file.part is not None:
                parts[each.path] = file.part
        has_changed = has_changed or files.keys() != self._files.keys()
        self._files = files
        return parts, has_changed

    def _is_due(self, now: datetime) -> bool:
        """Say whether time alone changes what is known."""
        reading = self._reading
        is_past = reading is not None and reading.next_stamp is not None
        return bool(self._lost_since) or (
            is_past and reading is not None and (reading.next_stamp or now) <= now
        )

    def _judge(self, parts: Parts, now: datetime) -> None:
        reading = self._read(parts, now)
        self._reading = reading
        self._problems = reading.problems
        if reading.mission is not None:
            self._stale_since = None
            self._believe(reading.mission, parts, now)
            return
        self._stale_since = self._stale_since or now
        mended = {} if self._mission is None else self._with_last_good(parts, reading)
        if not mended or mended in (self._in_force, parts):
            self._lost_since = {}
        elif (mission := self._read(mended, now).mission) is not None:
            self._believe(mission, mended, now)
        else:
            self._lost_since = {}

    def _read(self, parts: Mapping[Path, Part], now: datetime) -> MissionReading:
        return read_mission(list(parts.values()), present=now if self._warns_of_future else None)

    def _with_last_good(self, parts: Parts, reading: MissionReading) -> Parts:
        """Return the parts with the last good version of each that has an error."""
        broken = {each.file for each in reading.problems if each.is_error}
        mended: Parts = {}
        for path, part in parts.items():
            if part.file not in broken:
                mended[path] = part
            elif path in self._in_force:
                mended[path] = self._in_force[path]
        return mended

    def _believe(self, mission: Mission, parts: Parts, now: datetime) -> None:
        """Put `mission` in force, unless entries are gone that may come back."""
        lost = _lost(self._mission, mission) if self._mission is not None else ()
        self._lost_since = {each: min(self._lost_since.get(each, now), now) for each in lost}
        if all(now - since >= BELIEVED_AFTER for since in self._lost_since.values()):
            self._lost_since = {}
            self._mission = mission
            self._in_force = parts

    def _known(self, now: datetime) -> KnownMission:
        return KnownMission(
            id=self._found.id,
            path=plain_text(str(self._found.path)),
            revision=self._revision(),
            mission=self._mission,
            problems=self._problems,
            stale_since=self._stale_since,
            missing_since=self._missing_since,
            vanishing=tuple(self._lost_since),
            is_being_written=any(each.is_being_written(now) for each in self._files.values()),
            files=tuple(self._file(path, part) for path, part in self._in_force.items()),
        )

    def _file(self, path: Path, part: Part) -> MissionFile:
        inside = self._found.path if self._found.is_folder else self._found.path.parent
        return MissionFile(os.path.relpath(path, inside), part.digest, part.raw)

    def _revision(self) -> str:
        digests = [
            (each.path, part.digest)
            for each in self._found.parts
            if (part := self._files[each.path].part) is not None
        ]
        if not self._found.is_folder:
            return digests[0][1] if digests else ""
        return folder_revision(
            [(os.path.relpath(path, self._found.path), digest) for path, digest in digests]
        )


def _lost(old: Mission, new: Mission) -> tuple[str, ...]:
    """Return the ids of what `new` no longer has, in the order of `old`."""
    gone: list[str] = []
    for was, is_now in (
        (old.agents.keys(), new.agents.keys()),
        (old.tasks.keys(), new.tasks.keys()),
        (old.milestones.keys(), new.milestones.keys()),
        (old.blockers.keys(), new.blockers.keys()),
    ):
        if lost := set(was) - set(is_now):
            gone.extend(each for each in was if each in lost)
    return tuple(gone)
