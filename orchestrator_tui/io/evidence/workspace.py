"""A workspace: the names and files that were found in it, from one look to the next."""

import os
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.folders import Listing, list_folder
from orchestrator_tui.io.evidence.found_files import FoundFile, Matches
from orchestrator_tui.io.evidence.globs import GlobRefused, patterns_of
from orchestrator_tui.io.evidence.walking import Walk
from orchestrator_tui.io.reading.discovery import is_folder
from orchestrator_tui.io.reading.safe_read import kind_of, stamp_of, why_not

MOST_NAMES: Final = 50_000
"""Names that are listed in one look; a workspace of more is looked at in part."""
InFolder: TypeAlias = tuple[str, str, tuple[str, ...]]
"""Some names in a folder: what they begin with, the real path of the folder, and the names."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found in a look."""

    listings: dict[str, Listing] = field(default_factory=dict)
    """By real path: the folders that were listed."""
    files: dict[InFolder, tuple[FoundFile, ...]] = field(default_factory=dict)
    matches: dict[str, Matches] = field(default_factory=dict)
    """By path or glob as it is written."""


class Workspace:
    """A folder that evidence is read from, with what was found in it last."""

    def __init__(self, place: Path, *, most_names: int = MOST_NAMES) -> None:
        """Prepare to look at `place`, which need not be there."""
        self.place = place
        self._most_names = most_names
        self._known = Known()

    def look(self, now: datetime) -> "Look":
        """Return a look at it as it is now, by the system's clock."""
        return Look(os.path.realpath(self.place), now, self._most_names, self._known)

    def keep(self, look: "Look") -> None:
        """Remember what `look` found, and nothing else."""
        self._known = look.found


@dataclass(slots=True)
class Look:
    """One look at a workspace; within it, every folder and file is asked for once."""

    root: str
    """Where the workspace really is."""
    now: datetime
    most_names: int
    _before: Known
    found: Known = field(default_factory=Known)
    asked: dict[str, None] = field(default_factory=dict)
    """The real paths of the folders whose changes matter for what was asked."""
    _names: int = 0

    @property
    def refusal(self) -> str:
        """Return why nothing can be found, as the end of a sentence; empty where it can."""
        try:
            found = Path(self.root).stat()
        except (OSError, ValueError) as error:
            return "is not there" if isinstance(error, FileNotFoundError) else why_not(error)
        if stat.S_ISDIR(found.st_mode):
            return ""
        kind = "a file" if stat.S_ISREG(found.st_mode) else kind_of(found)
        return f"is {kind}, not a folder"

    def find(self, pattern: str) -> Matches:
        """Return the regular files that a path or glob means."""
        if (known := self.found.matches.get(pattern)) is None:
            known = self.found.matches[pattern] = self._find(pattern)
        return known

    def listing(self, path: str) -> Listing | None:
        """Return the names in a folder; None where it is none any more. Raises OSError."""
        if (known := self.found.listings.get(path)) is not None:
            return known
        before = self._before.listings.get(path)
        found = list_folder(path, before, room=self.most_names - self._names, now=self.now)
        if found is not None:
            self.asked[path] = None
            self.found.listings[path] = found
            self._names += found.count
        return found

    def files(self, inside: str, path: str, names: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """Return the regular files of those names in a real folder, whose own names begin alike."""
        key = (inside, path, names)
        if (known := self.found.files.get(key)) is None:
            known = self.found.files[key] = self._looked_at(key)
        return known

    def _looked_at(self, key: InFolder) -> tuple[FoundFile, ...]:
        before = self._before.files.get(key)
        if before is not None and len(before) == len(key[2]):
            return _again(before)
        inside, path, names = key
        return tuple(
            file for each in names if (file := _first(f"{inside}{each}", f"{path}/{each}"))
        )

    def _find(self, pattern: str) -> Matches:
        try:
            patterns = patterns_of(pattern)
        except GlobRefused as refused:
            return Matches(pattern, (), plain_text(f"it {refused}"))
        walk = Walk(self)
        for segments in patterns:
            walk.follow(segments)
        remark = walk.remark or ("" if walk.found else walk.hint)
        before = self._before.matches.get(pattern)
        if before is not None and before.is_of(walk.found, remark):
            return before  # it knows more: the newest file, and the digest
        return Matches.of(pattern, walk.found, remark)


def _first(name: str, path: str) -> FoundFile | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return FoundFile(name, path, stamp_of(found)) if stat.S_ISREG(found.st_mode) else None


def _again(files: tuple[FoundFile, ...]) -> tuple[FoundFile, ...]:
    """Return the files as they are now: the same tuple where they are as they were."""
    look = os.lstat
    try:
        for _, path, stamp in files:
            now = look(path)
            # Nothing of a file can change without the time at which it changed.
            if stamp.changed_ns != now.st_ctime_ns or stamp.inode != now.st_ino:
                break
        else:
            return files
    except OSError:
        pass  # one of them is gone
    found = (_first(name, path) for name, path, _ in files)
    return tuple(each for each in found if each is not None)


def nearest_folder(place: Path) -> Path:
    """Return `place`, or the nearest folder above it that is there."""
    return next((each for each in (place, *place.parents) if is_folder(each)), place)
