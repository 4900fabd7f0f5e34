"""`feedback`: what a stakeholder says of itself is kept and shown as it can safely be."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import read_rulings
from tests.builders import NOON
from tests.cli.calling import Said, call, written

MISSION = """\
mission: Wiki
started: 2024-01-15T08:00Z
agents: {ann: {}}
tasks: {a: {agent: ann, estimate: 4h}}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a mission that names no stakeholders: any may say how content it is."""
    path = written(tmp_path / "missions")
    path.write_text(MISSION, encoding="utf-8")
    return path


def feedback(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> Said:
    return call(capsys, "feedback", path, *words, "--state-dir", path.parent.parent / "state")


def kept(path: Path) -> list[Ruling]:
    folder = history_folder(path.parent.parent / "state", path)
    return list(read_rulings(folder, clock=lambda: NOON))


def test_who_said_it_how_content_it_is_and_why_are_kept(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--by", "  Jane ", "--score", "2", "--comment", "Late news,\nagain")

    assert feedback(capsys, path, *words) == (0, "Jane gave 2 of 5 for wiki\n", "")

    (ruling,) = kept(path)
    assert (ruling.mission, ruling.subject) == (MissionId("wiki"), "wiki")
    assert (ruling.actor, ruling.score, ruling.comment) == ("Jane", 2, "Late news, again")


def test_no_escape_sequence_of_a_stakeholder_reaches_a_terminal_or_the_history(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "x\x1b]52;c;aGk=\x07\u202e[@click=app.quit]"

    done = feedback(capsys, path, "--by", hostile, "--score", "4", "--comment", hostile)

    assert done.status == 0
    (ruling,) = kept(path)
    for each in (done.out, ruling.actor, ruling.comment):
        assert not {"\x1b", "\x07", "\u202e"} & set(each)
        assert "[@click=app.quit]" in each


@pytest.mark.parametrize("by", ["", "  ", "\n"])
def test_a_feedback_of_nobody_is_refused(
    path: Path, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    done = feedback(capsys, path, "--by", by, "--score", "4")

    assert (done.status, done.out) == (2, "")
    assert "name of the stakeholder is empty" in done.err
    assert not (path.parent.parent / "state").exists()


def test_a_milestone_that_is_not_there_is_named_without_what_acts_on_a_terminal(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = feedback(capsys, path, "--by", "Jane", "--score", "4", "--milestone", "M\x1b[31m")

    assert (done.status, done.out) == (4, "")
    assert "\x1b" not in done.err
