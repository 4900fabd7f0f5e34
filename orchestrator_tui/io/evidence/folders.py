"""The names in folders, kept from one look to the next while the folders stay as they are."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from orchestrator_tui.domain.instant import EARLIEST, LATEST
from orchestrator_tui.io.evidence.globs import Segment
from orchestrator_tui.io.reading.safe_read import Stamp, stamp_of

YOUNG: Final = timedelta(seconds=2)
"""A stamp younger than this proves nothing: a second change may leave it as it is."""
VIRTUALENV_MARK: Final = "pyvenv.cfg"
NOT_ENTERED: Final = frozenset({"node_modules", "__pycache__", "site-packages"})
"""Folders of other people's files, which a glob has to name to mean what is inside."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What was in one folder."""

    stamp: Stamp
    is_proven: bool
    """Whether an equal stamp means that nothing changed."""
    files: tuple[str, ...]
    """Regular files."""
    folders: tuple[str, ...]
    odd: tuple[str, ...]
    """Links, and what is neither a file nor a folder."""
    is_whole: bool
    """Whether there was room for all names."""
    is_virtualenv: bool = False
    """Whether it holds a Python environment, and not the project's own files."""
    _matching: dict[tuple[str, bool], "Listing"] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many names there are."""
        return len(self.files) + len(self.folders) + len(self.odd)

    def matching(self, segment: Segment) -> "Listing":
        """Return the names that match `segment`; hidden ones only where it means them."""
        key = (segment.text, segment.names_hidden)
        if (found := self._matching.get(key)) is None:
            found = self._matching[key] = self._filtered(segment)
        return found

    def _filtered(self, segment: Segment) -> "Listing":
        matches: Callable[[str], object] = segment.matches
        if segment.is_deep:
            matches = bool
        shown = [
            tuple(each for each in names if matches(each) and _is_meant(each, segment))
            for names in (self.files, self.folders, self.odd)
        ]
        folders = tuple(each for each in shown[1] if each not in NOT_ENTERED)
        return replace(self, files=shown[0], folders=folders, odd=shown[2], _matching={})


def list_folder(path: str, kept: Listing | None, *, room: int, now: datetime) -> Listing | None:
    """Return what is in the folder, at most `room` names; None where it is no folder (any more).

    What was `kept` is returned as it is while nothing changed; `now` is the system's time. Raises
    OSError where the folder may not be listed.
    """
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode):
        return None
    stamp = stamp_of(found)
    if kept is not None and kept.is_proven and kept.stamp == stamp:
        return kept
    is_proven = is_old(stamp.modified_ns, now)
    files: list[str] = []
    folders: list[str] = []
    odd: list[str] = []
    count = 0
    with os.scandir(path) as entries:
        for count, each in enumerate(entries, start=1):
            if count > room:
                break
            if each.is_file(follow_symlinks=False):
                files.append(each.name)
            elif each.is_dir(follow_symlinks=False):
                folders.append(each.name)
            else:
                odd.append(each.name)
    is_whole = count <= room
    return Listing(
        stamp,
        is_proven and is_whole,
        files=tuple(sorted(files)),
        folders=tuple(sorted(folders)),
        odd=tuple(sorted(odd)),
        is_whole=is_whole,
        is_virtualenv=VIRTUALENV_MARK in files,
    )


def moment_of(modified_ns: int) -> datetime:
    """Return a time of the file system; of what is off the calendar, the nearest that is on it."""
    seconds = modified_ns / 1e9
    if seconds >= LATEST.timestamp():
        return LATEST
    return datetime.fromtimestamp(max(seconds, EARLIEST.timestamp()), tz=UTC)


def is_old(stamped_ns: int, now: datetime) -> bool:
    """Say whether a time of the file system is so long ago that a change since would show."""
    return now.timestamp() - stamped_ns / 1e9 > YOUNG.total_seconds()


def _is_meant(name: str, segment: Segment) -> bool:
    return segment.names_hidden or not name.startswith(".")
