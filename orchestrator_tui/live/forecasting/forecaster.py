"""Foresight beside the live loop: drawn by a worker, told without ever waiting.

Missions that changed are drawn anew soon, all others once a minute, for time alone moves their
ends. As long as that is under way, what was drawn before stays.
"""

import math
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Condition, Thread
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.forecasting.experience import gathered
from orchestrator_tui.live.forecasting.asking import WORKER, Asking, NoAnswer, NotAnswered
from orchestrator_tui.live.forecasting.foreseen_now import has_work_left
from orchestrator_tui.live.forecasting.question import Prospect, Question, light

ANEW_SECONDS: Final = 60.0
"""After so long what did not change is drawn anew."""
FIRST_SECONDS: Final = 1.0
"""How long the first picture has the processor to itself."""
REST_SECONDS: Final = 0.2
TIMES_AS_LONG: Final = 10.0
"""After an answer it is rested so many times as long as it took: a tenth of a core, at most."""
FAILURE_SECONDS: Final = 30.0
"""After there was no answer it is rested for so long, and twice as long each time."""
LONGEST_REST_SECONDS: Final = 600.0
CLOSE_SECONDS: Final = 2.0
ALWAYS_BEFORE: Final = 1e9
"""Seconds: what changed goes before all that only grew old."""
LONGEST: Final = 200
"""Characters of what is said of a failure."""


@dataclass(slots=True)
class _Subject:
    """A mission, and what was drawn of it."""

    known: KnownMission
    """As it was told last, without foresight."""
    drawn: KnownMission | None = None
    """What it was drawn of."""
    drawn_at: float = -math.inf
    prospect: Prospect | None = None
    told: KnownMission | None = None
    """With its foresight: the same object as long as both are."""


class Forecaster:
    """Knows what may become of the missions that a loop looks at."""

    def __init__(
        self,
        *,
        poke: Callable[[], None],
        words: Sequence[str] = WORKER,
        first_seconds: float = FIRST_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
        log: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare; `poke` is called from another thread whenever more is known."""
        self._poke = poke
        self._words = words
        self._first_seconds = first_seconds
        self._monotonic = monotonic
        self._log = log
        self._changed = Condition()
        self._subjects: dict[MissionId, _Subject] = {}
        self._snapshot = Snapshot()
        self._now: datetime | None = None
        self._rests_until = -math.inf
        self._failure = ""
        self._failures = 0
        self._has_answered = False
        self._is_closed = False
        self._thread: Thread | None = None
        self._waking: int | None = None

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what was drawn until now, at once.

        A mission of which nothing else was drawn than before stays the same object.
        """
        with self._changed:
            here = {each.id for each in snapshot.missions}
            for key in self._subjects.keys() - here:
                del self._subjects[key]
            missions = tuple(self._told(each) for each in snapshot.missions)
            self._snapshot, self._now = snapshot, now
            self._begin()
            self._changed.notify()
            failure = (self._failure,) if self._failure and self._subjects else ()
        return replace(snapshot, missions=missions, notices=(*snapshot.notices, *failure))

    def close(self) -> None:
        """End the worker, and tell nothing more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
            if self._waking is not None:
                with suppress(BlockingIOError):
                    os.write(self._waking, b"\n")
            thread = self._thread
        if thread is not None:
            thread.join(CLOSE_SECONDS)

    def _told(self, known: KnownMission) -> KnownMission:
        subject = self._subjects.get(known.id)
        if not has_work_left(known):
            self._subjects.pop(known.id, None)
            return known
        if subject is None:
            self._subjects[known.id] = _Subject(known)
            return known
        if subject.known is not known:
            subject.known, subject.told = known, None
        if subject.told is None:
            subject.told = _with(known, subject.prospect)
        return subject.told

    def _begin(self) -> None:
        """Start the thread once there is something to draw."""
        if self._thread is not None or self._is_closed or not self._subjects:
            return
        self._rests_until = self._monotonic() + self._first_seconds
        reading, self._waking = os.pipe()
        for each in (reading, self._waking):
            os.set_blocking(each, False)
        self._thread = Thread(target=self._draw, args=(reading,), name="forecaster", daemon=True)
        self._thread.start()

    def _draw(self, wake: int) -> None:
        asking = Asking(self._words, wake=wake)
        try:
            while (wanted := self._wanted()) is not None:
                try:
                    self._ask(asking, *wanted)
                except NoAnswer as error:
                    self._rest_after(str(error))
                except Exception as error:  # noqa: BLE001 - a bug costs forecasts, and is told
                    self._rest_after(_surprise(error))
        finally:
            asking.end()
            with self._changed:
                waking, self._waking = self._waking, None
            for each in (wake, waking):
                if each is not None:
                    os.close(each)

    def _wanted(self) -> tuple[KnownMission, Snapshot, datetime] | None:
        """Wait until a mission is to be drawn, and return it; None at the end."""
        with self._changed:
            while not self._is_closed:
                moment = self._monotonic()
                first = min(self._subjects.values(), key=_due, default=None)
                due = math.inf if first is None else max(self._rests_until, _due(first))
                if first is not None and due <= moment and self._now is not None:
                    return first.known, self._snapshot, self._now
                self._changed.wait(None if math.isinf(due) else due - moment)
            return None

    def _ask(self, asking: Asking, known: KnownMission, snapshot: Snapshot, now: datetime) -> None:
        began = self._monotonic()
        question = Question(light(known), gathered(snapshot.missions, now), now)
        try:
            found = asking.ask(question)
        except NotAnswered as error:
            self._take_in(known, None, began)
            self._tell_of(f"{known.id}: {error}")
        else:
            if found is None:
                return
            self._take_in(known, found, began)
        self._poke()

    def _take_in(self, known: KnownMission, found: Prospect | None, began: float) -> None:
        """Note what was drawn of a mission; without an answer, what was drawn before stays."""
        with self._changed:
            ended = self._monotonic()
            # the first answer takes as long as the worker takes to begin
            took = ended - began if self._has_answered else 0.0
            self._failure, self._failures, self._has_answered = "", 0, True
            self._rests_until = ended + max(REST_SECONDS, took * TIMES_AS_LONG)
            subject = self._subjects.get(known.id)
            if subject is not None:
                subject.drawn, subject.drawn_at = known, began
                if found is not None:
                    subject.prospect, subject.told = found, None

    def _rest_after(self, why: str) -> None:
        """Wait until it may be better; what is logged is in force."""
        with self._changed:
            rest = min(LONGEST_REST_SECONDS, FAILURE_SECONDS * 2.0**self._failures)
            self._rests_until = self._monotonic() + rest
            self._failures += 1
        self._tell_of(why)

    def _tell_of(self, why: str) -> None:
        with self._changed:
            self._failure = why
        self._log(f"{why}\n")


def _due(subject: _Subject) -> float:
    """Return when a mission is to be drawn: what changed, at once, the longest undrawn first."""
    if subject.drawn is not subject.known:
        return subject.drawn_at - ALWAYS_BEFORE
    return subject.drawn_at + ANEW_SECONDS


def _surprise(error: Exception) -> str:
    return plain_text(f"forecasts are not drawn: {type(error).__name__}: {error}", limit=LONGEST)


def _with(known: KnownMission, prospect: Prospect | None) -> KnownMission:
    if prospect is None:
        return known
    return replace(known, foresight=prospect.foresight, learned=prospect.learned)
