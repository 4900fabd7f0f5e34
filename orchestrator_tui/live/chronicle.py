"""What was seen to happen while watching: the activity of every mission."""

from dataclasses import dataclass, replace
from datetime import datetime

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.changes import changes_between

EVENTS_KEPT = 300
"""The newest events kept of one mission."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A mission as it was read last, and as it is told, with its activity."""

    read: KnownMission
    told: KnownMission


class Chronicle:
    """Adds to every mission what was seen to happen to it, as long as this program runs."""

    def __init__(self) -> None:
        self._entries: dict[MissionId, _Entry] = {}

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with its activity; unchanged missions stay the same objects."""
        entries = {each.id: self._entry(each, now) for each in snapshot.missions}
        self._entries = entries
        return replace(snapshot, missions=tuple(each.told for each in entries.values()))

    def _entry(self, read: KnownMission, now: datetime) -> _Entry:
        before = self._entries.get(read.id)
        if before is None:
            return _Entry(read, read)
        if before.read == read:
            return before
        happened = before.told.activity + _happened(before.read, read, now)
        return _Entry(read, replace(read, activity=happened[-EVENTS_KEPT:]))


def _happened(old: KnownMission, new: KnownMission, now: datetime) -> tuple[Event, ...]:
    changes = _changes(old, new, now)
    was_broken = _error_of(old) is not None
    error = _error_of(new)
    if error is not None and not was_broken:
        return (*changes, Event(now, EventKind.FILE_BROKEN, new.id, shorten(error)))
    if error is None and was_broken:
        mended = Event(now, EventKind.FILE_MENDED, new.id, f"{new.path} can be read again")
        return (mended, *changes)
    return changes


def _changes(old: KnownMission, new: KnownMission, now: datetime) -> tuple[Event, ...]:
    if old.mission is None or new.mission is None or old.mission is new.mission:
        return ()
    return changes_between(old.mission, new.mission, about=new.id, at=now)


def _error_of(known: KnownMission) -> str | None:
    return next((str(each) for each in known.problems if each.is_error), None)
