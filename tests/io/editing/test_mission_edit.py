"""Facts changed in a mission: which files change, and what else does not."""

import json
import os
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound, WriteRefused
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.editing.present import FilesRead
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.io.reading.safe_read import stamp_of
from tests.io.editing.writing import (
    PROGRESS,
    TEXT,
    left_in,
    lines_that_differ,
    mission_file,
    mission_folder,
    progress,
    put,
    state_of,
    task_at,
    task_of,
)

NOW = datetime(2024, 1, 16, tzinfo=UTC)


def test_only_the_line_that_holds_the_fact_changes(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    progress(path, 35)

    assert lines_that_differ(TEXT, path.read_text()) == [("    progress: 10", "    progress: 35")]


def test_the_plan_is_told_of_the_mission_as_it_is(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    def one_more(mission: Mission) -> list[Edit]:
        return [Put(PROGRESS, (task_of(mission).progress or 0) + 1)]

    for _ in range(3):
        edit_mission(path, one_more, state=state_of(path))

    assert task_at(path).progress == 13


def test_what_is_said_already_is_not_written_again(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    found = path.stat()

    written = progress(path, 10)

    assert written.files == ()
    assert stamp_of(path.stat()) == stamp_of(found)


def test_a_plan_that_wants_nothing_writes_nothing(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    written = put(path)

    assert (written.files, written.edits, written.before) == ((), (), ())


def test_the_answer_says_what_each_place_said_before(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    written = put(path, Put(PROGRESS, 50), Put(("tasks", "one", "spent"), timedelta(hours=1)))

    assert written.files == (path,)
    assert written.edits == (
        Put(PROGRESS, 50),
        Put(("tasks", "one", "spent"), timedelta(hours=1)),
    )
    assert written.before == ((PROGRESS, "10"), (("tasks", "one", "spent"), None))


def test_what_each_place_said_before_undoes_the_edit(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    written = put(path, Put(PROGRESS, 50), Put(("tasks", "two", "quality"), 80))

    put(path, *(Remove(at) if was is None else Put(at, was) for at, was in written.before))

    assert path.read_text() == TEXT


@pytest.mark.parametrize("is_folder", [False, True], ids=["file", "folder"])
def test_the_revision_is_the_one_that_status_shows(tmp_path: Path, *, is_folder: bool) -> None:
    path = mission_folder(tmp_path, mission=TEXT) if is_folder else mission_file(tmp_path)

    written = progress(path, 40)
    unchanged = progress(path, 40)

    (known,) = read_snapshot(path, NOW).missions
    assert written.revision == unchanged.revision == known.revision


def test_with_a_revision_the_edit_is_made_only_on_that(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    state = state_of(path)
    first = progress(path, 40).revision
    second = progress(path, 50).revision

    with pytest.raises(WriteRefused, match="revision"):
        edit_mission(path, lambda _: [Put(PROGRESS, 60)], state=state, if_revision=first)
    edit_mission(path, lambda _: [Put(PROGRESS, 70)], state=state, if_revision=second)

    assert task_at(path).progress == 70


def test_an_edit_that_breaks_a_rule_is_not_made(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    with pytest.raises(MissionInvalid) as refused:
        put(path, Put(("tasks", "one", "agent"), "nobody"))

    (problem,) = refused.value.problems
    assert problem.where == f"{path}:13:12"
    assert path.read_text() == TEXT
    assert left_in(tmp_path) == []


def test_a_mission_that_is_broken_is_not_written(tmp_path: Path) -> None:
    text = TEXT.replace("progress: 10", "progress: ten")
    path = mission_file(tmp_path, text)

    with pytest.raises(MissionInvalid, match=r"m\.yaml:14:15: error"):
        progress(path, 20)

    assert path.read_text() == text


@pytest.mark.parametrize(
    ("names", "message"),
    [
        pytest.param([], "holds no mission", id="none"),
        pytest.param(["a.yaml", "b.yaml"], "several missions", id="two"),
    ],
)
def test_the_path_names_one_mission(tmp_path: Path, names: list[str], message: str) -> None:
    (tmp_path / "missions").mkdir()
    for name in names:
        mission_file(tmp_path, name=name)

    with pytest.raises(MissionNotFound, match=message):
        put(tmp_path / "missions", Put(PROGRESS, 1))


def test_a_path_that_leads_nowhere_is_no_mission(tmp_path: Path) -> None:
    with pytest.raises(MissionNotFound):
        put(tmp_path / "missions" / "none.yaml", Put(PROGRESS, 1))


def test_what_was_read_before_makes_no_difference(tmp_path: Path) -> None:
    path = mission_folder(tmp_path, mission=TEXT, more="agents:\n  eve:\n    title: Eve\n")
    state = state_of(path)
    known = FilesRead()
    seen: list[Mission] = []

    def look(now: Mission) -> list[Edit]:
        seen.append(now)
        return []

    for value in (30, 40):
        change = partial(_let, Put(PROGRESS, value))
        edit_mission(path, change, state=state, known=known)
        edit_mission(path, look, state=state, known=known)
        edit_mission(path, look, state=state)

    assert seen[0] == seen[1]
    assert seen[2] == seen[3]
    assert [task_of(each).progress for each in seen] == [30, 30, 40, 40]


def test_a_folder_mission_is_edited_as_one(tmp_path: Path) -> None:
    path = mission_folder(
        tmp_path,
        mission="mission: Alpha\nstarted: 2024-01-15T08:00Z\n",
        agents__ada="agents:\n  ada:\n    state: ACTIVE\n",
        plan="tasks:\n  one:\n    estimate: 4h\n    agent: ada\n",
    )

    written = put(path, Put(("agents", "ada", "state"), "BLOCKED"), Put(PROGRESS, 70))

    assert written.files == (path / "plan.yaml", path / "agents" / "ada.yaml")
    assert (path / "agents" / "ada.yaml").read_text() == "agents:\n  ada:\n    state: BLOCKED\n"
    assert "    progress: 70\n" in (path / "plan.yaml").read_text()
    assert left_in(tmp_path) == []


def test_files_of_one_edit_are_all_written_or_none(tmp_path: Path) -> None:
    path = mission_folder(
        tmp_path,
        mission="mission: Alpha\nstarted: 2024-01-15T08:00Z\nagents:\n  ada:\n    state: ACTIVE\n",
        plan="tasks:\n  one:\n    estimate: 4h\n    agent: ada\n",
    )
    before = (path / "mission.yaml").read_text()
    (path / "plan.yaml").chmod(0o400)

    with pytest.raises(WriteRefused, match="read-only"):
        put(path, Put(("agents", "ada", "state"), "BLOCKED"), Put(PROGRESS, 70))

    assert (path / "mission.yaml").read_text() == before
    assert left_in(tmp_path) == []


def test_a_lock_note_says_who_writes(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    notes: list[dict[str, object]] = []

    def look(_: str) -> None:
        (lock,) = (state_of(path) / "locks").glob("*.lock")
        notes.append(json.loads(lock.read_text()))

    edit_mission(
        path,
        lambda _: [],
        state=state_of(path),
        failpoint=look,
        command="report",
    )

    assert notes[0]["process"] == os.getpid()
    assert notes[0]["command"] == "report"


def _let(edit: Edit, _: Mission) -> list[Edit]:
    return [edit]
