"""`screenshot`: pictures without a terminal."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder

CHAT_APP = str(Path(__file__).parents[2] / "missions" / "chat-app.yaml")
AT = "2024-01-15T16:15:00Z"


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        pytest.param("mission", "react-expert", id="mission"),
        pytest.param("missions", "Missions", id="missions"),
        pytest.param("agent", "reported", id="agent"),
        pytest.param("timeline", "Timeline", id="timeline"),
        pytest.param("milestones", "AWAITING", id="milestones"),
        pytest.param("help", "Everywhere", id="help"),
    ],
)
def test_it_writes_a_well_formed_picture(screen: str, words: str, tmp_path: Path) -> None:
    out = tmp_path / "picture.svg"

    status = run(["screenshot", CHAT_APP, "--out", str(out), "--screen", screen, "--at", AT])

    assert status == 0
    text = " ".join(ET.parse(out).getroot().itertext())  # noqa: S314 - our own picture
    assert words in text.replace("\xa0", " ")


def test_the_same_moment_makes_the_same_picture(tmp_path: Path) -> None:
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"
    for out in (first, second):
        run(["screenshot", CHAT_APP, "--out", str(out), "--at", AT, "--theme", "light"])

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("size", ["120", "0x36", "12ax36", "x", "99999x1"])
def test_a_size_that_is_none_is_wrong_usage(size: str, tmp_path: Path) -> None:
    out = tmp_path / "picture.svg"

    assert run(["screenshot", CHAT_APP, "--out", str(out), "--size", size]) == 2
    assert not out.exists()


def test_a_folder_without_missions_has_no_mission_to_show(tmp_path: Path) -> None:
    assert run(["screenshot", str(tmp_path), "--out", str(tmp_path / "picture.svg")]) == 4


def test_a_folder_without_missions_can_be_shown_as_such(tmp_path: Path) -> None:
    out = tmp_path / "picture.svg"

    assert run(["screenshot", str(tmp_path), "--out", str(out), "--screen", "missions"]) == 0
    assert out.exists()


def test_the_history_is_the_one_that_was_kept(tmp_path: Path) -> None:
    seen = datetime(2024, 1, 15, 16, 0, tzinfo=UTC)
    started = Event(seen, EventKind.MISSION_ADDED, "chat-app", "Chat is recorded from now on")
    with History.open(history_folder(tmp_path, Path(CHAT_APP)), clock=lambda: seen) as history:
        history.append(MissionId("chat-app"), [started], seen=seen, version=None, revision="0" * 64)
    out = tmp_path / "picture.svg"

    status = run(
        [
            "screenshot",
            CHAT_APP,
            "--out",
            str(out),
            "--screen",
            "history",
            "--at",
            AT,
            "--state-dir",
            str(tmp_path),
        ]
    )

    assert status == 0
    text = " ".join(ET.parse(out).getroot().itertext())  # noqa: S314 - our own picture
    assert "Chat is recorded from now on" in text.replace("\xa0", " ")
