"""Trusted commands: run when the work is done, again when something changed, and never twice."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.evidence import Deliverable, Evidence, Finding
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.live.observing.commands import REST_SECONDS, Commands
from orchestrator_tui.live.observing.folder_watch import FolderWatch
from orchestrator_tui.live.observing.job import Job
from orchestrator_tui.live.observing.subject import Subject
from tests.builders import NOON
from tests.live.observing.watched_world import DEADLINE_SECONDS, checked

M1 = MilestoneId("M1")
LINT = (M1, CriterionId("lint"))
PIN = "a" * 64
SPEC = CommandSpec(("ruff", "check"), "/bin/ruff", "/work", timedelta(minutes=5), (), (), PIN)
MISSION = checked(
    tasks={"api": {"estimate": "1h", "deliverables": ["api.py"]}},
    milestones={"M1": {"tasks": ["api"], "criteria": {"lint": {"run": ["ruff", "check"]}}}},
)


def evidence(source: str = "1", *, pin: str = PIN, newest: datetime = NOON) -> Evidence:
    finding = Finding(CriterionState.UNTRUSTED, "-", command=replace(SPEC, pin=pin))
    delivered = Deliverable("api.py", exists=True, newest=newest, digest=source)
    return Evidence(
        observed=NOON, findings={LINT: finding}, deliverables={TaskId("api"): (delivered,)}
    )


def subject(*, id: str = "chat", trusted: frozenset[str] = frozenset({PIN})) -> Subject:  # noqa: A002 - what it is called everywhere
    """Return a mission whose work is done, with a command that was allowed."""
    watch = FolderWatch(lambda: None)
    found = Subject(MissionId(id), MISSION, (), trusted, NOON, watch, evidence())
    found.done = frozenset({M1})
    return found


class Shell:
    """Runs nothing: a command ends when the test says so."""

    def __init__(self) -> None:
        self.begun: queue.Queue[tuple[MissionId, Event]] = queue.Queue()
        self.endings: queue.Queue[bool] = queue.Queue()
        self.kept: datetime | None = None

    def ended(self, pin: str) -> datetime | None:
        del pin
        return self.kept

    def run(self, job: Job, *, cancel: Event) -> bool:
        self.begun.put((job.mission, cancel))
        return self.endings.get(timeout=DEADLINE_SECONDS)


class Bench:
    """The commands of some missions, and the time."""

    def __init__(self) -> None:
        self.shell = Shell()
        self.seconds = 100.0
        self.may_run = True
        self.ended: queue.Queue[tuple[MissionId, bool]] = queue.Queue()
        self.commands = Commands(
            self.shell,
            may_run=lambda: self.may_run,
            ended=lambda mission, is_kept: self.ended.put((mission, is_kept)),
            monotonic=lambda: self.seconds,
        )

    def runs(self, one: Subject) -> bool:
        """Say whether a command of `one` runs, having seen to what is due."""
        self.commands.consider(one)
        return bool(one.running)

    def finish(self, one: Subject, *, is_kept: bool = True) -> None:
        """Let the command end, and look at the workspace afterwards."""
        self.shell.endings.put(is_kept)
        mission, was_kept = self.ended.get(timeout=DEADLINE_SECONDS)
        self.commands.count_as_ended(mission, is_kept=was_kept)
        self.look(one, one.evidence)

    def look(self, one: Subject, found: Evidence) -> None:
        self.seconds += 1
        one.command_ended = self.seconds
        one.begin(self.seconds)
        one.end(self.seconds, found)

    def rest(self) -> None:
        self.seconds += REST_SECONDS


@contextmanager
def bench() -> Iterator[Bench]:
    found = Bench()
    try:
        yield found
    finally:
        for each in found.commands.cancel_all():
            found.shell.endings.put(False)
            each.join(DEADLINE_SECONDS)


def test_a_command_runs_once_and_is_shown_as_running_meanwhile() -> None:
    one = subject()

    with bench() as world:
        assert world.runs(one)
        assert one.running[LINT].state is CriterionState.RUNNING
        assert one.running[LINT].detail == "running: ruff check"

        world.finish(one)
        world.rest()
        assert not world.runs(one)


@pytest.mark.parametrize(
    ("change", "may_run"),
    [
        pytest.param({"trusted": frozenset()}, True, id="nobody allowed it"),
        pytest.param({"trusted": frozenset({"b" * 64})}, True, id="another one was allowed"),
        pytest.param({"done": frozenset()}, True, id="the work is not done"),
        pytest.param({"evidence": evidence(pin="b" * 64)}, True, id="it is another one by now"),
        pytest.param({}, False, id="another process records"),
    ],
)
def test_a_command_does_not_run(change: dict[str, object], may_run: bool) -> None:
    one = subject()
    for name, value in change.items():
        setattr(one, name, value)

    with bench() as world:
        world.may_run = may_run

        assert not world.runs(one)


@pytest.mark.parametrize(
    ("minutes", "is_run"),
    [
        pytest.param(1, False, id="the result is newer than the work"),
        pytest.param(-1, True, id="the work is newer than the result"),
    ],
)
def test_a_result_that_was_kept_may_be_good_enough(minutes: float, is_run: bool) -> None:
    with bench() as world:
        world.shell.kept = NOON + timedelta(minutes=minutes)

        assert world.runs(subject()) == is_run


def test_a_change_of_the_work_is_worth_another_run_but_not_within_the_rest() -> None:
    one = subject()

    with bench() as world:
        assert world.runs(one)
        world.finish(one)
        world.look(one, evidence("2"))
        assert not world.runs(one)
        due = world.commands.consider(one)
        assert due is not None
        assert due > world.seconds

        world.seconds = due
        assert world.runs(one)


def test_a_command_that_changes_what_it_checks_runs_twice_and_no_more() -> None:
    one = subject()
    runs = 0

    with bench() as world:
        for written in ("2", "3", "4", "5"):
            world.rest()
            if world.runs(one):
                runs += 1
                one.evidence = evidence(written)
                world.finish(one)

        assert runs == 2


def test_a_command_that_left_no_result_is_run_again_after_a_rest() -> None:
    one = subject()

    with bench() as world:
        assert world.runs(one)
        world.finish(one, is_kept=False)
        assert not world.runs(one)
        world.rest()

        assert world.runs(one)
        world.finish(one, is_kept=False)
        world.rest()
        assert not world.runs(one)
        world.rest()
        assert world.runs(one)


def test_two_commands_run_at_once_and_a_third_waits() -> None:
    pins = ("a" * 64, "b" * 64, "c" * 64)
    missions = [subject(id=pin[:1], trusted=frozenset({pin})) for pin in pins]

    with bench() as world:
        for each, pin in zip(missions, pins, strict=True):
            each.evidence = evidence(pin=pin)

        assert [world.runs(each) for each in missions] == [True, True, False]


@pytest.mark.parametrize("reason", ["distrusted", "left to another process", "mission gone", "end"])
def test_a_running_command_is_cancelled(reason: str) -> None:
    one = subject()

    with bench() as world:
        world.commands.consider(one)
        _, cancel = world.shell.begun.get(timeout=DEADLINE_SECONDS)
        match reason:
            case "distrusted":
                one.trusted = frozenset()
            case "left to another process":
                world.may_run = False
            case "mission gone":
                world.commands.forget(one.id)
            case _:
                assert len(world.commands.cancel_all()) == 1
        world.commands.consider(one)

        assert cancel.is_set()
