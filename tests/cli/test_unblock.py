import re
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import AgentId, BlockerId
from orchestrator_tui.domain.standing import AgentState
from tests.cli.calling import call, read, written

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def path(tmp_path: Path, capsys: Capture) -> Path:
    """Return a mission with the open blocker `no-key`."""
    made = written(tmp_path)
    call(capsys, "block", made, "--agent", "react-expert", "--title", "No key")
    return made


def test_it_says_when_and_how_and_prints_the_revision(path: Path, capsys: Capture) -> None:
    said = call(capsys, "unblock", path, "no-key", "--resolution", "- a new one")

    blocker = read(path).blockers[BlockerId("no-key")]
    assert re.fullmatch(r"[0-9a-f]{64}\n", said.out)
    assert blocker.resolution == "- a new one"
    assert blocker.resolved is not None
    assert blocker.resolved >= blocker.opened


def test_the_agent_itself_reports_what_it_does_from_now(path: Path, capsys: Capture) -> None:
    call(capsys, "unblock", path, "no-key", "--resolution", "x")

    assert read(path).agents[AgentId("react-expert")].state is AgentState.BLOCKED


@pytest.mark.parametrize(
    ("words", "status", "hint"),
    [
        pytest.param(["no-key"], 2, "Missing option '--resolution'", id="no resolution"),
        pytest.param(["--resolution", "x"], 2, "Missing argument 'BLOCKER'", id="no blocker"),
        pytest.param(["no-key", "--resolution", ""], 2, "the resolution is empty", id="empty"),
        pytest.param(["key", "--resolution", "x"], 4, "did you mean no-key?", id="unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    words: list[str], status: int, hint: str, *, path: Path, capsys: Capture
) -> None:
    before = path.read_bytes()

    said = call(capsys, "unblock", path, *words)

    assert said.status == status
    assert hint in said.err
    assert path.read_bytes() == before


def test_what_was_resolved_stays_as_it_was(path: Path, capsys: Capture) -> None:
    call(capsys, "unblock", path, "no-key", "--resolution", "first")

    again = call(capsys, "unblock", path, "no-key", "--resolution", "second")

    assert again.status == 2
    assert "no-key was resolved at 2" in again.err
    assert read(path).blockers[BlockerId("no-key")].resolution == "first"
