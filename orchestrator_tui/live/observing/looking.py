"""Looks at workspaces, in threads of their own: when one is due, and what comes of it."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import Final, Protocol

from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.terminal.stray_output import crash_text
from orchestrator_tui.live.observing.subject import STUCK_SECONDS, Subject

MOST_LOOKS: Final = 2
"""Workspaces that are looked at at once; those where a look hangs do not count."""
_LONGEST_FAILURE: Final = 160


class Collects(Protocol):
    """Looks at the workspace of a mission, and says in which folders a change matters."""

    def collect(
        self, key: MissionId, mission: Mission, *, trusted: frozenset[str], now: datetime
    ) -> tuple[Evidence, tuple[Path, ...]]:
        """Return what was found, and where changes matter."""

    def forget(self, key: MissionId) -> None:
        """Let go what is remembered of a mission that is gone."""


class Looking:
    """Sees to it that every subject is looked at when that is due.

    `subjects` are shared with the observer, under the lock of `changed`.
    """

    def __init__(  # noqa: PLR0913 - all are named
        self,
        collects: Collects,
        *,
        subjects: Mapping[MissionId, Subject],
        changed: Condition,
        clock: Clock,
        poke: Callable[[], None],
        consider: Callable[[Subject], float | None],
        monotonic: Callable[[], float] = time.monotonic,
        log: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare; `consider` starts what else is due, and says when it will be the next time."""
        self._collects = collects
        self._subjects = subjects
        self._changed = changed
        self._clock = clock
        self._poke = poke
        self._consider = consider
        self._monotonic = monotonic
        self._log = log
        self._is_closed = False
        self._thread: Thread | None = None

    def want(self, subject: Subject) -> None:
        """Look at a subject as soon as there is room; called with the lock held."""
        subject.hint(self._monotonic(), quiet=0)
        if self._thread is None and not self._is_closed:
            self._thread = Thread(target=self._run, name="observer", daemon=True)
            self._thread.start()
        self._changed.notify()

    def hint(self, key: MissionId) -> None:
        """Note that something may have changed in a workspace; called from any thread."""
        with self._changed:
            subject = self._subjects.get(key)
            if subject is not None:
                is_news = subject.first_hint is None
                subject.hint(self._monotonic())
                if is_news:  # a storm of hints wakes nobody up
                    self._changed.notify()

    def close(self, seconds: float) -> None:
        """Begin no more looks; called without the lock. A look that hangs is left behind."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                due = self._start_what_is_due()
                self._changed.wait(None if due == math.inf else max(0.0, due - self._monotonic()))

    def _start_what_is_due(self) -> float:
        """Start all that is due; return when the next thing will be, without waiting for room."""
        found = math.inf
        share = float(len(self._subjects))
        for each in self._subjects.values():
            if each.due(share) <= self._monotonic():
                if each.began is not None:
                    self._count_as_stuck(each)
                elif self._has_room():
                    self._begin(each)
            again = self._consider(each)
            due = each.due(share)
            if due > self._monotonic():
                found = min(found, due)
            found = min(found, math.inf if again is None else again)
        return found

    def _has_room(self) -> bool:
        under_way = (
            each.began is not None and not each.is_stuck for each in self._subjects.values()
        )
        return sum(under_way) < MOST_LOOKS

    def _begin(self, subject: Subject) -> None:
        subject.begin(self._monotonic())
        look = (subject, subject.mission, subject.trusted)
        Thread(target=self._look, args=look, name="evidence", daemon=True).start()

    def _look(self, subject: Subject, mission: Mission, trusted: frozenset[str]) -> None:
        now = self._clock()
        folders: tuple[Path, ...] = ()
        try:
            evidence, folders = self._collects.collect(
                subject.id, mission, trusted=trusted, now=now
            )
            subject.watch.follow(folders)
        except Exception as error:  # noqa: BLE001 - a bug costs the evidence of one mission
            self._log(crash_text(error))
            reason = plain_text(f"{type(error).__name__}: {error}", limit=_LONGEST_FAILURE)
            evidence = _without_a_look(subject, f"evidence was not collected: {reason}", now)
        with self._changed:
            is_news = subject.end(self._monotonic(), evidence)
            self._changed.notify()
        if is_news and not self._is_closed:
            self._poke()

    def _count_as_stuck(self, subject: Subject) -> None:
        subject.is_stuck = True
        what = f"looking at the workspace has not ended for {STUCK_SECONDS:.0f} seconds"
        subject.evidence = _without_a_look(subject, what, self._clock())
        self._poke()


def _without_a_look(subject: Subject, what: str, now: datetime) -> Evidence:
    """Return what was known before, and why nothing newer is."""
    problem = Problem(Severity.WARNING, subject.id, None, None, what)
    return replace(subject.evidence, observed=now, problems=(problem,))
