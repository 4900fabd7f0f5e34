import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.cli.report import report
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.standing import AgentState
from tests.cli.calling import MISSION, call, changed_lines, read, written
from tests.cli.commands import modules_after, run

Capture = pytest.CaptureFixture[str]
NOW = datetime(2024, 1, 15, 16, 4, 5, 678_000, tzinfo=UTC)
PLAN = "tasks:\n  build: {agent: builder, estimate: 4h}\n"
REACT, UI, ANYBODY = AgentId("react-expert"), TaskId("chat-ui"), TaskId("anybody")


def a_folder_mission(place: Path) -> Path:
    """Return a mission in a folder, in which the builder has a part of its own."""
    folder = place / "missions" / "wiki"
    written(folder, "mission.yaml")
    (folder / "agents").mkdir()
    own = "agents:\n  builder: {task: build}\ntasks:\n  build: {progress: 1}\n"
    (folder / "agents" / "builder.yaml").write_text(own)
    (folder / "plan.yaml").write_text(PLAN)
    return folder


def test_it_prints_the_new_revision_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path)

    done = run("report", path, "--agent", "react-expert", "--progress", "60", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stdout.decode() == hashlib.sha256(path.read_bytes()).hexdigest() + "\n"
    status = run("status", path, "--json")
    assert json.loads(status.stdout)["missions"][0]["revision"] == done.stdout.decode().strip()


def test_only_the_lines_that_hold_the_fact_change(tmp_path: Path) -> None:
    path = written(tmp_path)

    report(
        [str(path), "--agent", "react-expert", "--progress", "60", "--spent", "6h30m"],
        clock=lambda: NOW,
    )

    assert changed_lines(path) == [
        "updated: 2024-01-15T16:04:05Z",
        "progress: 60   # per cent",
        "spent: 6h30m",
    ]


def test_everything_that_can_be_said_is_said(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)

    said = call(
        capsys, "report", path, "--agent=react-expert", "--state", "blocked", "--task", "anybody",
        "--progress", "12.5", "--spent", "1h", "--remaining", "3h30m", "--quality", "90%",
        "--note", "--all: of #it",
    )  # fmt: skip

    agent, task = read(path).agents[REACT], read(path).tasks[ANYBODY]
    assert said.status == 0
    assert (agent.state, agent.task, agent.note) == (AgentState.BLOCKED, ANYBODY, "--all: of #it")
    assert (task.agent, task.progress, task.quality) == (REACT, 12.5, 90)
    assert (task.spent, task.remaining) == (timedelta(hours=1), timedelta(hours=3.5))
    assert task.started == agent.updated


def test_completed_finishes_the_task_with_its_time(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)

    call(capsys, "report", path, "--agent", "react-expert", "--state", "COMPLETED")

    agent, task = read(path).agents[REACT], read(path).tasks[UI]
    assert (task.progress, task.finished) == (100, agent.updated)
    assert agent.state is AgentState.COMPLETED


def test_people_are_told_what_was_written(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)

    said = call(capsys, "report", path, "--agent", "react-expert", "--progress", "60")

    assert said.err == "wrote agents.react-expert.updated, tasks.chat-ui.progress\n"


def test_people_are_told_what_was_removed(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)
    words = ("report", path, "--agent", "react-expert", "--note")
    call(capsys, *words, "on it")

    said = call(capsys, *words, "")

    assert said.err.endswith("removed agents.react-expert.note\n")


@pytest.mark.parametrize(
    ("words", "status", "hint"),
    [
        pytest.param(["--agent", "react"], 4, "did you mean react-expert?", id="agent"),
        pytest.param(["--agent", "idle", "--task", "chat"], 4, "did you mean chat-ui?", id="task"),
        pytest.param(["--agent", "idle"], 2, "idle has no task: name one with --task", id="none"),
        pytest.param(
            ["--agent", "idle", "--task", "chat-ui"], 2, "the task of react-expert", id="another's"
        ),
        pytest.param(
            ["--agent", "idle", "--state", "actve"], 2, "did you mean ACTIVE?", id="state"
        ),
        pytest.param(
            ["--agent", "react-expert", "--progress", "101"], 2, "101 is above 100", id="above 100"
        ),
        pytest.param(
            ["--agent", "react-expert", "--progress", "-1"], 2, "-1 is below 0", id="below 0"
        ),
        pytest.param(["--agent", "react-expert", "--quality", "x"], 2, "not a number", id="number"),
        pytest.param(
            ["--agent", "react-expert", "--progress", ".5"], 2, "write per cent, 50", id="fraction"
        ),
        pytest.param(["--agent", "react-expert", "--spent", "3"], 2, "write 4h or 30m", id="work"),
        pytest.param(["--agent", "react-expert", "--note"], 2, "requires an argument", id="value"),
        pytest.param(
            ["--agent", "react-expert", "--progres", "3"],
            2,
            "Did you mean --progress?",
            id="option",
        ),
        pytest.param([], 2, "Missing option '--agent'", id="no agent"),
        pytest.param(
            ["--agent", "react-expert", "more"],
            2,
            "unexpected extra argument(s) (more)",
            id="extra",
        ),
        pytest.param(
            ["--agent", "react-expert", "--if-revision", "abc"], 3, "nothing was written", id="old"
        ),
    ],
)
def test_what_cannot_be_written_changes_nothing_and_says_what_to_do(
    words: list[str], status: int, hint: str, *, tmp_path: Path, capsys: Capture
) -> None:
    path = written(tmp_path)

    said = call(capsys, "report", path, *words)

    assert said.status == status
    assert hint in said.err
    assert said.out == ""
    assert path.read_text(encoding="utf-8") == MISSION


def test_a_revision_that_is_still_so_is_written_on(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)
    words = ("report", path, "--agent", "react-expert", "--progress")
    first = call(capsys, *words, "50").out.strip()

    second = call(capsys, *words, "55", "--if-revision", first)
    third = call(capsys, *words, "60", "--if-revision", first)

    assert (second.status, third.status) == (0, 3)
    assert second.out.strip() in third.err
    assert read(path).tasks[UI].progress == 55


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        pytest.param("-x", "-x", id="a dash"),
        pytest.param("", None, id="nothing"),
        pytest.param("two\nlines", "two lines", id="lines"),
        pytest.param("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇", id="escapes"),
        pytest.param("{[&*!|>'\"%@`: #", "{[&*!|>'\"%@`: #", id="signs of YAML"),
        pytest.param("no", "no", id="a word that YAML reads otherwise"),
        pytest.param("库坏了 🏗️", "库坏了 🏗️", id="wide"),
    ],
)
def test_any_note_is_kept_and_does_no_harm(
    note: str, kept: str | None, tmp_path: Path, capsys: Capture
) -> None:
    path = written(tmp_path)

    said = call(capsys, "report", path, "--agent", "react-expert", f"--note={note}")

    assert said.status == 0
    assert read(path).agents[REACT].note == kept


