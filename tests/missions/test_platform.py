"""The platform: a folder mission of many parts."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.check import KINDS
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.reading.discovery import discover
from tests.missions.commands import MISSIONS, orchestrator_tui, status_of

FOLDER = MISSIONS / "platform"
AT = "2026-11-20T12:00:00Z"


@pytest.fixture(scope="module")
def mission() -> Mission:
    (known,) = read_snapshot(FOLDER, system_clock()).missions
    assert known.mission is not None
    return known.mission


@pytest.mark.parametrize(
    "path",
    [each.path for each in discover(MISSIONS).missions],
    ids=lambda each: each.name,
)
def test_check_has_nothing_to_say(path: Path) -> None:
    done = orchestrator_tui("check", str(path))

    assert done.returncode == 0, done.stdout
    assert "error:" not in done.stdout
    assert "warning:" not in done.stdout


def test_it_is_of_a_real_size(mission: Mission) -> None:
    assert len(mission.tasks) >= 120
    assert len(mission.agents) >= 15


def test_it_stands_in_the_middle_of_its_work() -> None:
    status = status_of("missions/platform", AT)

    assert 50 <= status["progress_percent"] <= 75
    assert {each["state"] for each in status["tasks"]} == {
        "WAITING", "READY", "IN_HAND", "FINISHED",
    }  # fmt: skip
    assert status["problems"] == []


def test_it_uses_every_kind_of_check(mission: Mission) -> None:
    used = {
        kind
        for milestone in mission.milestones.values()
        for check in milestone.criteria.values()
        for kind, model in KINDS.items()
        if isinstance(check, model)
    }

    assert used == set(KINDS)


@pytest.mark.parametrize(
    "entries",
    [
        "stakeholders", "agents", "tasks", "milestones", "blockers", "externals", "changes",
        "knowledge", "decisions",
    ],
)  # fmt: skip
def test_it_uses_every_kind_of_entry(mission: Mission, entries: str) -> None:
    assert getattr(mission, entries)


@pytest.mark.parametrize(
    "field",
    [
        "skills", "estimate_by", "after", "optional", "earliest", "alternatives", "progress_from",
        "deliverables", "progress", "spent", "started", "finished", "quality",
    ],
)  # fmt: skip
def test_some_task_uses_every_field(mission: Mission, field: str) -> None:
    assert any(getattr(each, field) for each in mission.tasks.values())


@pytest.mark.parametrize(
    "field",
    [
        "skills", "queue", "standby", "activation_cost", "unavailable", "git_author", "mentors",
        "state", "task", "updated", "note",
    ],
)  # fmt: skip
def test_some_agent_uses_every_field(mission: Mission, field: str) -> None:
    assert any(getattr(each, field) for each in mission.agents.values())


def test_every_agent_reports_in_a_file_of_its_own(mission: Mission) -> None:
    assert {each.stem for each in (FOLDER / "agents").glob("*.yaml")} == set(mission.agents)
