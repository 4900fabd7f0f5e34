"""`status` shows what the history knows, and costs no more where there is none."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import MissionId, TaskId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.engine.freezing import baseline_of
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import read_snapshot
from tests.cli.commands import modules_after, run

MISSION = """\
mission: Chat
started: 2024-01-15T08:00Z
agents: {a: {}}
tasks:
  t: {agent: a, estimate: 8h}
milestones:
  m: {tasks: [t], criteria: {safe: {manual: Nobody can get in}}}
blockers:
  b: {title: No database, opened: 2024-01-15T08:00Z}
"""
CHAT = MissionId("chat")


def moment(hour: float) -> datetime:
    return datetime(2024, 1, 15, int(hour), int(hour % 1 * 60), tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "missions"
    folder.mkdir()
    path = folder / "chat.yaml"
    path.write_text(MISSION, encoding="utf-8")
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def told(path: Path, state: Path, hour: float) -> dict[str, Any]:
    at = moment(hour).isoformat()
    done = run("status", path, "--at", at, "--json", "--state-dir", state)
    assert done.stderr == b""
    (found,) = json.loads(done.stdout)["missions"]
    return dict(found)


def remember(path: Path, state: Path, baseline: Baseline, *rulings: Ruling) -> None:
    folder = history_folder(state, path)
    with History.open(folder, clock=lambda: baseline.frozen) as history:
        history.freeze_baseline(CHAT, baseline)
    with Rulings.open(folder, clock=lambda: baseline.frozen) as kept:
        for each in rulings:
            kept.take(each)


def ruling(kind: RulingKind, subject: str, hour: float) -> Ruling:
    return Ruling(
        id=kind.value.lower(),
        at=moment(hour),
        mission=CHAT,
        kind=kind,
        subject=subject,
        actor="ann",
    )


def test_the_facts_of_the_history_are_shown_as_of_that_time(path: Path, state: Path) -> None:
    mission = read_snapshot(path, moment(8)).missions[0].mission
    assert mission is not None
    planned = replace(
        baseline_of(mission, moment(8.5)), planned={TaskId("t"): (moment(8), moment(12))}
    )
    remember(
        path, state, planned,
        ruling(RulingKind.ACKNOWLEDGED, "blocker:b", 9.5), ruling(RulingKind.TICKED, "m/safe", 11),
    )  # fmt: skip

    before, held, later = (told(path, state, hour) for hour in (8.25, 10.25, 11.5))
    assert before["timeline"]["baseline_finish"] == "2024-01-15T16:00:00Z"
    assert before["escalations"][0]["acknowledged_by"] is None

    assert held["timeline"]["baseline_finish"] == "2024-01-15T12:00:00Z"
    assert held["tasks"][0]["baseline_finish"] == "2024-01-15T12:00:00Z"
    found = next(each for each in held["escalations"] if each["id"] == "blocker:b")
    assert (found["acknowledged_by"], found["level"]) == ("ann", 1)
    assert found["next_level_at"] == "2024-01-15T10:30:00Z"
    assert held["milestones"][0]["criteria"][0]["state"] == "MANUAL"

    (criterion,) = later["milestones"][0]["criteria"]
    assert (criterion["state"], criterion["detail"]) == ("PASSED", "ticked by ann")
    assert criterion["observed"] == "2024-01-15T11:00:00Z"


def test_where_nothing_was_remembered_nothing_is_made_and_no_database_is_loaded(
    path: Path, state: Path
) -> None:
    loaded = modules_after("status", path, "--state-dir", state, "--json")

    assert "orchestrator_tui.engine.assess" in loaded
    assert "sqlite3" not in loaded
    assert not state.exists()
