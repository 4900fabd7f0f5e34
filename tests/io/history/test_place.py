"""A history belongs to a real folder of missions, however that is named."""

from pathlib import Path

import pytest

from orchestrator_tui.io.history.place import (
    history_folder,
    mission_at,
    missions_folder,
    note_missions_folder,
)


@pytest.fixture
def missions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a mission in a file, one in a folder, and one that is a link out of it."""
    folder = tmp_path / "missions"
    (folder / "platform").mkdir(parents=True)
    (folder / "platform" / "mission.yaml").write_text("mission: P\n")
    (folder / "chat-app.yaml").write_text("mission: C\n")
    (tmp_path / "elsewhere.yaml").write_text("mission: E\n")
    (folder / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / "shortcut").symlink_to(folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("named", "mission"),
    [
        pytest.param(".", None, id="here"),
        pytest.param("../missions", None, id="by its name"),
        pytest.param("../shortcut", None, id="by a link"),
        pytest.param("chat-app.yaml", "chat-app", id="a mission"),
        pytest.param("./../missions/chat-app.yaml", "chat-app", id="a mission, the long way"),
        pytest.param("../shortcut/chat-app.yaml", "chat-app", id="a mission through a link"),
        pytest.param("linked.yaml", "linked", id="a mission that is a link"),
        pytest.param("deleted.yaml", "deleted", id="a mission that is gone"),
        pytest.param("platform", "platform", id="a folder mission"),
        pytest.param("platform/../platform", "platform", id="a folder mission, the long way"),
    ],
)
def test_all_names_of_a_folder_of_missions_mean_one_history(
    missions: Path, named: str, mission: str | None
) -> None:
    path = Path(named)

    assert missions_folder(path) == missions.resolve()
    assert history_folder(Path("/state"), path) == history_folder(Path("/state"), missions)
    assert mission_at(path) == mission


def test_inside_a_folder_mission_here_is_the_mission(
    missions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(missions / "platform")

    assert missions_folder(Path()) == missions.resolve()
    assert mission_at(Path()) == "platform"


def test_two_folders_have_two_histories(missions: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"

    first, second = history_folder(state, missions), history_folder(state, tmp_path)

    assert first != second
    assert first.parent == state / "history"
    assert len(first.name) == 32


def test_whose_history_it_is_stands_beside_it(missions: Path, tmp_path: Path) -> None:
    folder = history_folder(tmp_path / "state", missions)

    note_missions_folder(folder, missions / "chat-app.yaml")
    note_missions_folder(folder, missions)

    assert (folder / "folder.txt").read_text() == f"{missions.resolve()}\n"
    assert folder.stat().st_mode & 0o777 == 0o700
