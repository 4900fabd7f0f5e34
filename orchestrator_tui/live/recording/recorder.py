"""The recorder of a live loop: what is seen becomes history, and what is known becomes facts.

Nothing here is waited for by a screen: a look adds to memory alone, and what is to be kept is
appended a moment after the look was told.
"""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.snapshot import KnownMission, MissionFile, Snapshot
from orchestrator_tui.engine.lifecycle import lifecycle_changes
from orchestrator_tui.live.notifying.silence import Silence, Tells
from orchestrator_tui.live.recording.appending import (
    Appending,
    Heard,
    changes_facts,
    changes_what_all_know,
)
from orchestrator_tui.live.recording.attribution import Attribution
from orchestrator_tui.live.recording.chronicle import Chronicle
from orchestrator_tui.live.recording.decided import events_of
from orchestrator_tui.live.recording.departing import Departures
from orchestrator_tui.live.recording.forecasting import Forecasting
from orchestrator_tui.live.recording.journal import Arrival, Entry
from orchestrator_tui.live.recording.keeping import Keeping
from orchestrator_tui.live.recording.knowing import Knowing
from orchestrator_tui.live.recording.learning import Learning

Reconcile = Callable[[Snapshot, datetime], tuple[Problem, ...]]
"""Sees to it that files say what was decided; returns what a person should know of that."""


