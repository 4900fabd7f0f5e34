"""What reports said, kept while their files stay as they are."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import TypeVar, cast

from orchestrator_tui.io.evidence.folders import is_old
from orchestrator_tui.io.evidence.found_files import FoundFile
from orchestrator_tui.io.evidence.refusal import EvidenceRefused

Reading = TypeVar("Reading")
Key = tuple[Hashable, tuple[FoundFile, ...]]


class ReportMemory:
    """Readings by what was asked, and of which files as they were."""

    def __init__(self) -> None:
        self._kept: dict[Key, object] = {}
        self._used: dict[Key, bool] = {}
        """What was asked for in this look; whether it holds in the next one too."""

    def read(
        self,
        kind: Hashable,
        files: tuple[FoundFile, ...],
        now: datetime,
        read: Callable[[], Reading],
    ) -> Reading:
        """Return what `read` makes of `files`, asked once while nothing changes.

        Raises the EvidenceRefused that `read` raised, again without reading. `now` is the system's
        time: a file that was written just then is read again in the next look.
        """
        key = (kind, files)
        if key not in self._kept:
            try:
                made: object = read()
            except EvidenceRefused as refused:
                made = refused
            self._kept[key] = made
            is_proven = all(is_old(each.stamp.changed_ns, now) for each in files)
            self._used[key] = is_proven
        else:
            made = self._kept[key]
            self._used.setdefault(key, True)
        if isinstance(made, EvidenceRefused):
            raise EvidenceRefused(made.file, made.line, made.message)
        return cast("Reading", made)

    def end_look(self) -> None:
        """Forget what nobody asked for any more, and what may have changed unseen."""
        used, self._used = self._used, {}
        known = self._kept.copy()  # a thread that came late may add to it meanwhile
        self._kept = {key: made for key, made in known.items() if used.get(key)}
