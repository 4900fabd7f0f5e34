"""One round of the live loop: look at the files, judge what was found, say when to look again."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.forecasting.unforeseen import Unforeseen
from orchestrator_tui.live.judging import Judging
from orchestrator_tui.live.observing.unobserved import Unobserved
from orchestrator_tui.live.opening import Opening
from orchestrator_tui.live.recording.unrecorded import Unrecorded

TICK_SECONDS = 2.0
"""Between two judgements of an unchanged world, because time alone changes ages and forecasts."""
DOUBT_SECONDS = 0.5
"""Between two looks while something is missing that may come back."""
SHARE_AT_REST = 100.0
"""A tick or a sweep waits so many times as long as the last one took: one per cent of a core."""
SWEEP_LIMIT_SECONDS = 10.0
CLOCK_JUMP = timedelta(seconds=1)
SHARE_IN_A_STORM = 0.2
"""Of a core, in the long run; work of up to the burst below is never held back."""
BURST_SECONDS = 0.5
REST_LIMIT_SECONDS = 0.5
HELD_BACK_SECONDS = 0.5
"""How long nothing is told at the start while all that is there is being written."""


class Library(Protocol):
    """Where missions come from."""

    @property
    def watched_folders(self) -> tuple[Path, ...]:
        """Return the folders whose changes matter."""

    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        """Return what is known now; read only what changed and has come to rest."""


class Records(Protocol):
    """Keeps what is seen, and adds what is known."""

    @property
    def is_recording(self) -> bool:
        """Say whether this process is the one that records."""

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what is known of its missions; unchanged ones stay as they are."""

    def judged(self, assessment: Assessment) -> None:
        """Take in what was judged of the missions as they were told last."""

    def due(self) -> float:
        """Return when there is something to be kept, on the monotonic clock."""

    def record(self) -> None:
        """Keep what is due."""

    def close(self) -> None:
        """Keep all that waits, and end."""


class Observes(Protocol):
    """Looks at what is around the missions, while the rounds go on."""

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what was observed until now; never waits."""

    def unobserved(self, now: datetime) -> frozenset[MissionId]:
        """Return the missions of which more will be known in a moment."""

    def judged(self, assessment: Assessment) -> None:
        """Take in what was judged of the missions as they were told last."""

    def close(self) -> None:
        """End, and leave nothing running."""


class Foresees(Protocol):
    """Draws what may become of the missions, while the rounds go on."""

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what was drawn until now; never waits."""

    def close(self) -> None:
        """End, and leave nothing running."""


