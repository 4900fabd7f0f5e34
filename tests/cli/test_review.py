"""`review`: a reviewer's own word on a milestone of others, written like a report."""

import re
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.standing import Verdict
from tests.cli.calling import MISSION, call, changed_lines, read, written

Capture = pytest.CaptureFixture[str]
M1 = MilestoneId("M1_DESIGN")
PASS = ("--verdict", "PASS", "--score", "92", "--feedback", "- clear: and # short")
MILESTONE = """\
milestones:
  M1_DESIGN:   # the design
    tasks: [api-design]
    criteria: {tests: {junit: "reports/*.xml"}}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a mission with a milestone."""
    made = written(tmp_path)
    made.write_text(MISSION + MILESTONE)
    return made


def test_it_writes_the_review_and_prints_the_revision(path: Path, capsys: Capture) -> None:
    said = call(
        capsys, "review", path, "M1_DESIGN", "--by", "react-expert", *PASS,
        "--check", "tests=yes", "--check", "tests=YES",
    )  # fmt: skip

    review = read(path).milestones[M1].review
    assert said.status == 0, said.err
    assert re.fullmatch(r"[0-9a-f]{64}\n", said.out)
    assert review is not None
    assert (review.by, review.verdict, review.score) == ("react-expert", Verdict.PASS, 92)
    assert review.feedback == "- clear: and # short"
    assert review.checklist == {"tests": True}
    assert [each for each in MISSION.splitlines() if each not in path.read_text()] == []
    assert "wrote milestones.M1_DESIGN.review" in said.err


def test_it_replaces_the_review_before_as_a_whole(path: Path, capsys: Capture) -> None:
    first = ("--check", "tests=no", "--verdict", "REWORK", "--score", "40", "--feedback", "no")
    call(capsys, "review", path, "M1_DESIGN", "--by", "react-expert", *first)

    call(capsys, "review", path, "M1_DESIGN", "--by", "idle", *PASS)

    review = read(path).milestones[M1].review
    assert review is not None
    assert (review.by, review.verdict, review.checklist) == ("idle", Verdict.PASS, {})


def test_said_again_at_once_it_is_the_same_review(path: Path, capsys: Capture) -> None:
    words = ("review", path, "M1_DESIGN", "--by", "idle", *PASS)
    first = call(capsys, *words)
    before = path.read_bytes()

    again = call(capsys, *words)

    assert (again.status, again.out) == (0, first.out)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "status", "hint"),
    [
        pytest.param(["--by", "api-architect", *PASS], 2, "nobody reviews itself", id="its own"),
        pytest.param(["--by", "react-exprt", *PASS], 4, "did you mean react-expert", id="no agent"),
        pytest.param(PASS, 2, "Missing option '--by'", id="by nobody"),
        pytest.param(["--by", "idle", *PASS[2:]], 2, "Missing option '--verdict'", id="undecided"),
        pytest.param(["--by", "idle", *PASS[:4]], 2, "Missing option '--feedback'", id="silent"),
        pytest.param(
            ["--by", "idle", "--verdict", "PASS", "--feedback", "x"], 2,
            "Missing option '--score'", id="no score",
        ),
        pytest.param(["--by", "idle", *PASS, "--score", "101"], 2, "'--score'", id="above 100"),
        pytest.param(["--by", "idle", *PASS, "--score", "nan"], 2, "'--score'", id="no number"),
        pytest.param(
            ["--by", "idle", *PASS, "--verdict", "pas"], 2, "did you mean PASS?", id="a slip"
        ),
        pytest.param(["--by", "idle", *PASS, "--feedback", " "], 2, "is empty", id="empty"),
        pytest.param(["--by", "idle", *PASS, "--check", "tests"], 2, "ITEM=yes", id="no answer"),
        pytest.param(["--by", "idle", *PASS, "--check", "tests=1"], 2, "ITEM=yes", id="a number"),
        pytest.param(["--by", "idle", *PASS, "--check", "=yes"], 2, "ITEM=yes", id="no item"),
        pytest.param(
            ["--by", "idle", *PASS, "--check", "tests=yes", "--check", "tests=no"], 2,
            "both yes and no of tests", id="both",
        ),
        pytest.param(
            ["--by", "idle", *PASS, "--check", "test=yes"], 4, "did you mean tests?", id="no item"
        ),
        pytest.param(
            ["--by", "idle", *PASS, "--if-revision", "0"], 3, "nothing was written", id="revision"
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(
    words: list[str], status: int, hint: str, *, path: Path, capsys: Capture
) -> None:
    before = path.read_bytes()

    said = call(capsys, "review", path, "M1_DESIGN", *words)

    assert said.status == status, said.err
    assert hint in said.err
    assert said.out == ""
    assert path.read_bytes() == before


def test_a_milestone_that_is_not_there_is_told_with_the_nearest(
    path: Path, capsys: Capture
) -> None:
    said = call(capsys, "review", path, "M1_DESING", "--by", "idle", *PASS)

    assert said.status == 4
    assert "there is no milestone 'M1_DESING': did you mean M1_DESIGN?" in said.err
    assert changed_lines(path, MISSION + MILESTONE) == []
