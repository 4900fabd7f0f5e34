"""Real workspaces beside a real loop: a report that changes, and commands that are run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.lease import Lease
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.live.loop import LiveLoop
from orchestrator_tui.live.observing.observer_at import observer_at
from orchestrator_tui.live.recording.recorder_at import recorder_at
from tests.live.listening import Listener, save

MISSION = """\
mission: Chat
started: 2024-01-15T08:00Z
workspace: ../work
tasks:
  api: {{estimate: 4h, started: 2024-01-15T08:00Z, finished: 2024-01-15T09:00Z}}
milestones:
  M1:
    tasks: [api]
    criteria:
      tests: {{junit: "reports/*.xml"}}
{more}"""
PASSED = '<testsuite><testcase classname="a" name="b"/></testsuite>'
FAILED = '<testsuite><testcase classname="a" name="b"><failure/></testcase></testsuite>'


class Team:
    """A mission with a workspace of its own, and a loop that looks at both."""

    def __init__(self, folder: Path, *, command: str = "") -> None:
        self.path = folder / "missions"
        self.state = folder / "state"
        self.work = folder / "work"
        self.reports = self.work / "reports"
        self.listener = Listener()
        self.path.mkdir()
        self.reports.mkdir(parents=True)
        more = f"      command: {{run: {command}, timeout: 30s}}\n" if command else ""
        save(self.path / "chat.yaml", MISSION.format(more=more))

    @contextmanager
    def watched(self) -> Iterator[None]:
        loop = LiveLoop(
            self.path,
            clock=system_clock,
            tell=self.listener.take,
            open_recorder=lambda: recorder_at(self.path, self.state, clock=system_clock),
            open_observer=lambda recorder, poke: observer_at(
                self.path,
                self.state,
                clock=system_clock,
                poke=poke,
                may_run=lambda: recorder.is_recording,
            ),
        )
        loop.start()
        try:
            yield
        finally:
            loop.stop()

    def until(self, criterion: str, *states: CriterionState) -> list[CriterionAssessment]:
        """Return how a criterion stood until it had been in each of the states, in their order."""
        return [self._until(criterion, each) for each in states]

    def _until(self, criterion: str, state: CriterionState) -> CriterionAssessment:
        found: list[CriterionAssessment] = []

        def is_there(mission: object) -> bool:
            judgement = getattr(mission, "judgement", None)
            criteria = judgement.milestones[0].criteria if judgement else ()
            found[:] = [each for each in criteria if each.id == criterion and each.state is state]
            # before the first look a command is known by the mission's own words alone
            return bool(found) and (criterion != "command" or found[0].command is not None)

        self.listener.until_mission(is_there)
        return found[0]

    def allow(self, one: CriterionAssessment, kind: RulingKind = RulingKind.TRUSTED) -> None:
        """Let a person allow what a criterion wants to run, or take it back."""
        assert one.command is not None
        ruling = Ruling(
            id=uuid4().hex,
            at=system_clock(),
            mission=MissionId("chat"),
            kind=kind,
            subject=f"M1/{one.id}",
            actor="kim",
            digest=one.command.pin,
        )
        with Rulings.open(history_folder(self.state, self.path), clock=system_clock) as rulings:
            rulings.take(ruling)


def test_a_report_is_judged_when_it_comes_and_when_it_changes(tmp_path: Path) -> None:
    team = Team(tmp_path)

    with team.watched():
        team.until("tests", CriterionState.MISSING)
        save(team.reports / "junit.xml", FAILED)
        team.until("tests", CriterionState.FAILED)
        save(team.reports / "junit.xml", PASSED)
        (passed,) = team.until("tests", CriterionState.PASSED)

    assert passed.source == "reports/junit.xml"


def test_a_command_runs_once_a_person_allowed_it(tmp_path: Path) -> None:
    team = Team(tmp_path, command="[sh, -c, 'echo here > ran.txt']")

    with team.watched():
        (asked,) = team.until("command", CriterionState.UNTRUSTED)
        assert not (team.work / "ran.txt").exists()
        team.allow(asked)
        team.until("command", CriterionState.PASSED)

    assert (team.work / "ran.txt").exists()


@pytest.mark.parametrize("reason", ["the end", "taken back"])
def test_a_command_that_is_not_wanted_any_more_leaves_no_process(
    tmp_path: Path, reason: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    team = Team(tmp_path, command=f"[sh, -c, 'exec 3>{pipe}; echo here >&3; sleep 1000']")

    with team.watched():
        (asked,) = team.until("command", CriterionState.UNTRUSTED)
        team.allow(asked)
        with pipe.open() as words:
            assert words.readline() == "here\n"
            if reason == "taken back":
                team.allow(asked, RulingKind.DISTRUSTED)
                assert words.read() == ""
                team.until("command", CriterionState.UNTRUSTED)
                return
            ending = os.dup(words.fileno())
    with os.fdopen(ending) as words:
        assert words.read() == ""


def test_a_process_that_does_not_record_runs_nothing(tmp_path: Path) -> None:
    team = Team(tmp_path, command="[sh, -c, 'echo here > ran.txt']")

    with recording_elsewhere(team), team.watched():
        (asked,) = team.until("command", CriterionState.UNTRUSTED)
        team.allow(asked)
        team.until("command", CriterionState.MISSING)

    assert not (team.work / "ran.txt").exists()


@contextmanager
def recording_elsewhere(team: Team) -> Iterator[None]:
    lease = Lease.try_take(history_folder(team.state, team.path))
    assert lease is not None
    with lease:
        yield
