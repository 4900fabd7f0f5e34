"""A mission read from bytes that were kept, as it would be read from files at its path.

Reading follows the same way as from disk, file by file; only where the bytes come from differs.
"""

import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import KnownMission, MissionFile
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.reading.discovery import (
    MISSION_FILE,
    PART_FOLDERS,
    FoundMission,
    FoundPart,
)
from orchestrator_tui.io.reading.file_memory import Settled
from orchestrator_tui.io.reading.mission_memory import MissionMemory
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part

VERSIONS_KEPT: Final = 64
"""Versions whose reading is kept, because a person steps back and forth: at least two a mission."""
PARTS_KEPT: Final = 256
"""Versions of files, at least two a file."""

Key = TypeVar("Key")
Value = TypeVar("Value")
Version = tuple[Path, tuple[tuple[str, str], ...]]
"""What tells one version from another: where it stands, and the name and digest of each file."""


class KeptFiles:
    """Reads missions from kept bytes; what neighbouring versions share is read once.

    It belongs to one thread at a time.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Version, KnownMission] = OrderedDict()
        self._places: set[Path] = set()
        self._parts: OrderedDict[tuple[str, str], Part] = OrderedDict()
        self._newest: dict[str, Part] = {}
        """By file: the version that was read last; its neighbours share most blocks with it."""

    def read(
        self, files: Sequence[MissionFile], now: datetime, *, mission: MissionId, path: Path
    ) -> KnownMission:
        """Return what would be known at `now` if `files` stood at `path`, a file or a folder.

        Nothing is odd about stamps after `now`, which is a moment that was asked for.
        """
        version = (path, tuple((each.name, each.digest) for each in files))
        known = self._known.get(version)
        if known is None:
            with without_collecting():
                known = self._read(files, now, mission, path)
        self._places.add(path)
        _remember(self._known, version, known, max(VERSIONS_KEPT, 2 * len(self._places)))
        return known if known.stale_since is None else replace(known, stale_since=now)

    def _read(
        self, files: Sequence[MissionFile], now: datetime, mission: MissionId, path: Path
    ) -> KnownMission:
        found = _found(files, mission, path)
        by_path = dict(zip((each.path for each in found.parts), _ordered(files), strict=True))
        memory = MissionMemory(
            found, warns_of_future=False, open_file=lambda: _KeptFile(by_path, self)
        )
        known = memory.look(found, now, None)
        if known is None:  # a version without files
            return KnownMission(mission, plain_text(str(path)), revision="", mission=None)
        return known

    def part(self, file: str, kept: MissionFile) -> Part:
        """Return one kept version of a file, which is shown as `file`."""
        key = (file, kept.digest)
        part = self._parts.get(key)
        if part is None:
            part = read_part(file, kept.raw, self._newest.get(file))
        _remember(self._parts, key, part, max(PARTS_KEPT, 2 * len(self._newest)))
        if not part.is_broken:
            self._newest[file] = part
        return part


class _KeptFile:
    """One file, as it was kept."""

    def __init__(self, by_path: Mapping[Path, MissionFile], reading: KeptFiles) -> None:
        self.part: Part | None = None
        self._by_path = by_path
        self._reading = reading

    def look(self, found: FoundPart, _now: datetime, _settled: Settled | None) -> bool:
        self.part = self._reading.part(found.file, self._by_path[found.path])
        return True

    def is_being_written(self, _now: datetime) -> bool:
        return False


def _found(files: Sequence[MissionFile], mission: MissionId, path: Path) -> FoundMission:
    is_folder = path.name != MISSION_FILE and any(each.name == MISSION_FILE for each in files)
    parts = tuple(FoundPart(path / each.name if is_folder else path) for each in _ordered(files))
    return FoundMission(mission, path, parts, is_folder=is_folder)


def _ordered(files: Sequence[MissionFile]) -> list[MissionFile]:
    """Return `files` in the order in which a folder is read."""
    return sorted(files, key=_place_in_folder)


def _place_in_folder(file: MissionFile) -> tuple[int, str]:
    folder, name = os.path.split(file.name)
    if not folder:
        return (0 if name == MISSION_FILE else 1, name)
    return (2 + PART_FOLDERS.index(folder) if folder in PART_FOLDERS else 9, file.name)


def _remember(kept: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    """Keep `value` as the one that was used last, and forget those beyond `most`."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
