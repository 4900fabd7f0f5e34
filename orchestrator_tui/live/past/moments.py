"""Moments of the past, made of what the history kept by the engines that judge the present.

Of the missions everything is as it was. Workspaces are not kept: evidence is read as it is now,
exactly as `status --at` reads it. So a milestone may stand in its past where the evidence of today
puts it, and not where it stood then; the events, which were kept, say that.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.history.versions.versions import KeptVersion
from orchestrator_tui.io.reading.discovery import MISSION_FILE, SUFFIX, discover, shown_id
from orchestrator_tui.io.reading.kept_files import KeptFiles
from orchestrator_tui.live.observing.evidence_now import with_evidence_now
from orchestrator_tui.live.past.archive import Moment

_PAGE: Final = 200
"""Events that are read at once to find the last one that was seen at the same instant."""


class Moments:
    """Reads what was kept of the missions at one path; for one thread at a time."""

    def __init__(self, path: Path, *, state: Path, clock: Clock) -> None:
        self._path = path
        self._state = state
        self._clock = clock
        self._only = _only_mission(path)
        self._kept = KeptFiles()

    def newest(self, mission: MissionId | None, limit: int) -> tuple[RecordedEvent, ...]:
        """Return the newest events, the newest first."""
        with self._reading() as history:
            if history is None:
                return ()
            asked = self._asked(mission)
            return tuple(history.events(mission=asked, limit=limit, newest_first=True))

    def about(
        self, mission: MissionId, subjects: Collection[str], limit: int
    ) -> tuple[RecordedEvent, ...]:
        """Return the newest events of a mission on any of `subjects`, the newest first."""
        with self._reading() as history:
            if history is None or not subjects:
                return ()
            found = history.events(
                mission=mission, subjects=subjects, limit=limit, newest_first=True
            )
            return tuple(found)

    def read_messages(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        """Return the ids of the messages that an agent said it has read."""
        with self._reading() as history:
            return frozenset() if history is None else history.read_messages(mission, agent)

    def at(self, sequence: int) -> Moment:
        """Return the moment of one event; raises MissionNotFound where there is none."""
        with self._reading() as history:
            event = None if history is None else history.event(sequence)
            if history is None or event is None:
                raise MissionNotFound(f"the history holds no event {sequence}")
            return self._moment(history, event)

    def before(self, sequence: int | None, mission: MissionId | None) -> Moment | None:
        """Return the moment of the newest event before `sequence`, if there is one."""
        with self._reading() as history:
            if history is None:
                return None
            found = history.events(
                mission=self._asked(mission), before=sequence, limit=1, newest_first=True
            )
            return self._moment(history, found[0]) if found else None

    def after(self, sequence: int, mission: MissionId | None) -> Moment | None:
        """Return the moment of the first event after `sequence`, if there is one."""
        with self._reading() as history:
            if history is None:
                return None
            found = history.events(mission=self._asked(mission), after=sequence, limit=1)
            return self._moment(history, found[0]) if found else None

    def _moment(self, history: History, event: RecordedEvent) -> Moment:
        versions = history.versions_at(_last_seen_with(history, event))
        with without_collecting():
            missions = tuple(self._missions(versions.values(), event))
            known = with_facts(Snapshot(missions), self._path, self._state, event.seen)
            observed = with_evidence_now(known, self._path, self._state, event.seen)
            return Moment(event, assess(observed, event.seen))

    def _missions(
        self, versions: Iterable[KeptVersion], event: RecordedEvent
    ) -> Iterator[KnownMission]:
        """Yield the missions that would be shown at the path, in the order of their ids."""
        for each in sorted(versions, key=lambda version: version.mission):
            if each.files and self._only in {None, each.mission}:
                yield self._kept.read(
                    each.files, event.seen, mission=each.mission, path=self._path_of(each)
                )

    def _path_of(self, version: KeptVersion) -> Path:
        """Return where the mission stood, as the present would show it."""
        if self._only is not None:
            return self._path
        names = [each.name for each in version.files]
        if MISSION_FILE not in names:
            return self._path / names[0]
        path = self._path / version.mission
        # Where the folder is gone, or may not be read, nothing else could be said.
        with suppress(OSError):
            if not path.exists():
                others = self._path.iterdir()
                path = next((one for one in others if shown_id(one.name) == version.mission), path)
        return path

    def _asked(self, mission: MissionId | None) -> MissionId | None:
        return mission if mission is not None else self._only

    @contextmanager
    def _reading(self) -> Iterator[History | None]:
        history = History.open_to_read(history_folder(self._state, self._path), clock=self._clock)
        if history is None:
            yield None
            return
        with history:
            yield history


def _only_mission(path: Path) -> MissionId | None:
    """Return the mission that `path` itself is; None where it is a folder of missions."""
    try:
        found = discover(path).missions
    except MissionNotFound:
        return shown_id(path.name.removesuffix(SUFFIX)) if path.suffix == SUFFIX else None
    return next((each.id for each in found if each.path == path), None)


def _last_seen_with(history: History, event: RecordedEvent) -> int:
    """Return the last event that was seen at the same instant: all of them are one moment."""
    last = event.sequence
    while True:
        page = history.events(after=last, limit=_PAGE)
        for each in page:
            if each.seen != event.seen:
                return last
            last = each.sequence
        if len(page) < _PAGE:
            return last