class Rounds:
    """Turns a library into assessments, one look at a time."""

    def __init__(  # noqa: PLR0913 - all but the first are named
        self,
        open_library: Callable[[], Library],
        *,
        watching: Watching,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
        first: Assessment | None = None,
        recorder: Records | None = None,
        observer: Observes | None = None,
        forecaster: Foresees | None = None,
    ) -> None:
        """Prepare; `first` is what was shown already."""
        self._open_library = open_library
        self._watching = watching
        self._clock = clock
        self._monotonic = monotonic
        self._library: Library | None = None
        self._recorder = recorder or Unrecorded()
        self._observer = observer or Unobserved()
        self._forecaster = forecaster or Unforeseen()
        self._judging = Judging()
        self._told: Snapshot | None = None
        self._opening = Opening(first)
        self._newest = first
        self._held_back_until: float | None = None
        self._ticked: tuple[datetime, float] | None = None
        self._next_tick = self._next_sweep = 0.0
        self._debt = 0.0
        self._paid_at = 0.0

    def look(self, notices: tuple[str, ...] = ()) -> Assessment | None:
        """Return a new assessment; None where neither the world nor the time asks for one."""
        with without_collecting():
            return self._look(notices)

    def _look(self, notices: tuple[str, ...]) -> Assessment | None:
        began = self._monotonic()
        now = self._clock()
        snapshot = self._read(now, notices)
        swept = self._monotonic()
        self._next_sweep = swept + max(
            self._watching.sweep_seconds,
            min(SWEEP_LIMIT_SECONDS, (swept - began) * SHARE_AT_REST),
        )
        if self._is_held_back(snapshot, began):
            return None
        is_tick = self._is_tick(now, began)
        if not is_tick and _shows_the_same(snapshot, self._told):
            return None
        judged = self._judging.judge(snapshot, now, all_anew=is_tick)
        self._observer.judged(judged)
        self._recorder.judged(_without(judged, self._observer.unobserved(now)))
        assessment = self._opening.completed(judged, snapshot.unread)
        self._told = snapshot
        self._newest = assessment
        if is_tick:
            ended = self._monotonic()
            self._ticked = (now, began)
            self._next_tick = ended + max(TICK_SECONDS, (ended - swept) * SHARE_AT_REST)
        return assessment

    def apology(self, notices: tuple[str, ...]) -> Assessment:
        """Return the newest assessment, or an empty one, with `notices` of why none is newer."""
        if self._newest is None:
            return Assessment(at=self._clock(), missions=(), problems=(), notices=notices)
        return replace(self._newest, notices=notices)

    def follow(self) -> None:
        """Watch what the library found in the last look."""
        if self._library is not None:
            self._watching.follow(self._library.watched_folders)

    def forget_the_library(self) -> None:
        """Open the library anew at the next look, and tell what it finds, because it failed."""
        self._library = None
        self._ticked = None

    def next_look(self) -> float:
        """Return when to look again at the latest, on the monotonic clock."""
        doubt = self._monotonic() + DOUBT_SECONDS if _is_in_doubt(self._told) else self._next_sweep
        return min(self._next_tick, self._next_sweep, doubt)

    def next_stop(self) -> float:
        """Return when to stop waiting at the latest: to look again, or to keep what was seen."""
        return min(self.next_look(), self._recorder.due())

    def record(self) -> None:
        """Keep what was seen, where it is time; called once it was told."""
        with without_collecting():
            self._recorder.record()

    def close(self) -> None:
        """Keep what waits to be kept, and end."""
        self._recorder.close()
        self._observer.close()
        self._forecaster.close()

    def rest_owed(self, worked: float) -> float:
        """Return how many seconds to rest after `worked` seconds, so that storms stay cheap."""
        now = self._monotonic()
        paid = (now - self._paid_at) * SHARE_IN_A_STORM
        most = BURST_SECONDS + REST_LIMIT_SECONDS * SHARE_IN_A_STORM
        self._debt = min(most, max(0.0, self._debt - paid) + worked)
        self._paid_at = now
        return max(0.0, self._debt - BURST_SECONDS) / SHARE_IN_A_STORM

    def _read(self, now: datetime, notices: tuple[str, ...]) -> Snapshot:
        if self._library is None:
            self._library = self._open_library()
        snapshot = self._library.refresh(now, settled=self._watching.is_settled)
        if self._told is not None and snapshot.generation < self._told.generation:
            # A library that was opened anew counts from the beginning: the order goes on.
            snapshot = replace(snapshot, generation=self._told.generation + 1)
        told = self._observer.told(self._recorder.told(snapshot, now), now)
        told = self._forecaster.told(told, now)
        return replace(told, notices=(*notices, *self._watching.notices, *told.notices))

    def _is_held_back(self, snapshot: Snapshot, began: float) -> bool:
        """Say whether it is better to wait for the first mission than to show none."""
        if self._newest is not None or snapshot.missions or not snapshot.unread:
            return False
        if self._held_back_until is None:
            self._next_tick = self._held_back_until = began + HELD_BACK_SECONDS
        return began < self._held_back_until

    def _is_tick(self, now: datetime, began: float) -> bool:
        if self._ticked is None or began >= self._next_tick:
            return True
        ticked_at, ticked = self._ticked
        return abs(now - ticked_at - timedelta(seconds=began - ticked)) > CLOCK_JUMP


def _without(assessment: Assessment, missions: frozenset[MissionId]) -> Assessment:
    """Return what is fit to be kept: what was judged before anybody looked around is not."""
    if not missions:
        return assessment
    kept = tuple(each for each in assessment.missions if each.id not in missions)
    return replace(assessment, missions=kept)


def _shows_the_same(snapshot: Snapshot, told: Snapshot | None) -> bool:
    return told is not None and replace(snapshot, generation=told.generation) == told


def _is_in_doubt(told: Snapshot | None) -> bool:
    return told is not None and any(
        each.vanishing or each.missing_since is not None for each in told.missions
    )
