"""What waits to be kept, brought into the history: in order, and each thing once."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.history import History
from orchestrator_tui.live.recording.catching_up import arrived, catch_up
from orchestrator_tui.live.recording.journal import Arrival, Entry, Journal
from orchestrator_tui.live.recording.keeping import Keeping

DRAWING_SECONDS: Final = 0.2
"""After something was told nothing is kept for so long: those who show it need the processor."""
LATEST_SECONDS: Final = 1.0
"""However much is told, what waits is kept after that."""
AT_ONCE_SECONDS: Final = 0.25
"""How long appending may go on before the missions are looked at again."""
SLOW_SECONDS: Final = 0.1
TIMES_AS_LONG: Final = 20.0
"""After an entry that took long, nothing more is appended for so many times as long."""
LONGEST_REST_SECONDS: Final = 30.0

Heard = Callable[[Sequence[RecordedEvent]], None]
"""Told what was recorded, here or by another process, in order."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of one entry."""

    entry: Entry
    events: tuple[Event, ...]


class Appending:
    """Appends what waits in a journal, as long as this process is the one that records."""

    def __init__(
        self,
        keeping: Keeping,
        *,
        heard: Heard | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keeping = keeping
        self._journal = Journal()
        self._heard = heard
        self._monotonic = monotonic
        self._newest: RecordedEvent | None = None
        self._kept: set[MissionId] = set()
        """Missions of which the history that is open holds a version."""
        self._heard_until: int | None = None
        self._waiting_since = math.inf
        self._rests_until = -math.inf
        keeping.on_still_there = self._journal.forget_appended

    @property
    def lost(self) -> int:
        """Return how many events could not be kept, for want of room."""
        return self._journal.lost

    def add(self, entry: Entry) -> None:
        """Let `entry` wait, unless another process sees to it."""
        if self._keeping.may_come_to_record:
            self._waiting_since = min(self._waiting_since, self._monotonic())
            self._journal.add(entry)

    def due(self, told_at: float) -> float:
        """Return when to append, on the monotonic clock, if something was told at `told_at`."""
        if self._journal.next is None or not self._keeping.is_recording:
            return math.inf
        soon = min(told_at + DRAWING_SECONDS, self._waiting_since + LATEST_SECONDS)
        return max(soon, self._rests_until)

    def begin(self) -> bool:
        """Begin to append to what was just opened; say whether it is another than before."""
        self._kept.clear()
        newest = self._newest
        if newest is None:
            return False
        there = self._keeping.use(lambda each: each.event(newest.sequence), newest)
        if there is not None and there.digest == newest.digest:
            return False
        self._newest = None
        self._journal.take_back()
        return True

    def append_waiting(self) -> tuple[Appended, ...]:
        """Append what waits, for a short while; return what was appended."""
        done: list[Appended] = []
        until = self._monotonic() + AT_ONCE_SECONDS
        while self._keeping.is_recording and (entry := self._journal.next) is not None:
            appended = self._append(entry)
            if appended is None:
                break
            done.append(appended)
            if self._monotonic() >= until:
                break
        self._waiting_since = math.inf if self._journal.next is None else self._monotonic()
        return tuple(done)

    def leave_it_to_another(self) -> None:
        """Let go what waits: another process sees the same, and keeps it."""
        self._journal.clear()
        self._waiting_since = math.inf

    def listen(self) -> None:
        """Tell what another process has recorded since it was told last."""
        if self._heard is None:
            return
        newest = self._keeping.use(lambda each: each.newest_sequence(), None)
        if newest is None:
            return
        if self._heard_until is not None and newest > self._heard_until:
            after = self._heard_until
            self._tell(self._keeping.use(lambda each: each.events(after=after), ()))
        self._heard_until = newest

    def _append(self, entry: Entry) -> Appended | None:
        began = self._monotonic()
        recorded = self._keeping.use(lambda each: self._write(each, entry), None)
        if recorded is None:
            return None
        self._journal.count_as_appended()
        self._keeping.note_success()
        if recorded:
            self._newest = recorded[-1]
            self._tell(recorded)
            self._heard_until = self._newest.sequence
        elif self._newest is None:
            # by it alone it is seen whether a history that is opened later is this one
            self._newest = self._keeping.use(_newest, None)
        took = self._monotonic() - began
        if took > SLOW_SECONDS:
            self._rests_until = began + min(LONGEST_REST_SECONDS, took * TIMES_AS_LONG)
        return Appended(entry, tuple(each.event for each in recorded))

    def _write(self, history: History, entry: Entry) -> tuple[RecordedEvent, ...]:
        if entry.forecasts:
            history.note_forecasts(entry.mission, entry.forecasts)
            return ()
        if entry.experience is not None:
            history.note_experience(entry.experience)
            return ()
        if entry.arrival is not None:
            return self._write_arrival(history, entry, entry.arrival)
        if entry.files and entry.mission not in self._kept:
            if history.last_version(entry.mission) is None:
                # another history was opened in between, which knows nothing of it
                first = arrived(entry.mission, entry.seen)
                entry = replace(entry, events=(first, *entry.events))
            self._kept.add(entry.mission)
        return _appended(history, entry)

    def _write_arrival(
        self, history: History, entry: Entry, arrival: Arrival
    ) -> tuple[RecordedEvent, ...]:
        found = catch_up(
            history, arrival.known, arrival.judged, rulings=arrival.rulings, at=entry.seen
        )
        files = entry.files if found.is_new_version else None
        recorded = _appended(history, replace(entry, events=found.events, files=files))
        if found.baseline is not None:
            history.freeze_baseline(entry.mission, found.baseline)
        self._kept.add(entry.mission)
        return recorded

    def _tell(self, recorded: Sequence[RecordedEvent]) -> None:
        if self._heard is not None and recorded:
            self._heard(recorded)


def _appended(history: History, entry: Entry) -> tuple[RecordedEvent, ...]:
    if not entry.events and entry.files is None:
        return ()
    return history.append(
        entry.mission,
        entry.events,
        seen=entry.seen,
        version=entry.files,
        revision=entry.revision,
    )


def _newest(history: History) -> RecordedEvent | None:
    return history.event(history.newest_sequence())


def changes_what_all_know(appended: Appended) -> bool:
    """Say whether what was appended changes what is known of every mission."""
    ended = (each.kind is EventKind.WORK_ENDED for each in appended.events)
    return appended.entry.experience is not None or any(ended)


def changes_facts(appended: Appended) -> bool:
    """Say whether what was appended changes what is known of its mission."""
    kinds = {EventKind.ESCALATED, EventKind.RECOVERED, EventKind.MILESTONE_REVIEWED}
    return appended.entry.arrival is not None or any(each.kind in kinds for each in appended.events)
