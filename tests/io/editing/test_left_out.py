"""What one agent broke in its own part holds up nobody else."""

import os
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.mission_edit import edit_mission
from tests.io.editing.writing import mission_folder, put, state_of, task_of
from tests.io.reading import NOW, mission_in

PLAN = """\
mission: Alpha
started: 2024-01-15T08:00Z
agents:
  ada: {title: Ada}
  bob: {title: Bob}
tasks:
  one: {estimate: 4h, agent: ada}
  two: {estimate: 2h, agent: bob}
"""
ADA = "agents:\n  ada:\n    state: ACTIVE\ntasks:\n  one: {progress: 10}\n"
BOB = "agents:\n  bob:\n    state: ACTIVE\ntasks:\n  two: {progress: 20}\n"
UNREADABLE = ADA.replace("{progress: 10}", "{progress: 10")
SENSELESS = ADA.replace("10", "ten")
PROGRESS = ("tasks", "two", "progress")
BLOCKER = {"title": "No pool", "opened": "2024-01-15T09:00Z", "agent": "bob"}

broken_ada = pytest.mark.parametrize(
    "ada",
    [
        pytest.param(UNREADABLE, id="no YAML"),
        pytest.param(SENSELESS, id="no number"),
        pytest.param(ADA.replace("one:", "gone:"), id="a task that nobody planned"),
        pytest.param(ADA + "milestones: {M1: {tasks: [gone]}}\n", id="a rule broken"),
    ],
)


def folder(tmp_path: Path, ada: str, *, plan: str = PLAN, bob: str = BOB) -> Path:
    return mission_folder(tmp_path, mission=plan, agents__ada=ada, agents__bob=bob)


def problems_of(path: Path) -> list[str]:
    (known,) = read_snapshot(path, NOW).missions
    return [str(each) for each in known.problems]


@broken_ada
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(Put(PROGRESS, 30), id="a field that stands"),
        pytest.param(Put(("agents", "bob", "note"), "so"), id="a new field"),
        pytest.param(Put(("blockers", "pool"), BLOCKER), id="a new entry"),
        pytest.param(Remove(("agents", "bob", "state")), id="a field taken away"),
    ],
)
def test_who_has_a_sound_part_goes_on_reporting(tmp_path: Path, ada: str, edit: Edit) -> None:
    path = folder(tmp_path, ada)
    before = problems_of(path)

    written = put(path, edit)

    assert len(written.files) == 1
    assert (path / "agents" / "ada.yaml").read_text() == ada
    assert problems_of(path) == before
    assert all("ada.yaml" in each for each in written.notices)
    assert len(written.notices) == 1


def test_the_mission_is_whole_once_the_part_is_mended(tmp_path: Path) -> None:
    path = folder(tmp_path, UNREADABLE)
    put(path, Put(PROGRESS, 30))

    (path / "agents" / "ada.yaml").write_text(ADA)

    assert put(path, Put(("tasks", "one", "progress"), 40)).notices == ()
    whole = mission_in(*(each.read_text() for each in sorted(path.rglob("*.yaml"), reverse=True)))
    assert [task_of(whole, each).progress for each in ("one", "two")] == [40, 30]


@broken_ada
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(Put(("tasks", "one", "progress"), 30), id="a field that stands there"),
        pytest.param(Put(("agents", "ada", "note"), "so"), id="a field that might stand there"),
        pytest.param(Put(("agents", "ada"), {"state": "BLOCKED"}), id="an entry that is there"),
    ],
)
def test_what_a_broken_part_may_hold_is_not_written(tmp_path: Path, ada: str, edit: Edit) -> None:
    path = folder(tmp_path, ada.replace("gone: {", "gone: {}\n  one: {"))

    with pytest.raises(MissionInvalid, match=r"ada\.yaml"):
        put(path, edit)

    assert (path / "mission.yaml").read_text() == PLAN
    assert (path / "agents" / "bob.yaml").read_text() == BOB


@broken_ada
def test_what_a_plan_misses_may_stand_in_the_broken_part(tmp_path: Path, ada: str) -> None:
    def plan(_: Mission) -> list[Edit]:
        raise MissionNotFound("ada has no task")

    path = folder(tmp_path, ada)

    with pytest.raises(MissionInvalid, match=r"ada\.yaml"):
        edit_mission(path, plan, state=state_of(path))
    (path / "agents" / "ada.yaml").write_text(ADA)
    with pytest.raises(MissionNotFound, match="has no task"):
        edit_mission(path, plan, state=state_of(path))


@broken_ada
def test_an_edit_that_breaks_a_rule_is_not_made_either(tmp_path: Path, ada: str) -> None:
    path = folder(tmp_path, ada)

    with pytest.raises(MissionInvalid, match=r"bob\.yaml.*nowhere") as refused:
        put(path, Put(("agents", "bob", "task"), "nowhere"))

    assert len(refused.value.problems) == 1
    assert (path / "agents" / "bob.yaml").read_text() == BOB


@broken_ada
def test_what_an_edit_itself_breaks_is_not_left_out(tmp_path: Path, ada: str) -> None:
    path = folder(tmp_path, ada)

    with pytest.raises(MissionInvalid, match=r"bob\.yaml"):
        put(path, Put(PROGRESS, "much"))

    assert (path / "agents" / "bob.yaml").read_text() == BOB


def test_a_mission_that_makes_no_sense_without_the_part_is_not_written(tmp_path: Path) -> None:
    plan = PLAN.replace("  ada: {title: Ada}\n", "")
    path = folder(tmp_path, UNREADABLE, plan=plan)

    with pytest.raises(MissionInvalid, match=r"ada\.yaml"):
        put(path, Put(PROGRESS, 30))

    assert (path / "agents" / "bob.yaml").read_text() == BOB


def test_without_its_first_part_there_is_no_mission(tmp_path: Path) -> None:
    path = folder(tmp_path, ADA, plan=PLAN.replace("4h", "four"), bob=PLAN)

    with pytest.raises(MissionInvalid, match=r"mission\.yaml"):
        put(path, Put(PROGRESS, 30))


def test_a_part_that_cannot_be_read_may_hold_anything_that_stands_nowhere_else(
    tmp_path: Path,
) -> None:
    path = folder(tmp_path, ADA)
    os.mkfifo(path / "agents" / "eve.yaml")

    put(path, Put(PROGRESS, 30))
    with pytest.raises(MissionInvalid, match="is a pipe"):
        put(path, Put(("agents", "bob", "note"), "so"))

    assert (path / "agents" / "bob.yaml").read_text() == BOB.replace("20", "30")
