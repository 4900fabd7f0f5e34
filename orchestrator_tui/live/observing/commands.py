"""Trusted commands: when each is run again, never two of a mission at once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event, Thread
from typing import Final, Protocol

from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.live.observing.job import Job, allowed_jobs
from orchestrator_tui.live.observing.subject import Subject
from orchestrator_tui.live.observing.world import World, newest_in, world_of

MOST_RUNNING: Final = 2
"""Commands of all missions together; of one mission never more than one."""
REST_SECONDS: Final = 30.0
"""Between two runs of the same command; doubled each time one leaves no result."""
MOST_DOUBLED: Final = 5
ENDING_SECONDS: Final = 3.0
"""How long the end waits for commands that were cancelled: they are killed after a second."""
_LONGEST_WORDS: Final = 120


class RunsCommands(Protocol):
    """Runs what was allowed, and keeps what came of it."""

    def ended(self, pin: str) -> datetime | None:
        """Return when the command of that pin last ended; None where it never did."""

    def run(self, job: Job, *, cancel: Event) -> bool:
        """Run a command if it still has that pin; wait, and say whether its result was kept."""


@dataclass(slots=True)
class _Command:
    """What is known of one command, by its pin."""

    world: World | None = None
    """For which the newest result holds; None where this process does not know."""
    is_second: bool = False
    """Whether the newest run was asked for by what changed while the one before it ran."""
    ended: float | None = None
    """When it last ended here, on the monotonic clock."""
    is_judged: bool = True
    """Whether what changed while it ran was looked at."""
    in_vain: int = 0
    """How many of the newest runs left no result."""


@dataclass(slots=True)
class _Run:
    """A command that runs."""

    pin: str
    cancel: Event = field(default_factory=Event)
    thread: Thread | None = None


class Commands:
    """Decides which commands run; every method is called with the observer's lock held.

    A command that was allowed runs once all tasks of its milestone are finished, and again when
    what it may speak about has changed since. What changes while it runs may be its own doing, such
    as a report that it writes: then it runs once more, and no more than that.
    """

    def __init__(
        self,
        runs: RunsCommands,
        *,
        may_run: Callable[[], bool],
        ended: Callable[[MissionId, bool], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; `ended` is called without the lock, and says whether a result was kept."""
        self._runs = runs
        self._may_run = may_run
        self._ended = ended
        self._monotonic = monotonic
        self._running: dict[MissionId, _Run] = {}
        self._known: dict[str, _Command] = {}
        self._is_closed = False

    def consider(self, subject: Subject) -> float | None:
        """Start what is to run of a mission; return when to consider it again, if ever."""
        running = self._running.get(subject.id)
        if running is not None:
            if running.pin not in subject.trusted or not self._may_run():
                running.cancel.set()
            return None
        if self._is_closed or subject.running or not subject.trusted or not self._may_run():
            return None
        wanted = [each for each in _jobs(subject) if self._is_wanted(subject, each)]
        if not wanted:
            return None
        job = min(wanted, key=self._due)
        due = self._due(job)
        if due > self._monotonic():
            return due
        if len(self._running) < MOST_RUNNING:
            self._start(subject, job)
        return None

    def forget(self, mission: MissionId) -> None:
        """Cancel what runs of a mission that is gone."""
        if (running := self._running.get(mission)) is not None:
            running.cancel.set()

    def count_as_ended(self, mission: MissionId, *, is_kept: bool) -> None:
        """Note that the command of a mission came to its end, and whether it left a result."""
        running = self._running.pop(mission, None)
        if running is not None:
            command = self._known[running.pin]
            command.ended = self._monotonic()
            command.is_judged = not is_kept
            command.in_vain = 0 if is_kept else command.in_vain + 1
            if not is_kept:
                command.world = None

    def cancel_all(self) -> list[Thread]:
        """Cancel every command, and start no more; return the threads that wait for their ends."""
        self._is_closed = True
        for each in self._running.values():
            each.cancel.set()
        return [each.thread for each in self._running.values() if each.thread is not None]

    def _is_wanted(self, subject: Subject, job: Job) -> bool:
        """Say whether a command has something to say that is not known."""
        world = world_of(subject, job.key)
        command = self._known.get(job.pin)
        if command is None:
            kept = self._runs.ended(job.pin)
            is_old = kept is None or newest_in(subject, job.key) > kept
            self._known[job.pin] = _Command(None if is_old else world)
            return is_old
        if not command.is_judged:
            if command.ended is None or subject.looked_from < command.ended:
                return False  # what it changed was not looked at as yet
            self._judge(command, world)
        return command.world != world

    def _judge(self, command: _Command, world: World) -> None:
        command.is_judged = True
        if command.world == world or command.is_second:
            command.world, command.is_second = world, False
        else:
            command.is_second = True

    def _due(self, job: Job) -> float:
        command = self._known[job.pin]
        if command.ended is None:
            return 0.0
        doubled = min(MOST_DOUBLED, max(0, command.in_vain - 1))
        return command.ended + REST_SECONDS * 2.0**doubled

    def _start(self, subject: Subject, job: Job) -> None:
        self._known[job.pin].world = world_of(subject, job.key)
        run = _Run(job.pin)
        run.thread = Thread(target=self._run, args=(job, run), name="command", daemon=True)
        self._running[subject.id] = run
        subject.running = {job.key: _as_running(subject, job)}
        run.thread.start()

    def _run(self, job: Job, run: _Run) -> None:
        is_kept = False
        try:
            is_kept = self._runs.run(job, cancel=run.cancel)
        finally:
            self._ended(job.mission, is_kept)


def _jobs(subject: Subject) -> Iterator[Job]:
    """Yield the commands that a person allowed, of milestones whose work is done."""
    for milestone in subject.mission.milestones:
        if milestone in subject.done:
            yield from allowed_jobs(
                subject.id,
                subject.mission,
                milestone,
                evidence=subject.evidence,
                trusted=subject.trusted,
            )


def _as_running(subject: Subject, job: Job) -> Finding:
    words = plain_text(" ".join(job.command.argv), limit=_LONGEST_WORDS)
    return replace(
        subject.evidence.findings[job.key],
        state=CriterionState.RUNNING,
        detail=f"running: {words}",
        observed=None,
        value=None,
        digest="",
    )
