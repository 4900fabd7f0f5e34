"""The mission's state beside a command: what agents report is none of it, everything else is."""

from pathlib import Path

import pytest

from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.commands.command_result import Ending
from orchestrator_tui.io.commands.mission_files import mission_state
from orchestrator_tui.io.library import read_snapshot
from tests.io.commands.workplace import Workplace

MISSION = """\
mission: M
started: 2024-01-15T08:00Z
policy: {coverage: 80}
agents:
  ada: {skills: {python: 1}}
tasks:
  api: {estimate: 2h, agent: ada}
  ui: {estimate: 2h}
milestones:
  M1:
    tasks: [api]
    criteria: {unit_tests: {run: [make, test]}}
"""
AGENT = "{skills: {python: 1}"
TASK = "{estimate: 2h, agent: ada"
CRITERIA = "    criteria: {unit_tests: {run: [make, test]}}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MISSION)
    assert faults(path) == []
    return path


def faults(path: Path) -> list[str]:
    """Return what keeps the mission from being read."""
    (known,) = read_snapshot(path, system_clock()).missions
    return [each.message for each in known.problems if each.is_error]


def changed(path: Path, old: str, new: str) -> bool:
    """Say whether the state differs once `new` stands for `old`."""
    before = mission_state(path)
    assert before == mission_state(path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return mission_state(path) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(AGENT, AGENT + ", state: ACTIVE, task: api", id="what an agent works on"),
        pytest.param(AGENT, AGENT + ", updated: 2024-01-15T09:00Z, note: Hm", id="a note"),
        pytest.param(TASK, TASK + ", progress: 40%, spent: 1h, remaining: 2h", id="progress"),
        pytest.param(
            TASK,
            TASK + ", started: 2024-01-15T09:00Z, finished: 2024-01-15T10:00Z, quality: 90%",
            id="the end of a task",
        ),
        pytest.param(
            "milestones:",
            "blockers:\n  b1: {title: No key, agent: ada, opened: 2024-01-15T09:00Z}\nmilestones:",
            id="a blocker",
        ),
        pytest.param("mission: M\n", "mission: M  # note\n", id="a comment"),
        pytest.param(
            "  api: {estimate: 2h, agent: ada}\n  ui: {estimate: 2h}\n",
            "  ui: {estimate: 2h}\n  api: {estimate: 2h, agent: ada}\n",
            id="another order",
        ),
    ],
)
def test_what_agents_report_is_no_change(file: Path, old: str, new: str) -> None:
    assert not changed(file, old, new)
    assert faults(file) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("[make, test]", "[make, check]", id="a criterion"),
        pytest.param("coverage: 80", "coverage: 70", id="the policy"),
        pytest.param("python: 1", "python: 2", id="what an agent can do"),
        pytest.param(TASK, "{estimate: 3h, agent: ada", id="the plan"),
        pytest.param(TASK, TASK + ", cancelled: true", id="a task that is given up"),
        pytest.param("tasks: [api]", "tasks: [api, ui]", id="the milestone"),
        pytest.param(
            CRITERIA,
            CRITERIA + "    review: {by: ada, at: 2024-01-15T09:00Z, verdict: PASS}\n",
            id="a review",
        ),
        pytest.param(
            CRITERIA,
            CRITERIA + "    approval: {by: kim, at: 2024-01-15T09:00Z, decision: APPROVED}\n",
            id="an approval",
        ),
    ],
)
def test_every_other_change_is_one(file: Path, old: str, new: str) -> None:
    assert changed(file, old, new)
    assert faults(file) == []


def test_a_mission_that_makes_no_sense_any_more_has_another_state(file: Path) -> None:
    assert changed(file, "mission: M\n", "mission: [\n")


def test_of_a_mission_that_cannot_be_read_every_byte_counts(file: Path) -> None:
    file.write_text(MISSION.replace("2h", "soon"))

    assert changed(file, "mission: M\n", "mission: M  # note\n")


def test_a_mission_that_is_gone_has_another_state(file: Path) -> None:
    before = mission_state(file)
    file.unlink()

    assert mission_state(file) != before


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        pytest.param("s/agent: ada/agent: ada, progress: 40%/", Ending.EXITED, id="a report"),
        pytest.param("s/agent: ada/agent: ada, priority: HIGH/", Ending.VOID, id="the plan"),
    ],
)
def test_who_reports_while_a_check_runs_does_not_spoil_its_result(
    place: Workplace, change: str, ending: Ending
) -> None:
    place.mission.write_text(MISSION)

    result = place.run_allowed("sh", "-c", f"sed -i '{change}' ../m.yaml")

    assert (result.ending, result.passed) == (ending, ending is Ending.EXITED)
    assert faults(place.mission) == []
