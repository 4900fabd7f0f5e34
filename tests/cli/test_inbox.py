import json
from pathlib import Path

import pytest

from orchestrator_tui.domain.instant import parse_instant
from tests.cli.calling import MISSION, call, written
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def path(tmp_path: Path, capsys: Capture) -> Path:
    """Return a mission in which the React expert needs the API architect."""
    made = written(tmp_path)
    call(
        capsys, "block", made, "--agent", "react-expert", "--title", "No key",
        "--needs", "api-architect",
    )  # fmt: skip
    return made


def test_each_message_is_a_line_and_new_ones_are_marked(path: Path, capsys: Capture) -> None:
    said = call(capsys, "inbox", path, "--agent", "api-architect")

    assert said.status == 0
    lines = said.out.splitlines()
    assert any(each.endswith("  Help react-expert on chat-ui: No key (MEDIUM)") for each in lines)
    assert all(each.startswith("* 20") for each in lines)


def test_json_is_one_document_with_every_message(path: Path) -> None:
    done = run("inbox", path, "--agent", "api-architect", "--json")

    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(document) == ["version", "messages"]
    assert document["version"] == 1
    (wanted,) = (each for each in document["messages"] if each["kind"] == "HELP_WANTED")
    assert list(wanted) == ["id", "at", "kind", "subject", "text", "read"]
    assert (wanted["subject"], wanted["read"]) == ("no-key", False)
    assert parse_instant(wanted["at"]).microsecond == 0


def test_what_was_read_is_remembered_for_that_agent(
    path: Path, tmp_path: Path, capsys: Capture
) -> None:
    words = ("inbox", path, "--state-dir", tmp_path / "state", "--agent")

    first = call(capsys, *words, "api-architect", "--read")
    second = call(capsys, *words, "api-architect")
    other = call(capsys, *words, "react-expert")

    assert first.out.startswith("* ")
    assert [each[2:] for each in second.out.splitlines()] == [
        each[2:] for each in first.out.splitlines()
    ]
    assert not any(each.startswith("*") for each in second.out.splitlines())
    assert other.out.startswith("* ")


def test_what_came_after_reading_is_new_and_comes_first(path: Path, capsys: Capture) -> None:
    words = ("inbox", path, "--agent", "api-architect")
    call(capsys, *words, "--read")
    call(
        capsys, "block", path, "--agent", "react-expert", "--title", "No door",
        "--needs", "api-architect",
    )  # fmt: skip

    lines = call(capsys, *words).out.splitlines()

    assert "No door" in lines[0]
    assert [each[0] for each in lines] == ["*", *" " * (len(lines) - 1)]


def test_looking_makes_no_history(path: Path, tmp_path: Path, capsys: Capture) -> None:
    call(capsys, "inbox", path, "--agent", "idle", "--state-dir", tmp_path / "other")

    assert not (tmp_path / "other").exists()


def test_an_empty_inbox_is_said_to_people_alone(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "wiki.yaml"
    path.write_text(MISSION.replace("{estimate: 2h}", "{estimate: 2h, agent: react-expert}"))

    said = call(capsys, "inbox", path, "--agent", "idle")

    assert said == (0, "", "no messages for idle\n")


@pytest.mark.parametrize(
    ("words", "status", "hint"),
    [
        pytest.param(["--agent", "react"], 4, "did you mean react-expert?", id="agent"),
        pytest.param([], 2, "Missing option '--agent'", id="no agent"),
        pytest.param(["--agent", "idle", "--json=1"], 2, "does not take a value", id="flag"),
    ],
)
def test_what_cannot_be_is_refused(
    words: list[str], status: int, hint: str, *, path: Path, capsys: Capture
) -> None:
    said = call(capsys, "inbox", path, *words)

    assert (said.status, said.out) == (status, "")
    assert hint in said.err


def test_a_mission_that_cannot_be_read_has_no_messages(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("mission: [")

    said = call(capsys, "inbox", path, "--agent", "a")

    assert said.status == 1
    assert "broken.yaml:" in said.err
