"""A diff that is shown before anything is written is exactly what is written then."""

from difflib import unified_diff
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound, OrchestratorError
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.io.editing.preview import preview_edit
from tests.io.editing.writing import TEXT, mission_file, mission_folder, put, state_of

HANDS = Put(("tasks", "one", "agent"), "bob")
QUEUE = Put(("agents", "bob", "queue"), ("one", "two"))
PARTS = Put(("tasks", "three"), {"title": "Part [b] \x1b[2J", "estimate": "2h", "after": ("one",)})
GONE = Put(("tasks", "two", "cancelled"), value=True)
AGENTS = "agents:\n  ada: {title: Ada}\n  bob: {title: Bob}\n"
TASKS = "tasks:\n  one: {estimate: 4h, agent: ada}\n  two: {estimate: 2h, agent: bob}\n"


def preview(path: Path, *edits: Edit) -> tuple[FileDiff, ...]:
    return preview_edit(path, lambda _: edits)


def lines_between(old: str, new: str) -> tuple[str, ...]:
    found = unified_diff(old.splitlines(), new.splitlines(), lineterm="")
    return tuple(found)[2:]


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((HANDS,), id="a value"),
        pytest.param((HANDS, QUEUE), id="a value and a list"),
        pytest.param((QUEUE, GONE, HANDS), id="a flag too"),
        pytest.param((Remove(("tasks", "two", "progress")),), id="a value that goes"),
    ],
)
def test_what_is_shown_is_what_is_written(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    path = mission_file(tmp_path)

    (shown,) = preview(path, *edits)
    before = path.read_text()
    put(path, *edits)

    assert before == TEXT
    assert shown.lines == lines_between(TEXT, path.read_text())
    assert shown.file.endswith("m.yaml")


def test_nothing_is_written_locked_or_left_behind(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    before = path.stat()

    preview(path, HANDS, QUEUE)

    now = path.stat()
    assert (now.st_ino, now.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not state_of(path).exists()
    assert [each.name for each in path.parent.iterdir()] == ["m.yaml"]


def test_every_file_that_changes_is_shown_and_no_other(tmp_path: Path) -> None:
    path = mission_folder(
        tmp_path, mission="mission: Alpha\nstarted: 2024-01-15T08:00Z\n", agents=AGENTS, tasks=TASKS
    )

    found = preview(path, HANDS, QUEUE)

    assert [Path(each.file).name for each in found] == ["agents.yaml", "tasks.yaml"]
    assert all(any(line.startswith("+") for line in each.lines) for each in found)


def test_what_the_files_say_already_is_no_change(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    assert preview(path, Put(("tasks", "one", "agent"), "ada")) == ()
    assert preview(path) == ()


def test_what_is_shown_is_safe_to_show(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    (shown,) = preview(path, PARTS)

    assert "\x1b" not in "".join(shown.lines)
    assert any("Part [b]" in each for each in shown.lines)


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        pytest.param(Put(("tasks", "one", "agent"), "nobody"), MissionInvalid, id="no sense"),
        pytest.param(Put(("mission", "x"), "y"), OrchestratorError, id="no place"),
    ],
)
def test_what_could_not_be_written_is_refused_before(
    tmp_path: Path, edit: Edit, error: type[Exception]
) -> None:
    path = mission_file(tmp_path)

    with pytest.raises(error):
        preview(path, edit)


def test_a_mission_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "missions").mkdir()

    with pytest.raises(MissionNotFound):
        preview(tmp_path / "missions", HANDS)