def test_in_a_folder_only_the_agents_own_part_changes(tmp_path: Path, capsys: Capture) -> None:
    folder = a_folder_mission(tmp_path)

    said = call(capsys, "report", folder, "--agent", "builder", "--progress", "50")

    assert said.status == 0, said.err
    assert read(folder).tasks[TaskId("build")].progress == 50
    assert (folder / "mission.yaml").read_text(encoding="utf-8") == MISSION
    assert (folder / "plan.yaml").read_text() == PLAN


@pytest.mark.parametrize("part", ["mission.yaml", "plan.yaml", "agents/builder.yaml"])
def test_a_part_means_the_mission_it_belongs_to(part: str, tmp_path: Path, capsys: Capture) -> None:
    folder = a_folder_mission(tmp_path)

    said = call(capsys, "report", folder / part, "--agent", "builder", "--progress", "50")

    assert said.status == 0, said.err
    assert read(folder).tasks[TaskId("build")].progress == 50


def test_a_folder_of_one_mission_means_that_mission(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path / "missions")

    said = call(capsys, "report", path.parent, "--agent", "react-expert", "--progress", "50")

    assert said.status == 0
    assert read(path).tasks[UI].progress == 50


def test_of_several_missions_one_has_to_be_named(tmp_path: Path, capsys: Capture) -> None:
    first, second = written(tmp_path, "one.yaml"), written(tmp_path, "two.yaml")

    said = call(capsys, "report", tmp_path, "--agent", "react-expert")

    assert said.status == 2
    assert f"there are 2 missions in {tmp_path}: name one of {first}, {second}" in said.err


@pytest.mark.parametrize("name", ["nowhere.yaml", "empty"])
def test_where_no_mission_is_nothing_is_made(name: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty").mkdir()

    said = call(capsys, "report", tmp_path / name, "--agent", "a")

    assert said.status == (4 if name == "nowhere.yaml" else 2)
    assert "there is no mission" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["empty"]


def test_a_broken_mission_is_left_as_it_is(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)
    broken = MISSION.replace("estimate: 10h", "estimate: ten")
    path.write_text(broken, encoding="utf-8")

    said = call(capsys, "report", path, "--agent", "react-expert", "--progress", "50")

    assert said.status == 1
    assert f"{path}:" in said.err
    assert "write 4h or 30m" in said.err
    assert path.read_text(encoding="utf-8") == broken


def test_what_is_its_own_is_kept_in_the_state_folder(tmp_path: Path, capsys: Capture) -> None:
    path, state = written(tmp_path / "missions"), tmp_path / "state"

    call(capsys, "report", path, "--agent", "react-expert", "--state-dir", state)

    assert list(state.iterdir())
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("command", ["report", "block", "unblock"])
def test_a_call_loads_only_what_it_needs(command: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    words = {
        "report": ["--agent", "react-expert"],
        "block": ["--agent", "react-expert", "--title", "x"],
        "unblock": ["x", "--resolution", "x"],
    }[command]

    modules = modules_after(command, path, *words)

    packages = {each.split(".")[0] for each in modules}
    assert "importlib.metadata" not in modules
    assert "orchestrator_tui.io.mission_edit" in modules
    assert not packages & {"typer", "click", "rich", "textual", "watchfiles", "sqlite3", "asyncio"}
    assert "orchestrator_tui.engine.assess" not in modules


def test_a_revision_is_sixty_four_digits_for_a_folder_too(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "wiki"
    written(folder, "mission.yaml")

    said = call(capsys, "report", folder, "--agent", "react-expert")

    assert re.fullmatch(r"[0-9a-f]{64}\n", said.out)
