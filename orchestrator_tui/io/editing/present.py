"""A mission as its files are at this moment: whole, or without parts that make no sense."""

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.editing.drafts import text_at
from orchestrator_tui.io.editing.left_out import broken_parts, new_errors
from orchestrator_tui.io.editing.open_writers import wait_for_writers
from orchestrator_tui.io.reading.discovery import FoundMission, FoundPart, discover
from orchestrator_tui.io.reading.mission_yaml import read_mission
from orchestrator_tui.io.reading.part import Part, folder_revision, refused_part
from orchestrator_tui.io.reading.part_yaml import read_part
from orchestrator_tui.io.reading.safe_read import FileRefused, read_bytes

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
    broken: Mapping[Path, Part]
    """Those that make no sense: the mission is read without them."""
    errors: tuple[Problem, ...]
    """What is wrong with them."""
    found: FoundMission
    """As it was found then: files may come and go since."""
    order: tuple[Path, ...]
    """The file that each part found is: two links may lead to one."""

    def is_of(
        self, found: FoundMission, order: tuple[Path, ...], parts: Mapping[Path, Part]
    ) -> bool:
        """Say whether it was made of just these parts: then nothing need be judged again."""
        return (
            (self.found, self.order) == (found, order)
            and parts.keys() == {*self.parts, *self.broken}
            and all(
                part is self.parts.get(path, self.broken.get(path)) for path, part in parts.items()
            )
        )


@dataclass(slots=True)
class FilesRead:
    """What was last read, kept from one edit to the next."""

    parts: dict[Path, Part] = field(default_factory=dict)
    """By the files themselves, no links."""
    last: Present | None = None
    """The mission that was judged last."""


class Files:
    """The files of the one mission at a path."""

    def __init__(self, path: Path, present: datetime | None, known: FilesRead) -> None:
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
                now = self._read({})
            except (MissionInvalid, MissionNotFound):
                if not self._may_be_half():
                    raise
            else:
                if not (now.errors and self._may_be_half()):
                    return now
            time.sleep(wait)
        return self._read({})

    def with_parts(self, now: Present, new: Mapping[Path, Part]) -> Present:
        """Return `now` with other parts; raises MissionInvalid where that makes no sense."""
        parts = {**now.parts, **now.broken, **new}
        meant = self._judged(now.found, now.order, parts, known_errors=now.errors)
        if more := new_errors(now.errors, meant.errors):
            raise MissionInvalid(more)
        return meant

    def revision_after(self, meant: Present) -> str:
        """Return the revision after `meant` was written, with what others wrote since."""
        parts = {**meant.parts, **meant.broken}
        if all(text_at(path) == part.raw for path, part in parts.items()):
            self._known.parts.update(meant.parts)
            return meant.revision
        try:
            return self.read().revision
        except (MissionInvalid, MissionNotFound):
            return meant.revision  # what was written did make sense

    def reads_with(self, path: Path, text: bytes) -> bool:
        """Say whether the mission makes sense when the file at `path` says `text`."""
        old = self._known.parts.get(path)
        name = old.file if old is not None else plain_text(str(path))
        try:
            return not self._read({path: read_part(name, text, old)}).errors
        except (MissionInvalid, MissionNotFound):
            return False

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
        known = self._known.parts.get(real)
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
            self._known.parts[real] = part
        return part

    def _judged(
        self,
        found: FoundMission,
        order: tuple[Path, ...],
        parts: Mapping[Path, Part],
        *,
        known_errors: Sequence[Problem] = (),
    ) -> Present:
        last = self._known.last
        if last is not None and last.is_of(found, order, parts):
            return last
        all_parts = [parts[each] for each in order]
        mission, errors = self._mission_of(all_parts)
        rest = errors
        broken = broken_parts(parts, errors)
        if broken:
            mission, rest = self._mission_of([parts[each] for each in order if each not in broken])
        if mission is None:
            raise MissionInvalid(new_errors(known_errors, errors) or rest)
        self._known.last = Present(
            mission=mission,
            revision=_revision(found, all_parts),
            parts={path: part for path, part in parts.items() if path not in broken},
            broken=broken,
            errors=errors,
            found=found,
            order=order,
        )
        return self._known.last

    def _mission_of(self, parts: Sequence[Part]) -> tuple[Mission | None, tuple[Problem, ...]]:
        reading = read_mission(parts, present=self._present)
        return reading.mission, tuple(each for each in reading.problems if each.is_error)

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
