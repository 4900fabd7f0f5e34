"""The life of some missions, recorded change by change into a real history."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import UUID

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.instant import EARLIEST
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.snapshot import KnownMission, MissionFile
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.changes import changes_between
from orchestrator_tui.engine.freezing import baseline_of
from orchestrator_tui.engine.lifecycle import lifecycle_changes
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import read_snapshot

Changes = Mapping[str, str | tuple[str, str] | None]
"""By file: its new text, a piece of it and what takes its place, or None where it goes."""
Kept = dict[MissionId, tuple[MissionFile, ...]]


class RememberedLife:
    """Missions in a folder, whose every change is recorded as it is made."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "missions"
        self.folder.mkdir()
        self.state = root / "state"
        self.now = EARLIEST
        self.stood: dict[int, Kept] = {}
        """By event: the files that stood when it was seen."""
        own = history_folder(self.state, self.folder)
        self.history = History.open(own, clock=lambda: self.now)
        self.rulings = Rulings.open(own, clock=lambda: self.now)
        self._seen: dict[MissionId, tuple[KnownMission, MissionAssessment]] = {}
        self._standing: Kept = {}
        self._ruled = 0

    def __enter__(self) -> Self:
        """Keep the history open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.history.close()
        self.rulings.close()

    def change(self, now: datetime, changes: Changes) -> None:
        """Write files, and record what that changed, at `now`."""
        for name, change in changes.items():
            _change(self.folder / name, change)
        self.look(now)

    def rule(self, now: datetime, mission: str, kind: RulingKind, subject: str) -> str:
        """Take a ruling, and record its event, at `now`; return its id."""
        self._ruled += 1
        ruling = Ruling(
            id=UUID(int=self._ruled).hex,
            at=now,
            mission=MissionId(mission),
            kind=kind,
            subject=subject,
            actor="Grace",
        )
        self.rulings.take(ruling)
        kinds = {
            RulingKind.ACKNOWLEDGED: EventKind.ACKNOWLEDGED,
            RulingKind.TICKED: EventKind.CRITERION_TICKED,
            RulingKind.NOTED: EventKind.NOTE_ADDED,
            RulingKind.WITHDRAWN: EventKind.RULING_WITHDRAWN,
        }
        event = Event(now, kinds[kind], subject, f"Grace: {kind} {subject}", "Grace")
        self.now = now
        self._append(ruling.mission, (event,), None)
        self.look(now)
        return ruling.id

    def look(self, now: datetime) -> None:
        """Record what differs from the last look."""
        self.now = now
        snapshot = read_snapshot(self.folder, now, warns_of_future=False)
        known = with_facts(snapshot, self.folder, self.state, now).missions
        for each in known:
            self._record(each, assess_mission(each, now), now)
        for gone in self._seen.keys() - {each.id for each in known}:
            event = Event(now, EventKind.MISSION_REMOVED, gone, f"{gone} is gone")
            self._append(gone, (event,), ())
            del self._seen[gone]

    def _record(self, known: KnownMission, judged: MissionAssessment, now: datetime) -> None:
        before, was = self._seen.get(known.id, (None, None))
        events: tuple[Event, ...] = ()
        if before is None:
            events = (Event(now, EventKind.MISSION_ADDED, known.id, f"{known.id} is there"),)
            if known.mission is not None and known.facts.baseline is None:
                self.history.freeze_baseline(known.id, baseline_of(known.mission, now))
        elif known.mission is None:
            if before.mission is not None:
                events = (Event(now, EventKind.FILE_BROKEN, known.id, "broken"),)
            self._append(known.id, events, None)
            self._seen[known.id] = (known, judged)
            return
        elif before.mission is None:
            events = (Event(now, EventKind.FILE_MENDED, known.id, "mended"),)
        else:
            events = changes_between(before.mission, known.mission, about=known.id, at=now)
        events += lifecycle_changes(was, judged, at=now)
        self._append(known.id, events, known.files, known.revision)
        self._seen[known.id] = (known, judged)

    def _append(
        self,
        mission: MissionId,
        events: tuple[Event, ...],
        version: tuple[MissionFile, ...] | None,
        revision: str = "",
    ) -> None:
        if version is not None:
            self._standing = {**self._standing, mission: version}
        for each in self.history.append(
            mission, events, seen=self.now, version=version, revision=revision
        ):
            self.stood[each.sequence] = self._standing


def _change(path: Path, change: str | tuple[str, str] | None) -> None:
    if change is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    text = change if isinstance(change, str) else path.read_text(encoding="utf-8")
    if isinstance(change, tuple):
        assert text.count(change[0]) == 1, change
        text = text.replace(*change)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def lay_out(kept: Kept, folder: Path) -> None:
    """Let the files that stood at a moment stand in `folder`, and nothing else."""
    shutil.rmtree(folder)
    folder.mkdir()
    for mission, files in kept.items():
        is_folder = any(each.name == "mission.yaml" for each in files)
        for each in files:
            path = (folder / mission if is_folder else folder) / each.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.raw)
