"""`plan --history` tells what was decided on plans, and whether it helped."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, DecidedCause
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from tests.builders import after
from tests.cli.calling import call

WIKI = MissionId("wiki")
HOSTILE = "\x1b[31m[red]x \u202e"
MISSION = """\
mission: Team Wiki
started: 2024-01-15T08:00Z
agents: {ann: {}}
tasks:
  api: {agent: ann, estimate: 4h, started: 2024-01-15T08:00Z, finished: 2024-01-15T14:00Z}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a mission of which a plan was accepted at nine, and plans dismissed at ten."""
    path = tmp_path / "missions" / "wiki.yaml"
    path.parent.mkdir()
    path.write_text(MISSION, encoding="utf-8")
    away = DecidedCause(TriggerKind.AGENT_UNAVAILABLE, "ann", "a")
    plan = AcceptedPlan(
        strategy=Strategy.REASSIGN,
        title="1 task in other hands",
        finish=after(5),
        kept_finish=after(8),
        milestones=(),
        baseline=Baseline(after(1), {}),
    )
    with Rulings.open(history_folder(tmp_path / "state", path), clock=lambda: after(3)) as kept:
        kept.take(ruling(RulingKind.PLAN_ACCEPTED, after(1), plan=plan, causes=(away,)))
        kept.take(ruling(RulingKind.PLAN_DISMISSED, after(2), comment=HOSTILE))
    return path


def ruling(kind: RulingKind, at: datetime, **fields: object) -> Ruling:
    given = {"id": kind.value, "mission": WIKI, "subject": WIKI, "actor": "lead", **fields}
    return Ruling(kind=kind, at=at, **given)  # type: ignore[arg-type]  # as a test gives them


def test_what_was_decided_is_told_with_its_outcome(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path
) -> None:
    done = call(
        capsys, "plan", path, "--history", "--at", "2024-01-16T08:00Z",
        "--state-dir", tmp_path / "state",
    )  # fmt: skip

    assert (done.status, done.err) == (0, "")
    assert "lead accepted “1 task in other hands” (REASSIGN)" in done.out
    assert "lead kept the plan as it was" in done.out
    assert "1 of 1 accepted plan whose work has ended helped" in done.out
    assert "\x1b" not in done.out


def test_programs_get_the_same_as_a_document(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path
) -> None:
    words = ("plan", path, "--history", "--json", "--state-dir", tmp_path / "state")

    done = call(capsys, *words, "--at", "2024-01-16T08:00Z")
    before = call(capsys, *words, "--at", "2024-01-15T09:30Z")

    document = json.loads(done.out)
    assert (document["mission"], document["helped"], document["ended"]) == ("wiki", 1, 1)
    accepted, dismissed = document["plans"]
    assert (accepted["helped"], accepted["gained_hours"]) == (True, 2.0)
    assert (dismissed["decision"], dismissed["comment"]) == ("DISMISSED", HOSTILE)
    assert done.out.isascii()
    assert [each["helped"] for each in json.loads(before.out)["plans"]] == [None]


def test_what_was_decided_has_no_what_if(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path
) -> None:
    done = call(
        capsys, "plan", path, "--history", "--drop", "api", "--state-dir", tmp_path / "state"
    )

    assert (done.status, done.out) == (2, "")
    assert "--history is of what was decided" in done.err
