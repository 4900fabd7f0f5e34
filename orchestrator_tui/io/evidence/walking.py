"""The way of a glob through a workspace, segment by segment, and never out of it.

The tree is walked from its root through real folders, so only links could lead out: where they do,
they are refused.
"""

import os
import stat
from typing import NamedTuple, Protocol, TypeAlias

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.folders import Listing
from orchestrator_tui.io.evidence.found_files import FoundFile
from orchestrator_tui.io.evidence.globs import Segment
from orchestrator_tui.io.reading.safe_read import kind_of, stamp_of, why_not


class Tree(Protocol):
    """What is walked through."""

    @property
    def root(self) -> str:
        """Return the real path of the workspace."""

    @property
    def asked(self) -> dict[str, None]:
        """Return the folders whose changes matter, to be added to."""

    def listing(self, path: str) -> Listing | None:
        """Return the names in a folder."""

    def files(self, inside: str, path: str, names: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """Return the regular files of those names in a folder."""


class Folder(NamedTuple):
    """A folder on the way; also what is in one, while it is not known to be a folder."""

    inside: str
    """What names in it begin with: its own name and a slash, or nothing at the root."""
    path: str
    """Where it really is."""

    @property
    def name(self) -> str:
        """Return its name relative to the workspace."""
        return self.inside[:-1]


Step: TypeAlias = tuple[Folder, int]
"""A folder, and which segment is to be matched in it."""


class Walk:
    """The files that patterns mean, and the first thing that was left out."""

    def __init__(self, tree: Tree) -> None:
        self.found: list[tuple[FoundFile, ...]] = []
        self.remark = ""
        self.hint = ""
        """The first folder where a file was meant, which matters where there is no file."""
        self._tree = tree

    def follow(self, segments: tuple[Segment, ...]) -> None:
        """Add the files that one pattern means."""
        if not segments:
            return
        waiting: list[Step] = [(Folder("", self._tree.root), 0)]
        seen: set[tuple[str, int]] = set()
        last = len(segments) - 1
        while waiting:
            step = waiting.pop()
            folder, index = step
            # By its real path: through links, the same folder has names without end.
            if (folder.path, index) not in seen:
                seen.add((folder.path, index))
                segment = segments[index]
                if segment.is_literal:
                    self._tree.asked[folder.path] = None
                    waiting += self._named(folder, segment.text, index, is_last=index == last)
                elif segment.is_deep:
                    waiting += self._deep(folder, segment, index, is_last=index == last)
                else:
                    waiting += self._wide(folder, segment, index, is_last=index == last)

    def _deep(self, folder: Folder, segment: Segment, index: int, *, is_last: bool) -> list[Step]:
        """Go on in the folder itself, and in all that are below it."""
        listing = self._listing(folder)
        if listing is None or (listing.is_virtualenv and folder.inside):
            return []
        found = listing.matching(segment)
        if is_last:
            self._add(folder, found)
            return _into(folder, found, index)
        return [*_into(folder, found, index), (folder, index + 1)]

    def _wide(self, folder: Folder, segment: Segment, index: int, *, is_last: bool) -> list[Step]:
        """Go on in all that match, one level below."""
        listing = self._listing(folder)
        if listing is None:
            return []
        found = listing.matching(segment)
        if is_last:
            self._add(folder, found)
            for each in found.folders[:1]:
                self._hint_at(f"{folder.inside}{each}", "is a folder, not a file")
            return []
        through_links = [
            step for each in found.odd for step in self._named(folder, each, index, is_last=False)
        ]
        return [*through_links, *_into(folder, found, index + 1)]

    def _add(self, folder: Folder, found: Listing) -> None:
        if found.files:
            self.found.append(self._tree.files(*folder, found.files))
        for each in found.odd:
            self._named(folder, each, 0, is_last=True)

    def _named(self, folder: Folder, text: str, index: int, *, is_last: bool) -> list[Step]:
        """Go on through something that may be a link, or nothing at all."""
        name, path = f"{folder.inside}{text}", f"{folder.path}/{text}"
        try:
            path, found = _followed(path)
        except FileNotFoundError as error:
            if error.filename != path:
                self._leave_out(name, "is a link to what is not there")
            return []
        except (OSError, ValueError) as error:
            self._leave_out(name, why_not(error))
            return []
        if not self._is_inside(path):
            self._leave_out(name, "is a link out of the workspace")
        elif is_last:
            self._take(name, path, found)
        elif stat.S_ISDIR(found.st_mode):
            return [(Folder(f"{name}/", path), index + 1)]
        return []

    def _take(self, name: str, path: str, found: os.stat_result) -> None:
        if stat.S_ISREG(found.st_mode):
            self._tree.asked[path.rpartition("/")[0] or "/"] = None
            self.found.append((FoundFile(name, path, stamp_of(found)),))
        elif stat.S_ISLNK(found.st_mode):
            self._leave_out(name, "is a link that leads round in a circle")
        elif stat.S_ISDIR(found.st_mode):
            self._hint_at(name, f"is a folder: write {name}/** for the files in it")
        else:
            self._leave_out(name, f"is {kind_of(found)}, not a file")

    def _listing(self, folder: Folder) -> Listing | None:
        try:
            listing = self._tree.listing(folder.path)
        except (OSError, ValueError) as error:
            if not isinstance(error, FileNotFoundError):
                self._leave_out(folder.name, why_not(error))
            return None
        if listing is not None and not listing.is_whole:
            self.remark = self.remark or "the workspace is too large, and was not listed to its end"
        return listing

    def _is_inside(self, path: str) -> bool:
        root = self._tree.root.rstrip("/")
        return path == root or path.startswith(f"{root}/")

    def _hint_at(self, name: str, why: str) -> None:
        self.hint = self.hint or plain_text(f"{name} {why}")

    def _leave_out(self, name: str, why: str) -> None:
        self.remark = self.remark or plain_text(f"{name or 'the workspace'} {why}")


def _followed(path: str) -> tuple[str, os.stat_result]:
    """Return where `path` really leads, and what is there; raises OSError and ValueError."""
    found = os.lstat(path)
    if not stat.S_ISLNK(found.st_mode):
        return path, found
    real = os.path.realpath(path)
    return real, os.lstat(real)


def _into(folder: Folder, found: Listing, index: int) -> list[Step]:
    """Return the steps into all folders that were found, the first of them last."""
    inside, path = folder
    return [
        (Folder(f"{inside}{each}/", f"{path}/{each}"), index) for each in reversed(found.folders)
    ]
