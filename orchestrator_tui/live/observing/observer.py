"""Evidence beside the live loop: collected in threads of its own, told without ever waiting.

Nothing here holds a screen up: what is known is told at once, and when there is more, the loop is
poked. A mission that asks for nothing to be looked at costs nothing.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Condition
from typing import Final

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.watching.hints import StartHints
from orchestrator_tui.live.observing.commands import ENDING_SECONDS, Commands, RunsCommands
from orchestrator_tui.live.observing.done_work import milestones_done
from orchestrator_tui.live.observing.folder_watch import FolderWatch, start_any_hints
from orchestrator_tui.live.observing.looking import Collects, Looking
from orchestrator_tui.live.observing.subject import Subject
from orchestrator_tui.live.observing.wishes import NOTHING, wish_of

PATIENCE: Final = timedelta(seconds=2)
"""How long the first look may take before what is known without it counts."""


class Observer:
    """Knows what is in the workspaces of the missions that a loop looks at."""

    def __init__(  # noqa: PLR0913 - all but the first are named, and most are for tests
        self,
        collects: Collects,
        *,
        clock: Clock,
        poke: Callable[[], None],
        runs: RunsCommands | None = None,
        may_run: Callable[[], bool] = lambda: True,
        start: StartHints = start_any_hints,
        monotonic: Callable[[], float] = time.monotonic,
        log: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare; `poke` is called from other threads whenever more is known.

        Without `runs`, and while `may_run` says no, commands are left to another process.
        """
        self._collects = collects
        self._start = start
        self._changed = Condition()
        self._subjects: dict[MissionId, Subject] = {}
        self._poke = poke
        self._monotonic = monotonic
        self._commands = None
        if runs is not None:
            self._commands = Commands(
                runs, may_run=may_run, ended=self._count_as_ended, monotonic=monotonic
            )
        self._looking = Looking(
            collects,
            subjects=self._subjects,
            changed=self._changed,
            clock=clock,
            poke=poke,
            consider=self._consider,
            monotonic=monotonic,
            log=log,
        )

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        """Return `snapshot` with what is known of its workspaces, at once.

        A mission of which nothing else is known than before stays the same object.
        """
        with self._changed:
            gone = self._forget_others(snapshot)
            missions = tuple(self._told(each, now) for each in snapshot.missions)
        for each in gone:
            each.watch.close()
            self._collects.forget(each.id)
        if all(new is old for new, old in zip(missions, snapshot.missions, strict=True)):
            return snapshot
        return replace(snapshot, missions=missions)

    def unobserved(self, now: datetime) -> frozenset[MissionId]:
        """Return the missions that are looked at for the first time, and for a moment only."""
        with self._changed:
            return frozenset(
                key
                for key, each in self._subjects.items()
                if each.evidence.observed is None and timedelta() <= now - each.seen < PATIENCE
            )

    def judged(self, assessment: Assessment) -> None:
        """Take in which work is done: what a command checks is done before it runs."""
        with self._changed:
            for each in assessment.missions:
                subject = self._subjects.get(each.id)
                if subject is not None and subject.trusted and each.judgement is not None:
                    done = milestones_done(each.judgement)
                    if done != subject.done:
                        subject.done = done
                        self._changed.notify()

    def close(self) -> None:
        """Cancel what runs, and end."""
        with self._changed:
            subjects = tuple(self._subjects.values())
            self._subjects.clear()
            running = () if self._commands is None else self._commands.cancel_all()
        for thread in running:
            thread.join(ENDING_SECONDS)
        for each in subjects:
            each.watch.close()
        self._looking.close(ENDING_SECONDS)

    def _told(self, known: KnownMission, now: datetime) -> KnownMission:
        subject = self._subjects.get(known.id)
        mission = known.mission
        if mission is not None and (subject is None or subject.mission is not mission):
            subject = self._noted(known.id, mission, subject, now)
        if subject is None:
            return known
        if subject.trusted != known.facts.trusted:
            subject.trusted = known.facts.trusted
            self._looking.want(subject)
        return subject.merged(known)

    def _noted(
        self, key: MissionId, mission: Mission, subject: Subject | None, now: datetime
    ) -> Subject | None:
        """Return what is known of a mission of which there is a new version."""
        wish = wish_of(mission)
        if subject is None:
            if wish == NOTHING:
                return None
            watch = FolderWatch(lambda: self._looking.hint(key), start=self._start)
            subject = Subject(key, mission, wish, frozenset(), now, watch)
            self._subjects[key] = subject
            self._looking.want(subject)
        elif subject.wish != wish:
            subject.wish = wish
            self._looking.want(subject)
        subject.mission = mission
        return subject

    def _forget_others(self, snapshot: Snapshot) -> list[Subject]:
        """Forget missions that are gone; return them, for their watches have to be closed."""
        here = {each.id for each in snapshot.missions}
        gone = [each for key, each in self._subjects.items() if key not in here]
        for each in gone:
            del self._subjects[each.id]
            if self._commands is not None:
                self._commands.forget(each.id)
        return gone

    def _consider(self, subject: Subject) -> float | None:
        if self._commands is None:
            return None
        was_running = subject.running
        due = self._commands.consider(subject)
        if subject.running is not was_running:
            self._poke()
        return due

    def _count_as_ended(self, mission: MissionId, is_kept: bool) -> None:  # noqa: FBT001 - a callback
        """Look at what came of a command, and then no longer show it as running."""
        with self._changed:
            if self._commands is not None:
                self._commands.count_as_ended(mission, is_kept=is_kept)
            subject = self._subjects.get(mission)
            if subject is not None:
                subject.command_ended = self._monotonic()
                self._looking.want(subject)