class Recorder:
    """Keeps the history of the missions that a loop looks at, and tells what it knows of them."""

    def __init__(
        self,
        path: Path,
        keeping: Keeping,
        *,
        heard: Heard | None = None,
        known_at: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; what came to be known after `known_at`, a time past, counts for nothing."""
        self._keeping = keeping
        self._monotonic = monotonic
        self._appending = Appending(keeping, heard=heard, monotonic=monotonic)
        self._knowing = Knowing(keeping, known_at)
        self.reconcile: Reconcile = lambda *_: ()
        """Called in every look, while this process is the one that records; never waits."""
        self.hub: Tells = Silence()
        """Tells people what follows from the looks, in the process that records."""
        self._departures = Departures(path, keeping, monotonic=monotonic)
        self._attribution = Attribution()
        self._chronicle = Chronicle(self._knowing.recalled, self._attribution.signed)
        self._forecasting = Forecasting()
        self._learning = Learning()
        self._judged: dict[MissionId, MissionAssessment] = {}
        self._files: dict[MissionId, tuple[MissionFile, ...]] = {}
        self._told_at = -math.inf
        self._was_following = False
        keeping.on_opened = self._go_on

    @property
    def is_recording(self) -> bool:
        """Say whether this process is the one that records, and can, now."""
        return self._keeping.is_recording

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what is known of its missions, and what has happened to them."""
        self._keeping.refresh()
        if not self._keeping.is_recording:
            self._follow()
        decided = self._knowing.new_rulings()
        self._attribution.expect(decided, now)
        self._chronicle.told(snapshot, now)
        for known in self._chronicle.missions:
            ours = [each for each in decided if each.mission == known.id]
            self._note(known.id, events_of(ours, self._knowing.rulings), now)
        for entry in self._departures.entries(self._chronicle.gone, snapshot, now):
            self._appending.add(entry)
        for key in self._chronicle.gone:
            self._judged.pop(key, None)
            self._forecasting.forget(key)
            self._learning.forget(key)
        for mission, facts in self._knowing.changed_facts(self._chronicle.missions).items():
            self._chronicle.know(mission, facts)
        problems = self.reconcile(snapshot, now) if self._keeping.is_recording else ()
        told = self._chronicle.with_missions(snapshot)
        return replace(
            told,
            problems=(*told.problems, *problems),
            notices=(*self._notices(), *told.notices),
        )

    def rulings(self) -> tuple[Ruling, ...]:
        """Return what was decided, as it was known at the last look; another tuple when more is."""
        return self._knowing.rulings

    def note(self, mission: MissionId, event: Event) -> None:
        """Take in what this program did to a mission itself, at this look."""
        self._note(mission, (event,), event.at)

    def judged(self, assessment: Assessment) -> None:
        """Take in what was judged of the missions as they were told last."""
        known = {each.id: each for each in self._chronicle.missions}
        for each in assessment.missions:
            if self._judged.get(each.id) is not each:
                self._compare(known[each.id], each, assessment.at)
                self._look_ahead_and_back(each, assessment.at)
        self._told_at = self._monotonic()
        self.hub.judged(assessment)

    def due(self) -> float:
        """Return when there is something to be kept, on the monotonic clock."""
        return min(self._appending.due(self._told_at), self.hub.due())

    def record(self) -> None:
        """Keep what waits, if it is time; called when all that was seen was told."""
        now = self._monotonic()
        if now >= self._appending.due(self._told_at):
            self._append()
        if now >= self.hub.due():
            self.hub.tell()

    def close(self) -> None:
        """Keep what waits, and end."""
        if self._keeping.is_recording:
            self._append()
        self.hub.close()
        self._keeping.close()

    def _notices(self) -> tuple[str, ...]:
        lost = self._appending.lost
        more = (f"history: {lost:,} events were lost, there was no room for more",) if lost else ()
        return (*self._keeping.notices, *more, *self.hub.notices)

    def _go_on(self) -> None:
        """Go on with a history that was just opened; it may be another, or come from another."""
        self.hub.begin_anew()
        self._appending.listen()
        if self._appending.begin() or self._was_following:
            self._forecasting.begin_anew()
            self._learning.begin_anew()
        self._knowing.begin_anew()
        self._knowing.new_rulings()
        self._chronicle.recall_all(keep_seen=not self._was_following)
        self._was_following = False
        for known in self._chronicle.missions:
            judged = self._judged.get(known.id)
            if judged is not None and self._chronicle.seen is not None:
                self._add_arrival(known, judged, self._chronicle.seen)
                self._look_ahead_and_back(judged, self._chronicle.seen)
        self._departures.begin()

    def _follow(self) -> None:
        self._appending.listen()
        self._knowing.follow()
        if not self._keeping.may_come_to_record:
            self._was_following = True
            self._appending.leave_it_to_another()

    def _note(self, mission: MissionId, events: tuple[Event, ...], now: datetime) -> None:
        self._chronicle.add(mission, events)
        if events:
            self._appending.add(Entry(mission, now, events))

    def _compare(self, known: KnownMission, new: MissionAssessment, now: datetime) -> None:
        old = self._judged.get(known.id)
        self._judged[known.id] = new
        if old is None or (old.judgement is None and new.judgement is not None):
            self._add_arrival(known, new, now)
            return
        happened = lifecycle_changes(old, new, at=now)
        self._chronicle.add(known.id, happened)
        events = (*self._chronicle.news.get(known.id, ()), *happened)
        files = known.files if known.files != self._files.get(known.id) else None
        if events or files:  # a comment is no event, and belongs to what the files were
            self._files[known.id] = known.files
            self._appending.add(Entry(known.id, now, events, files, known.revision))

    def _add_arrival(self, known: KnownMission, judged: MissionAssessment, now: datetime) -> None:
        self._files[known.id] = known.files
        arrival = Arrival(known, judged, self._knowing.rulings)
        self._appending.add(Entry(known.id, now, (), known.files or None, known.revision, arrival))

    def _look_ahead_and_back(self, judged: MissionAssessment, now: datetime) -> None:
        """Keep what is forecast of a mission, and what was done in it."""
        if moved := self._forecasting.moved(judged, now):
            self._appending.add(Entry(judged.id, now, (), forecasts=moved))
        if judged.known is not None and (new := self._learning.news(judged.known, now)):
            self._appending.add(Entry(judged.id, now, (), experience=new))

    def _append(self) -> None:
        for each in self._appending.append_waiting():
            mission = each.entry.mission
            if changes_what_all_know(each):
                self._knowing.outdate_all()
            elif changes_facts(each):
                self._knowing.outdate(mission)
            if each.entry.arrival is not None:
                self._chronicle.add_missing(mission, each.events)
