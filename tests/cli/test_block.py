from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import AgentId, BlockerId, TaskId
from orchestrator_tui.domain.standing import AgentState, Level
from tests.cli.calling import MISSION, call, changed_lines, read, written
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]


def test_it_prints_the_id_by_which_the_blocker_is_resolved(tmp_path: Path) -> None:
    path = written(tmp_path)

    opened = run("block", path, "--agent", "react-expert", "--title", "Library: it's broken")
    resolved = run("unblock", path, opened.stdout.decode().strip(), "--resolution", "pinned 4.2")

    assert opened.stdout == b"library-it-s-broken\n"
    assert (opened.returncode, resolved.returncode) == (0, 0)
    blocker = read(path).blockers[BlockerId("library-it-s-broken")]
    assert (blocker.title, blocker.resolution) == ("Library: it's broken", "pinned 4.2")
    assert blocker.resolved is not None


def test_everything_that_can_be_said_is_said(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)

    call(
        capsys, "block", path, "--agent", "react-expert", "--title", "No key", "--task", "anybody",
        "--severity", "high", "--needs", "boss", "--id", "the.key",
    )  # fmt: skip

    blocker = read(path).blockers[BlockerId("the.key")]
    assert (blocker.agent, blocker.task, blocker.needs) == ("react-expert", "anybody", "boss")
    assert blocker.severity is Level.HIGH
    agent = read(path).agents[AgentId("react-expert")]
    assert agent.state is AgentState.BLOCKED
    assert agent.updated == blocker.opened


def test_what_stood_there_stays(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)

    call(capsys, "block", path, "--agent", "react-expert", "--title", "No key")

    added = changed_lines(path)
    assert [each.partition(":")[0] for each in added] == [
        "state", "updated", "blockers", "no-key", "title", "agent", "task", "opened",
    ]  # fmt: skip
    assert read(path).blockers[BlockerId("no-key")].task == TaskId("chat-ui")


def test_asked_twice_it_is_the_same_blocker(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)
    words = ("block", path, "--agent", "react-expert", "--title", "No key")

    assert [call(capsys, *words).out for _ in range(2)] == ["no-key\n", "no-key\n"]
    assert list(read(path).blockers) == ["no-key"]


@pytest.mark.parametrize(
    ("words", "status", "hint"),
    [
        pytest.param(["--title", "x"], 2, "Missing option '--agent'", id="no agent"),
        pytest.param(["--agent", "idle"], 2, "Missing option '--title'", id="no title"),
        pytest.param(["--agent", "idle", "--title", " "], 2, "the title is empty", id="empty"),
        pytest.param(
            ["--agent", "idle", "--title", "x", "--severity", "hihg"], 2, "did you mean HIGH?",
            id="severity",
        ),
        pytest.param(
            ["--agent", "idle", "--title", "x", "--id", "a/b"], 2, "is not an id", id="id"
        ),
        pytest.param(
            ["--agent", "idle", "--title", "x", "--needs", "bos"], 4, "did you mean boss?",
            id="needs",
        ),
        pytest.param(["--agent", "idel", "--title", "x"], 4, "did you mean idle?", id="agent"),
        pytest.param(
            ["--agent", "idle", "--title", "x", "--task", "ui"], 4, "did you mean chat-ui?",
            id="task",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(
    words: list[str], status: int, hint: str, *, tmp_path: Path, capsys: Capture
) -> None:
    path = written(tmp_path)

    said = call(capsys, "block", path, *words)

    assert said.status == status
    assert hint in said.err
    assert path.read_text(encoding="utf-8") == MISSION
