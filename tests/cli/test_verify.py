"""`verify`: the evidence of one milestone, looked at and run now."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.commands.pins import command_of
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import read_snapshot
from tests.cli.commands import ROOT

MISSION = """\
mission: Chat
started: 2024-01-15T08:00Z
workspace: ../work
tasks:
  api: {{estimate: 4h, started: 2024-01-15T08:00Z, progress: 50, deliverables: [src/api.py]}}
milestones:
  M1_API:
    title: The API
    tasks: [api]
    criteria:
      tests: {{junit: "reports/*.xml"}}
{more}"""
PASSED = '<testsuite><testcase classname="a" name="b"/></testsuite>'
FAILED = '<testsuite><testcase classname="a" name="b"><failure/></testcase></testsuite>'
MILESTONE_KEYS = (
    "id status progress_percent eta baseline_finish due delay_percent probability_on_time "
    "forecast quality_score reviewer blockers risk risks missing_deliverables criteria"
)


class Place:
    """A mission, its workspace and a state folder."""

    def __init__(self, folder: Path) -> None:
        self.missions = folder / "missions"
        self.state = folder / "state"
        self.work = folder / "work"
        self.missions.mkdir()
        self.write()

    def write(self, *, name: str = "chat", more: str = "") -> None:
        (self.missions / f"{name}.yaml").write_text(MISSION.format(more=more))

    def lay(self, name: str, text: str) -> None:
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def verify(self, *words: str) -> int:
        return run(["verify", str(self.missions), *words, "--state-dir", str(self.state)])

    def allow(self) -> None:
        """Let a person allow the command of the milestone."""
        (known,) = read_snapshot(self.missions, system_clock()).missions
        assert known.mission is not None
        ((milestone, entry),) = known.mission.milestones.items()
        criterion, check = list(entry.criteria.items())[-1]
        command = command_of(
            check,  # type: ignore[arg-type]
            mission_path=self.missions / "chat.yaml",
            mission=known.id,
            milestone=milestone,
            criterion=criterion,
            workspace=self.work,
        )
        ruling = Ruling(
            id=uuid4().hex,
            at=system_clock(),
            mission=MissionId("chat"),
            kind=RulingKind.TRUSTED,
            subject=f"{milestone}/{criterion}",
            actor="kim",
            digest=command.pin,
        )
        with Rulings.open(history_folder(self.state, self.missions), clock=system_clock) as kept:
            kept.take(ruling)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def document(capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return found


def test_a_milestone_whose_evidence_is_there_is_verified(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.lay("src/api.py", "pass")
    place.lay("reports/junit.xml", PASSED)

    assert place.verify("M1_API") == 0

    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("The API  M1_API  IN PROGRESS, quality ")
    assert "✓ PASSED     tests  1 test" in lines[1]
    assert "(reports/junit.xml, " in lines[1]
    assert lines[2] == "Verified: every criterion is met."


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param({"src/api.py": ""}, "○ MISSING    tests  no file matches", id="no report"),
        pytest.param(
            {"src/api.py": "", "reports/junit.xml": FAILED}, "✗ FAILED     tests", id="failing"
        ),
        pytest.param(
            {"src/api.py": "", "reports/junit.xml": "<testsuite>"}, "✗ FAILED", id="malformed"
        ),
        pytest.param(
            {"reports/junit.xml": PASSED}, "✗ missing deliverable: src/api.py", id="not delivered"
        ),
    ],
)
def test_each_thing_that_is_not_there_holds_it_back(
    place: Place, capfd: pytest.CaptureFixture[str], files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        place.lay(name, text)

    assert place.verify("M1_API") == 1

    shown = capfd.readouterr().out
    assert said in shown
    assert "Not verified: " in shown


def test_a_workspace_that_is_not_there_is_one_problem(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    assert place.verify("M1_API") == 1

    assert capfd.readouterr().err.count("the workspace ../work is not there") == 1


def test_a_criterion_that_is_waived_is_met(place: Place) -> None:
    place.lay("src/api.py", "")
    place.lay("reports/junit.xml", PASSED)
    place.write(more='      lint: {waive: "nothing to lint"}\n')

    assert place.verify("M1_API") == 0


def test_the_document_is_the_milestone_as_status_has_it(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.lay("src/api.py", "")
    place.lay("reports/junit.xml", FAILED)

    assert place.verify("M1_API", "--json") == 1
    found = document(capfd)
    run(["status", str(place.missions), "--json", "--state-dir", str(place.state)])
    (milestone,) = document(capfd)["missions"][0]["milestones"]

    assert " ".join(found) == "version at milestone"
    assert found["version"] == 1
    assert " ".join(found["milestone"]) == MILESTONE_KEYS
    assert " ".join(found["milestone"]["criteria"][0]) == "id state detail observed"
    assert found["milestone"]["criteria"] == milestone["criteria"]


def test_a_command_that_nobody_allowed_is_not_run(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.lay("src/api.py", "")
    place.lay("reports/junit.xml", PASSED)
    place.write(more="      lint: {run: [sh, -c, 'echo here > ran.txt']}\n")

    assert place.verify("M1_API") == 1

    shown = capfd.readouterr().out
    assert "? UNTRUSTED  lint   not allowed to run: sh -c" in shown
    assert "It was not run: a person has to allow it in the app." in shown
    assert not (place.work / "ran.txt").exists()


def test_a_command_that_was_allowed_is_run_each_time(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.lay("src/api.py", "")
    place.lay("reports/junit.xml", PASSED)
    place.write(more="      lint: {run: [sh, -c, 'echo here >> ran.txt']}\n")
    place.allow()

    assert place.verify("M1_API") == 0
    assert place.verify("M1_API") == 0

    assert "✓ PASSED     lint" in capfd.readouterr().out
    assert (place.work / "ran.txt").read_text() == "here\nhere\n"


def test_what_a_failing_command_wrote_is_told_to_people(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.lay("src/api.py", "")
    place.lay("reports/junit.xml", PASSED)
    place.write(more="      lint: {run: [sh, -c, 'printf \"line 7\\\\033[31m is odd\"; exit 3']}\n")
    place.allow()

    assert place.verify("M1_API", "--json") == 1

    shown = capfd.readouterr()
    assert json.loads(shown.out)["milestone"]["criteria"][-1]["state"] == "FAILED"
    assert "lint: exited with 3" in shown.err
    assert "  line 7␛[31m is odd" in shown.err


def test_a_milestone_that_is_not_there_is_said_with_the_nearest(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    assert place.verify("M1_AIP") == 4

    assert "did you mean M1_API?" in capfd.readouterr().err


def test_a_milestone_of_several_missions_is_not_guessed(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.write(name="other")

    assert place.verify("M1_API") == 2
    assert "several missions have a milestone M1_API" in capfd.readouterr().err


def test_a_mission_that_cannot_be_read_is_invalid(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    (place.missions / "chat.yaml").write_text("mission: [\n")

    assert place.verify("M1_API") == 1
    assert "chat.yaml" in capfd.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_who_ends_it_leaves_no_command_running(place: Place, tmp_path: Path, number: int) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = f"exec 3>{pipe}; echo here >&3; sleep 1000"
    place.lay("src/api.py", "")
    place.write(more=f"      lint: {{run: [sh, -c, '{words}']}}\n")
    place.allow()
    program = [sys.executable, "-m", "orchestrator_tui", "verify", str(place.missions), "M1_API"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    with subprocess.Popen(
        [*program, "--state-dir", str(place.state)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as verifying:
        with pipe.open() as said:
            assert said.readline() == "here\n"
            verifying.send_signal(number)
            assert said.read() == ""
        assert verifying.wait(timeout=20) != 0
