"""One file that is read again and again, and its newest version that was read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.reading.discovery import FoundPart
from orchestrator_tui.io.reading.part import Part, digest_of, refused_part
from orchestrator_tui.io.reading.part_yaml import read_part
from orchestrator_tui.io.reading.safe_read import FileRefused, Stamp, read_bytes, stamp_of

YOUNG: Final = timedelta(seconds=2)
"""A stamp younger than this proves nothing: a second change may leave it as it is."""
EMPTY_FOR: Final = timedelta(seconds=2)
"""How long an empty file is taken for one that is being written."""
WRITTEN_FOR: Final = timedelta(seconds=1)
"""How long a file may be unsettled before it is said to be being written."""

Settled = Callable[[Path], bool]


class FileMemory:
    """What is known of one file."""

    def __init__(self) -> None:
        self.part: Part | None = None
        """The newest version that was read; absent until there is one."""
        self._readable: Part | None = None
        self._stamp: Stamp | None = None
        self._is_proven = False
        self._refusal = ""
        self._unsettled_since: datetime | None = None
        self._empty_since: datetime | None = None

    def look(self, found: FoundPart, now: datetime, settled: Settled | None) -> bool:
        """Read the file if it may have changed; say whether there is a new version."""
        if found.refusal:
            return self._refuse(found, found.refusal)
        try:
            stamp = stamp_of(found.path.stat())
        except OSError:
            stamp = None  # reading says why
        if stamp is not None and stamp == self._stamp and self._is_proven:
            self._unsettled_since = None
            return False
        if settled is not None and not settled(found.path):
            self._unsettled_since = self._unsettled_since or now
            return False
        self._unsettled_since = None
        try:
            raw, stamp = read_bytes(found.path, follows_link=found.follows_link)
        except FileRefused as refused:
            self._stamp = None
            return self._refuse(found, str(refused))
        return self._take(found, raw, stamp, now)

    def is_being_written(self, now: datetime) -> bool:
        """Say whether the file has been unsettled for long."""
        return self._unsettled_since is not None and now - self._unsettled_since >= WRITTEN_FOR

    def _take(self, found: FoundPart, raw: bytes, stamp: Stamp, now: datetime) -> bool:
        changed = datetime.fromtimestamp(stamp.changed_ns / 1e9, tz=UTC)
        # `now` may be a moment that was asked for; stamps are made by the system's clock.
        is_proven = system_clock() - changed > YOUNG
        if self.part is not None and not self._refusal and self.part.digest == digest_of(raw):
            self._remember(stamp, is_proven=is_proven)
            return False
        part = read_part(found.file, raw, self._readable)
        if part.is_empty and self._readable is not None:
            self._empty_since = min(self._empty_since or now, now)
            if now - self._empty_since < EMPTY_FOR:
                return False
        self._remember(stamp, is_proven=is_proven)
        self.part = part
        if not part.is_broken:
            self._readable = part
        return True

    def _remember(self, stamp: Stamp, *, is_proven: bool) -> None:
        self._stamp = stamp
        self._is_proven = is_proven
        self._refusal = ""
        self._empty_since = None

    def _refuse(self, found: FoundPart, refusal: str) -> bool:
        if self._refusal == refusal:
            return False
        self._refusal = refusal
        self._stamp = None
        self.part = refused_part(found.file, f"the file {refusal}")
        return True
