"""What was seen to happen while watching: the activity of every mission."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.changes import changes_between

EVENTS_KEPT = 300
"""The newest events kept of one mission."""

Recall = Callable[[KnownMission], KnownMission]
"""Adds to a mission that is seen for the first time what is remembered of it."""
Sign = Callable[[MissionId, tuple[Event, ...], datetime], tuple[Event, ...]]
"""Puts names to what happened."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A mission as it was read last, and as it is told, with its activity."""

    read: KnownMission
    told: KnownMission


class Chronicle:
    """Adds to every mission what was seen to happen to it, as long as this program runs."""

    def __init__(
        self,
        recall: Recall = lambda mission: mission,
        sign: Sign = lambda _mission, events, _now: events,
    ) -> None:
        self._recall = recall
        self._sign = sign
        self.seen: datetime | None = None
        """When it was looked last."""
        self._entries: dict[MissionId, _Entry] = {}
        self._news: dict[MissionId, tuple[Event, ...]] = {}
        self._gone: dict[MissionId, KnownMission] = {}

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with its activity; unchanged missions stay the same objects."""
        self._news = {}
        self.seen = now
        entries = {each.id: self._entry(each, now) for each in snapshot.missions}
        self._gone = {
            key: entry.told
            for key, entry in self._entries.items()
            if key not in entries and key not in snapshot.unread
        }
        self._entries = entries
        return self.with_missions(snapshot)

    def with_missions(self, snapshot: Snapshot) -> Snapshot:
        """Return `snapshot` with its missions as they are told now."""
        return replace(snapshot, missions=tuple(each.told for each in self._entries.values()))

    @property
    def news(self) -> dict[MissionId, tuple[Event, ...]]:
        """Return what the last look has seen to happen to missions that were there before."""
        return self._news

    @property
    def gone(self) -> dict[MissionId, KnownMission]:
        """Return the missions that the last look no longer found, as they were told last."""
        return self._gone

    @property
    def missions(self) -> tuple[KnownMission, ...]:
        """Return every mission as it is told."""
        return tuple(each.told for each in self._entries.values())

    def add(self, mission: MissionId, events: Iterable[Event]) -> None:
        """Tell more of what happened to a mission."""
        entry = self._entries.get(mission)
        if entry is not None and (more := tuple(events)):
            self._replace(entry, activity=(*entry.told.activity, *more)[-EVENTS_KEPT:])

    def add_missing(self, mission: MissionId, events: Iterable[Event]) -> None:
        """Tell what was found to have happened to a mission, where it was not seen to."""
        entry = self._entries.get(mission)
        if entry is not None:
            told = {(each.kind, each.subject, each.text) for each in entry.told.activity}
            new = (each for each in events if (each.kind, each.subject, each.text) not in told)
            self.add(mission, new)

    def know(self, mission: MissionId, facts: HistoryFacts) -> None:
        """Give a mission other facts, where they differ."""
        entry = self._entries.get(mission)
        if entry is not None and entry.told.facts != facts:
            self._replace(entry, facts=facts)

    def recall_all(self, *, keep_seen: bool) -> None:
        """Tell of every mission what is remembered of it, and what was seen, if that is to stay."""
        for entry in tuple(self._entries.values()):
            recalled = self._recall(entry.read).activity
            seen = entry.told.activity if keep_seen else ()
            remembered = set(recalled)
            more = (each for each in seen if each not in remembered)
            activity = (*recalled, *more)[-EVENTS_KEPT:]
            if activity != entry.told.activity:
                self._replace(entry, activity=activity)

    def _replace(
        self,
        entry: _Entry,
        *,
        activity: tuple[Event, ...] | None = None,
        facts: HistoryFacts | None = None,
    ) -> None:
        told = replace(
            entry.told,
            activity=entry.told.activity if activity is None else activity,
            facts=entry.told.facts if facts is None else facts,
        )
        self._entries[told.id] = _Entry(entry.read, told)

    def _entry(self, read: KnownMission, now: datetime) -> _Entry:
        before = self._entries.get(read.id)
        if before is None:
            return _Entry(read, self._recall(read))
        if before.read == read:
            return before
        happened = self._sign(read.id, _happened(before.read, read, now), now)
        if happened:
            self._news[read.id] = happened
        activity = (*before.told.activity, *happened)[-EVENTS_KEPT:]
        return _Entry(read, replace(read, activity=activity, facts=before.told.facts))


def broken(known: KnownMission, error: str, at: datetime) -> Event:
    """Return that a mission's file can no longer be read."""
    return Event(at, EventKind.FILE_BROKEN, known.id, shorten(error))


def mended(known: KnownMission, at: datetime) -> Event:
    """Return that a mission's file can be read again."""
    return Event(at, EventKind.FILE_MENDED, known.id, f"{known.path} can be read again")


def error_of(known: KnownMission) -> str | None:
    """Return the first error of a mission; None where there is none."""
    return next((str(each) for each in known.problems if each.is_error), None)


def _happened(old: KnownMission, new: KnownMission, now: datetime) -> tuple[Event, ...]:
    changes = _changes(old, new, now)
    was_broken = error_of(old) is not None
    error = error_of(new)
    if error is not None and not was_broken:
        return (*changes, broken(new, error, now))
    if error is None and was_broken:
        return (mended(new, now), *changes)
    return changes


def _changes(old: KnownMission, new: KnownMission, now: datetime) -> tuple[Event, ...]:
    if old.mission is None or new.mission is None or old.mission is new.mission:
        return ()
    return changes_between(old.mission, new.mission, about=new.id, at=now)
