"""Files that a path or glob means, as they were when they were looked at."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading.safe_read import Stamp

_written = attrgetter("stamp.modified_ns")


class FoundFile(NamedTuple):
    """One regular file of the workspace."""

    name: str
    """Relative to the workspace, `os.fsdecode`d: shown only through `plain_text`."""
    path: str
    """Where it really is, inside the workspace."""
    stamp: Stamp


@dataclass(frozen=True)
class Matches:
    """What a path or glob means."""

    pattern: str
    files: tuple[FoundFile, ...]
    """In the order of their names."""
    remark: str = ""
    """The first thing that was left out, and why; safe to show."""
    parts: tuple[tuple[FoundFile, ...], ...] = ()
    """The files as they were found, folder by folder."""

    @classmethod
    def of(cls, pattern: str, parts: Sequence[tuple[FoundFile, ...]], remark: str) -> "Matches":
        """Return what was found folder by folder, which may be several times the same.

        A file that links name again is one file: what is in it counts once.
        """
        by_path: dict[str, FoundFile] = {}
        for part in parts:
            for each in part:
                by_path.setdefault(each.path, each)
        files = sorted(by_path.values(), key=attrgetter("name"))
        return cls(pattern, tuple(files), remark, tuple(parts))

    def is_of(self, parts: Sequence[tuple[FoundFile, ...]], remark: str) -> bool:
        """Say whether the same was found again."""
        return self.remark == remark and self.parts == tuple(parts)

    @cached_property
    def newest(self) -> FoundFile | None:
        """Return the file that was written last."""
        return max(self.files, key=_written, default=None)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 over (path, size, time) of the files; empty without any."""
        return digest_of_stamps(self.files)

    @property
    def nothing(self) -> str:
        """Return the sentence that nothing was found, and what was looked for."""
        remark = f": {self.remark}" if self.remark else ""
        return plain_text(f"no file matches {self.pattern}{remark}")


def digest_of_stamps(files: Iterable[FoundFile]) -> str:
    """Return the SHA-256 over (path, size, time) of the files; empty without any."""
    lines = [f"{each.name}\0{each.stamp.size}\0{each.stamp.modified_ns}\n" for each in files]
    return hashlib.sha256(os.fsencode("".join(lines))).hexdigest() if lines else ""
