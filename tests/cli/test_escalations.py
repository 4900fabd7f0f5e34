"""`escalations` prints the ladder as it was known at any moment, and what is recorded of it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from tests.cli.commands import ROOT, modules_after, run
from tests.cli.test_status import CONTROL

MISSION = """\
mission: Chat
started: 2024-01-15T08:00Z
agents:
  ann: {title: Ann, state: BLOCKED, task: api, updated: 2024-01-15T12:55Z}
  ben: {}
tasks:
  api: {title: The interface, agent: ann, estimate: 8h, started: 2024-01-15T08:00Z}
  ui: {title: The pages, agent: ben, estimate: 4h, after: [api]}
blockers:
  db: {title: No database, opened: 2024-01-15T08:00Z, agent: ann, task: api, severity: HIGH,
    needs: ben}
  pages: {title: No pages, opened: 2024-01-15T09:30Z, agent: ben, task: ui}
"""
CHAT = MissionId("chat")
DB = "blocker:db"
KEYS = (
    "id kind subject level level_name since age_hours next_level_at acknowledged_by inhibited_by "
    "actions mission title agent needs due snoozed_until assigned_to history"
)
HISTORY_KEYS = "sequence at seen mission kind subject actor text before after digest"
HOSTILE = "[@click=app.quit]x[/] \x1b]52;c;aGk=\x07\x1b[31m \u202e漢"


def moment(hour: float) -> datetime:
    return datetime(2024, 1, 15, int(hour), int(hour % 1 * 60), tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "missions" / "chat.yaml"
    path.parent.mkdir()
    path.write_text(MISSION, encoding="utf-8")
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def ruling(kind: RulingKind, hour: float, **more: Any) -> Ruling:
    taken = Ruling(
        id=kind.value.lower(), at=moment(hour), mission=CHAT, kind=kind, subject=DB, actor="alice"
    )
    return replace(taken, **more)


def remember(path: Path, state: Path) -> None:
    """Keep what happened to the blocker, and what a person decided."""
    folder = history_folder(state, path)
    with Rulings.open(folder, clock=lambda: moment(14)) as kept:
        kept.take(ruling(RulingKind.ACKNOWLEDGED, 12.5))
        kept.take(ruling(RulingKind.ASSIGNED, 12.75, to="ben"))
        kept.take(ruling(RulingKind.SNOOZED, 13, until=moment(15)))
    with History.open(folder, clock=lambda: moment(14)) as history:
        for hour, kind, subject, said in (
            (8, EventKind.BLOCKER_OPENED, "db", HOSTILE),
            (9, EventKind.TASK_CHANGED, "api", "of something else"),
            (10, EventKind.ESCALATED, DB, "to MODERATE"),
            (12.5, EventKind.ACKNOWLEDGED, DB, "alice acknowledged it"),
        ):
            told = Event(moment(hour), kind, subject, said, "alice")
            history.append(CHAT, [told], seen=moment(hour), version=None, revision="1")


def text_of(path: Path, state: Path, hour: float, *words: str) -> str:
    at = moment(hour).isoformat()
    done = run("escalations", path, "--at", at, "--state-dir", state, *words)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def told(path: Path, state: Path, hour: float) -> list[dict[str, Any]]:
    document = json.loads(text_of(path, state, hour, "--json"))
    assert (list(document), document["version"]) == (["version", "escalations"], 1)
    return list(document["escalations"])


def test_the_ladder_tells_who_is_on_it_what_is_done_and_what_comes_next(
    path: Path, state: Path
) -> None:
    text = text_of(path, state, 11)

    lines = [each.strip("│ ").rstrip() for each in text.splitlines()]
    assert {cell_len(each) for each in text.splitlines()} == {80}
    assert "\x1b" not in text
    at = lines.index(f"No database{' ' * 56}due in 1h")
    assert re.match(r"1 escalation · 1 held back +2024-01-15 11:00 UTC", lines[3])
    assert lines[at + 1 : at + 5] == [
        "On     ann since 08:00, 3h · HIGH blocker · due 12:00",
        "Task   The interface",
        "Needs  ben",
        "Asked  L1 ann Ask ben",
    ]
    end = lines.index("Holds  └ No pages · L1, 1h30, ben")
    assert lines[end - 1] == "Next   L3 CRITICAL in 1h, 12:00"
    levels = [each.split(" ─")[0] for each in text.splitlines() if each.startswith("├─ L")]
    assert levels == [
        "├─ L4 MISSION CRITICAL · none",
        "├─ L3 CRITICAL · none",
        "├─ L2 MODERATE · 1",
        "├─ L1 ROUTINE · none",
    ]


def test_what_people_decided_is_shown_as_of_that_time_with_what_is_recorded(
    path: Path, state: Path
) -> None:
    remember(path, state)

    before, later = told(path, state, 9), told(path, state, 13.5)
    text = text_of(path, state, 13.5)

    assert [list(each) for each in later] == [KEYS.split()] * 2
    assert [list(each) for each in later[0]["history"]] == [HISTORY_KEYS.split()] * 3
    (known,) = before
    assert (known["assigned_to"], known["snoozed_until"]) == (None, None)
    assert [each["subject"] for each in known["history"]] == ["db"]
    database, pages = later
    assert (database["assigned_to"], database["snoozed_until"], database["due"]) == (
        "ben", "2024-01-15T15:00:00Z", "2024-01-15T12:00:00Z",
    )  # fmt: skip
    assert (database["mission"], database["title"]) == ("chat", "No database")
    assert (database["agent"], database["needs"]) == ("ann", "ben")
    assert [each["kind"] for each in database["history"]] == [
        "BLOCKER_OPENED", "ESCALATED", "ACKNOWLEDGED",
    ]  # fmt: skip
    assert database["history"][0]["text"] == HOSTILE
    assert (pages["inhibited_by"], pages["history"]) == (DB, [])
    assert "1h30 over" in text
    assert "Care   ◌ alice acknowledged it a while ago" in text
    assert "→ given to ben" in text
    assert "☾ snoozed until 15:00" in text


def test_what_is_recorded_cannot_act_on_a_terminal(path: Path, state: Path) -> None:
    remember(path, state)

    assert not CONTROL.search(text_of(path, state, 13.5, "--json"))


def test_hostile_titles_are_data(path: Path, state: Path) -> None:
    title = json.dumps(HOSTILE)
    path.write_text(MISSION.replace("No database", title).replace("The interface", title))

    text = text_of(path, state, 11, "--width", "120")

    assert not CONTROL.search(text)
    assert {cell_len(each) for each in text.splitlines()} == {120}
    assert text.count("[@click=app.quit]x[/]") >= 2


def test_all_missions_are_told_of_and_one_that_cannot_be_read_costs_the_status(
    path: Path, state: Path
) -> None:
    (path.parent / "bad.yaml").write_text("mission: [x")
    (path.parent / "calm.yaml").write_text("mission: Calm\nstarted: 2024-01-15T08:00Z\n")
    words = (".", "--at", "2024-01-15T11:00Z", "--state-dir", state)

    done = run("escalations", *words, cwd=path.parent)
    document = run("escalations", *words, "--json", cwd=path.parent)

    assert (done.returncode, document.returncode) == (1, 1)
    assert b"Traceback" not in done.stderr
    text = done.stdout.decode()
    assert text.count("┌") == text.count("└") - 1 == 3  # one of them holds another one back
    assert "✓ Nothing is escalated" in text
    assert "bad.yaml:1:" in text
    found = json.loads(document.stdout)["escalations"]
    assert [(each["mission"], each["id"]) for each in found] == [
        ("chat", DB), ("chat", "blocker:pages"),
    ]  # fmt: skip


def test_a_damaged_history_is_said_once_and_costs_nothing_else(path: Path, state: Path) -> None:
    folder = history_folder(state, path)
    folder.mkdir(parents=True)
    (folder / "history.db").write_bytes(b"x" * 5000)

    at = ("--at", "2024-01-15T11:00Z", "--state-dir", state)
    done = run("escalations", path, *at, "--json")

    assert done.returncode == 0
    assert done.stderr.count(b"without history") == 1
    assert [each["history"] for each in json.loads(done.stdout)["escalations"]] == [[], []]


def test_where_nothing_was_remembered_nothing_is_made_and_no_database_is_loaded(
    path: Path, state: Path
) -> None:
    loaded = modules_after("escalations", path, "--state-dir", state, "--json")

    assert "orchestrator_tui.presentation.escalations_json" in loaded
    assert "sqlite3" not in loaded
    assert not state.exists()


@pytest.mark.parametrize("width", ["60", "200"])
def test_the_box_is_as_wide_as_asked(width: str, state: Path) -> None:
    done = run(
        "escalations", "missions/chat-app.yaml", "--at", "2024-01-15T20:15Z",
        "--state-dir", state, "--width", width, cwd=ROOT,
    )  # fmt: skip

    text = done.stdout.decode()
    assert {cell_len(each) for each in text.splitlines()} == {int(width)}
    assert re.search(r"React component dependency +15m over", text)
