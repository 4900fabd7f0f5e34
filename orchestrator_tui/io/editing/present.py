"""A mission as its files are at this moment, whole or not at all."""

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.editing.drafts import text_at
from orchestrator_tui.io.editing.open_writers import wait_for_writers
from orchestrator_tui.io.reading.discovery import FoundMission, FoundPart, discover
from orchestrator_tui.io.reading.mission_yaml import read_mission
from orchestrator_tui.io.reading.part import Part, folder_revision, refused_part
from orchestrator_tui.io.reading.part_yaml import read_part
from orchestrator_tui.io.reading.safe_read import FileRefused, read_bytes

PartsRead: TypeAlias = dict[Path, Part]
"""What was last read of files, by their real paths."""

_WRITER_SECONDS: Final = 0.5
"""How long somebody is waited for who is writing a file in place."""
_YOUNG: Final = timedelta(seconds=0.5)
"""A file that was changed within this may be half of what it is to be."""
_LOOKS_SECONDS: Final = (0.01, 0.03, 0.06)
"""After each look at such a file but the last."""
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Present:
    """A valid mission, and the parts it was read from."""

    mission: Mission
    revision: str
    parts: Mapping[Path, Part]
    """By the files themselves, no links, in their order."""
    found: FoundMission
    """As it was found then: files may come and go since."""
    order: tuple[Path, ...]
    """The file that each part found is: two links may lead to one."""


class Files:
    """The files of the one mission at a path."""

    def __init__(self, path: Path, present: datetime | None, known: PartsRead) -> None:
        """Look whether there is one; raises MissionNotFound, also where there are several."""
        self._path = path
        self._present = present
        self._known = known
        self._find()

    def look(self) -> None:
        """Read ahead, so that little is left to read, and to wait for, once that counts."""
        with suppress(MissionInvalid, MissionNotFound):
            self._read({}, waits=False)

    def read(self) -> Present:
        """Return the mission as it is now; raises MissionInvalid, MissionNotFound."""
        for wait in _LOOKS_SECONDS:
            try:
                return self._read({})
            except (MissionInvalid, MissionNotFound):
                if not self._may_be_half():
                    raise
                time.sleep(wait)
        return self._read({})

    def with_parts(self, now: Present, new: Mapping[Path, Part]) -> Present:
        """Return `now` with other parts; raises MissionInvalid where that makes no sense."""
        return self._judged(now.found, now.order, {**now.parts, **new})

    def revision_after(self, meant: Present) -> str:
        """Return the revision after `meant` was written, with what others wrote since."""
        if all(text_at(path) == part.raw for path, part in meant.parts.items()):
            self._known.update(meant.parts)
            return meant.revision
        try:
            return self.read().revision
        except (MissionInvalid, MissionNotFound):
            return meant.revision  # what was written did make sense

    def reads_with(self, path: Path, text: bytes) -> bool:
        """Say whether the mission makes sense when the file at `path` says `text`."""
        old = self._known.get(path)
        name = old.file if old is not None else plain_text(str(path))
        try:
            self._read({path: read_part(name, text, old)})
        except (MissionInvalid, MissionNotFound):
            return False
        return True

    def paths(self) -> list[Path]:
        """Return the files themselves, no links, in the order of the parts."""
        return [_real(each) for each in self._find().parts]

    def _find(self) -> FoundMission:
        found = discover(self._path)
        shown = plain_text(str(self._path))
        if not found.missions:
            raise MissionNotFound(f"{shown} holds no mission: name a mission's file or folder")
        if len(found.missions) > 1:
            names = ", ".join(plain_text(each.path.name) for each in found.missions[:_MOST_NAMED])
            raise MissionNotFound(f"{shown} holds several missions: name one of {names}")
        if any(each.is_error for each in found.problems):
            raise MissionInvalid(tuple(each for each in found.problems if each.is_error))
        return found.missions[0]

    def _read(self, given: Mapping[Path, Part], *, waits: bool = True) -> Present:
        """Return the mission with what is `given` in the place of its own parts."""
        found = self._find()
        order = tuple(_real(each) for each in found.parts)
        parts: dict[Path, Part] = {}
        for each, real in zip(found.parts, order, strict=True):
            parts[real] = given.get(real) or self._read_part(each, real, waits=waits)
        return self._judged(found, order, parts)

    def _read_part(self, found: FoundPart, real: Path, *, waits: bool) -> Part:
        if found.refusal:
            return refused_part(found.file, f"the file {found.refusal}")
        known = self._known.get(real)
        try:
            with suppress(OSError):  # reading says why
                if waits and _is_young(real):
                    wait_for_writers(real, _WRITER_SECONDS)
            raw, _ = read_bytes(real, follows_link=False)
        except FileRefused as refused:
            return refused_part(found.file, f"the file {refused}")
        if known is not None and known.raw == raw and known.file == found.file:
            return known
        part = read_part(found.file, raw, known)
        if not part.is_broken:
            self._known[real] = part
        return part

    def _judged(
        self, found: FoundMission, order: tuple[Path, ...], parts: Mapping[Path, Part]
    ) -> Present:
        all_parts = [parts[each] for each in order]
        reading = read_mission(all_parts, present=self._present)
        if reading.mission is None:
            raise MissionInvalid(tuple(each for each in reading.problems if each.is_error))
        return Present(reading.mission, _revision(found, all_parts), parts, found, order)

    def _may_be_half(self) -> bool:
        """Say whether a file was changed a moment ago, or is missing now."""
        try:
            return any(_is_young(each) for each in self.paths())
        except (OSError, MissionNotFound, MissionInvalid):
            return True


def _is_young(path: Path) -> bool:
    """Say whether a file was changed a moment ago."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return abs(system_clock() - changed) < _YOUNG


def _real(part: FoundPart) -> Path:
    """Return the file itself; a link that may not be followed stays one, and is refused."""
    if part.follows_link:
        return Path(os.path.realpath(part.path))
    return Path(os.path.realpath(part.path.parent)) / part.path.name


def _revision(found: FoundMission, parts: Sequence[Part]) -> str:
    digests = [each.digest for each in parts]
    if not found.is_folder:
        return digests[0]
    names = [os.path.relpath(each.path, found.path) for each in found.parts]
    return folder_revision(list(zip(names, digests, strict=True)))
