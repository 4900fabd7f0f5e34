"""What a command that was allowed comes to, and when that is its result."""

from pathlib import Path
from threading import Event

import pytest

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.io.commands.command_result import Ending
from orchestrator_tui.io.commands.pins import command_of
from orchestrator_tui.io.commands.results import CommandResults
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.observing.job import Job
from orchestrator_tui.live.observing.trusted_runs import TrustedRuns
from orchestrator_tui.live.observing.workspaces import Workspaces
from tests.builders import NOON

MISSION = """\
mission: Chat
started: 2024-01-15T08:00Z
tasks:
  api: {estimate: 4h, priority: LOW}
milestones:
  M1:
    tasks: [api]
    criteria:
      tests: {run: [sh, -c, '. ./check.txt'], timeout: 30s}
"""
PLANS = "sed -i 's/4h/4h, optional: true/' chat.yaml\n"
RAISES = "sed -i 's/priority: [A-Z]*/priority: HIGH/' chat.yaml\n"
REPORTS = "sed -i 's/4h/4h, progress: 40%/' chat.yaml\n"


class Bench:
    """A mission with one command, which does what a file says, and what runs it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "missions" / "chat.yaml"
        self.file.parent.mkdir()
        self.file.write_text(MISSION)
        self.results = CommandResults(folder / "state")
        self.runs = TrustedRuns(Workspaces(self.file.parent, self.results), self.results)
        self.job = self._job()

    def _job(self) -> Job:
        (known,) = read_snapshot(self.file, NOON).missions
        assert known.mission is not None, known.problems
        key = (MilestoneId("M1"), CriterionId("tests"))
        check = known.mission.milestones[key[0]].criteria[key[1]]
        assert isinstance(check, Run)
        command = command_of(
            check,
            mission_path=self.file,
            mission=MissionId("chat"),
            milestone=key[0],
            criterion=key[1],
            workspace=self.file.parent,
        )
        return Job(MissionId("chat"), key, check, command, None)

    def run(self, script: str) -> tuple[bool, Ending | None]:
        """Run the command; return whether it left a result, and how it ended."""
        self.file.write_text(MISSION)
        (self.file.parent / "check.txt").write_text(script)
        is_result = self.runs.run(self.job, cancel=Event())
        kept = self.results.get(self.job.pin)
        return is_result, None if kept is None else kept.ending


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_command_that_passes_or_fails_has_a_result(bench: Bench) -> None:
    assert bench.run("exit 0\n") == (True, Ending.EXITED)
    assert bench.run("exit 3\n") == (True, Ending.EXITED)
    assert bench.runs.ended(bench.job.pin) is not None


def test_reports_while_it_runs_leave_it_its_result(bench: Bench) -> None:
    assert bench.run(REPORTS) == (True, Ending.EXITED)


def test_a_void_result_is_tried_once_more_and_then_it_is_the_result(bench: Bench) -> None:
    assert bench.run(PLANS) == (False, Ending.VOID)
    assert bench.run(PLANS) == (True, Ending.VOID)
    assert bench.runs.ended(bench.job.pin) is not None


def test_what_was_void_through_somebody_else_comes_to_a_result(bench: Bench) -> None:
    assert bench.run(RAISES) == (False, Ending.VOID)
    assert bench.run("exit 0\n") == (True, Ending.EXITED)
    assert bench.run(RAISES) == (False, Ending.VOID)
