"""The past with the workspaces of today: what `status --at` says of the same moment."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.live.past.archive import Archive
from orchestrator_tui.presentation.status_json import status_document
from tests.live.foretold import foretold
from tests.live.remembered import RememberedLife

START = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
MISSION = """\
mission: Chat
started: 2024-01-15T08:00Z
workspace: ../work
tasks:
  api: {estimate: 4h, progress: 10, deliverables: [api.py]}
milestones:
  M1: {tasks: [api], criteria: {tests: {junit: "reports/*.xml"}}}
"""


def test_a_moment_is_shown_with_the_evidence_of_today(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    reports = tmp_path / "work" / "reports"
    reports.mkdir(parents=True)
    (reports / "junit.xml").write_text('<testsuite><testcase name="a"/></testsuite>')

    with RememberedLife(tmp_path) as life:
        life.change(START, {"chat.yaml": MISSION})
        life.change(START + timedelta(hours=1), {"chat.yaml": ("progress: 10", "progress: 20")})
        archive = Archive(life.folder, state=life.state, clock=lambda: life.now)
        moment = archive.before(None)
        assert moment is not None
        at = format_instant(moment.event.seen)
        run(["status", str(life.folder), "--json", "--at", at, "--state-dir", str(life.state)])

    told = status_document(foretold(moment.assessment))
    assert told == json.loads(capfd.readouterr().out)
    judgement = moment.assessment.missions[0].judgement
    assert judgement is not None
    assert judgement.milestones[0].criteria[0].detail == "1 test passed"
    assert judgement.milestones[0].missing_deliverables == ("api.py",)
