import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.commands import ROOT, run

MISSION = """\
mission: {title}
started: 2024-01-15T08:00Z
agents:
  a: {{title: {title}, icon: {title}, state: ACTIVE, task: t, updated: 2024-01-15T11:55Z}}
tasks:
  t: {{title: {title}, agent: a, estimate: 8h, progress: 50, started: 2024-01-15T08:00Z}}
milestones:
  m: {{title: {title}, tasks: [t]}}
blockers:
  b: {{title: {title}, agent: a, opened: 2024-01-15T11:00Z}}
"""
NOON = "2024-01-15T12:00:00Z"


def written(folder: Path, title: str = "Plain", name: str = "one.yaml") -> Path:
    path = folder / name
    path.write_text(MISSION.format(title=title), encoding="utf-8")
    return path


def told(path: Path, *words: str) -> dict[str, Any]:
    done = run("status", path, "--at", NOON, "--json", *words)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_the_chat_application_is_the_picture_it_was_planned_to_be() -> None:
    done = run("status", "missions/chat-app.yaml", "--at", "2024-01-15T16:15:00Z", cwd=ROOT)

    text = done.stdout.decode()

    assert done.returncode == 0
    assert "MISSION: Real-time Chat Application - Sprint 1" in text
    rows = [
        r"🏗️ api-architect .* ████████░░ 80% +2h +0 │",
        r"⚡ react-expert .* ██████░░░░ 60% +4h +1 │",
        r"🔧 devops-engineer .* ██░░░░░░░░ 20% +8h +0 │",
        r"🛡️ security-auditor .* ░░░░░░░░░░  0% +12h +0 │",
    ]
    assert all(re.search(each, text) for each in rows)
    assert "Critical Path Status: ON TRACK ✅" in text
    assert "Next Milestone: API Schema Review (4h)" in text
    assert "React component dependency (MEDIUM)" in text
    assert "Overall Progress: 67% COMPLETE" in text
    assert "Timeline Status: 5% AHEAD OF SCHEDULE ✅" in text
    assert "Quality Score: 92/100 ✅" in text


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_box_is_as_wide_as_asked(width: int) -> None:
    done = run("status", "missions/chat-app.yaml", "--at", NOON, "--width", str(width), cwd=ROOT)

    assert {cell_len(each) for each in done.stdout.decode().splitlines()} == {width}


def test_without_a_terminal_it_is_80_columns_without_colour(tmp_path: Path) -> None:
    done = run("status", written(tmp_path), "--at", NOON)

    assert {cell_len(each) for each in done.stdout.decode().splitlines()} == {80}
    assert b"\x1b" not in done.stdout


def test_json_is_one_document_with_the_path_as_it_was_named(tmp_path: Path) -> None:
    written(tmp_path)
    done = run("status", "one.yaml", "--at", NOON, "--json", cwd=tmp_path)

    document = json.loads(done.stdout)

    assert done.returncode == 0
    assert done.stderr == b""
    assert list(document) == ["version", "missions"]
    assert document["version"] == 1
    (mission,) = document["missions"]
    assert (mission["id"], mission["path"], mission["at"]) == ("one", "one.yaml", NOON)
    assert mission["progress_percent"] == 50.0
    assert mission["agents"][0]["eta_hours"] == 4.0


def test_twice_the_same_moment_gives_the_same_bytes() -> None:
    words = ("status", "missions", "--at", NOON, "--json")

    once, twice = (run(*words, cwd=ROOT).stdout for _ in range(2))

    assert once == twice
    assert len(once) > 1000


def test_json_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    path = written(tmp_path, "'Größe 漢 🏗️'")

    done = run("status", path, "--json", "--at", NOON, PYTHONIOENCODING="ascii")

    assert json.loads(done.stdout.decode("utf-8"))["missions"][0]["title"] == "Größe 漢 🏗️"


def test_text_survives_a_terminal_without_unicode(tmp_path: Path) -> None:
    done = run("status", written(tmp_path), "--at", NOON, PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert b"MISSION: Plain" in done.stdout


def test_every_mission_of_a_folder_has_a_box(tmp_path: Path) -> None:
    written(tmp_path, "First", "a.yaml")
    written(tmp_path, "Second", "b.yaml")

    text = run("status", tmp_path, "--at", NOON).stdout.decode()

    assert text.count("┌") == text.count("└") == 2
    assert text.index("MISSION: First") < text.index("MISSION: Second")


def test_a_broken_mission_has_null_for_what_is_not_known_and_exit_1(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text().replace("progress: 50", "progress: 120"))
    done = run("status", path, "--json")

    (mission,) = json.loads(done.stdout)["missions"]

    assert done.returncode == 1
    assert {key for key, value in mission.items() if value is not None} == {
        "id",
        "path",
        "problems",
    }
    assert mission["problems"][0]["line"] == 6
    assert "120" in mission["problems"][0]["message"]


def test_a_broken_mission_shows_its_problem_in_a_box(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("mission: [x")

    done = run("status", "bad.yaml", cwd=tmp_path)

    assert done.returncode == 1
    assert "Problems" in done.stdout.decode()
    assert "bad.yaml:1:" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


def test_warnings_alone_leave_the_exit_status_at_0(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text().replace("opened: 2024", "opened: 2199"))

    done = run("status", path, "--json")

    (mission,) = json.loads(done.stdout)["missions"]
    assert done.returncode == 0
    assert {each["severity"] for each in mission["problems"]} == {"WARNING"}
    assert mission["progress_percent"] == 50.0


def test_a_folder_without_missions_is_said_to_be_empty(tmp_path: Path) -> None:
    done = run("status", tmp_path, "--json")

    assert json.loads(done.stdout) == {"version": 1, "missions": []}
    assert "no mission in" in done.stderr.decode()


HOSTILE = [
    r'"[bold red]x[/] [@click=app.quit]y[/] [/b"',
    r'"\e]52;c;aGk=\a\e[31m"',
    r'"\u202ereversed\u2066 \x9b31m"',
    r'"one\r\ntwo │ three"',
    '"' + "漢👩‍💻" * 3000 + '"',
]
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_of_an_agent_reaches_the_terminal_as_anything_but_text(
    title: str, tmp_path: Path
) -> None:
    path = written(tmp_path, title)

    text = run("status", path, "--at", NOON).stdout.decode()
    document = run("status", path, "--at", NOON, "--json").stdout.decode()
    checked = run("check", path).stdout.decode()
    reports = [
        run("export", path, "--format", each).stdout.decode() for each in ("md", "html", "csv")
    ]

    assert {cell_len(each) for each in text.splitlines()} == {80}
    assert not CONTROL.search(text)
    assert not CONTROL.search(json.loads(document)["missions"][0]["title"])
    assert not CONTROL.search(checked)
    assert not any(CONTROL.search(each.replace("\r\n", "\n")) for each in reports)


def test_markup_is_literal_in_every_output(tmp_path: Path) -> None:
    path = written(tmp_path, HOSTILE[0])

    assert (
        "[bold red]x[/] [@click=app.quit]y[/] [/b"
        in run("status", path, "--at", NOON, "--width", "120").stdout.decode()
    )
    assert told(path)["missions"][0]["title"] == "[bold red]x[/] [@click=app.quit]y[/] [/b"
