"""Drafts of which there is no note: of a writer with another state folder, or of one long dead."""

from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.editing.commit import Workplace
from orchestrator_tui.io.editing.drafts import Change, draft_of
from orchestrator_tui.io.editing.leftovers import settle_strays
from tests.io.editing.writing import TEXT, left_in, mission_file

NEW = TEXT.replace("progress: 10", "progress: 50")
LATER = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        pytest.param(TEXT, False, id="the old version"),
        pytest.param(NEW, False, id="the new version"),
        pytest.param("", False, id="nothing"),
        pytest.param(TEXT.replace("2h", "9h"), True, id="a version that nobody has seen"),
    ],
)
def test_an_old_stray_goes_and_what_is_in_it_alone_is_kept(
    tmp_path: Path, text: str, *, is_kept: bool
) -> None:
    path, workplace = _with_stray(tmp_path, text)

    notices = settle_strays([path], workplace, system_clock() + LATER)

    kept = [each.read_text() for each in workplace.rescued.glob("*")]
    assert left_in(tmp_path) == []
    assert kept == ([text] if is_kept else [])
    assert len(notices) == len(kept)


def test_a_young_stray_may_have_a_living_writer(tmp_path: Path) -> None:
    path, workplace = _with_stray(tmp_path, NEW)

    settle_strays([path], workplace, system_clock())

    assert len(left_in(tmp_path)) == 1


@pytest.mark.parametrize("name", [".m.yaml.swp", ".#m.yaml", ".m.yaml.1.orch-tmp", ".env"])
def test_hidden_files_of_others_are_left_alone(tmp_path: Path, name: str) -> None:
    path = mission_file(tmp_path)
    path.with_name(name).write_text("theirs")
    workplace = Workplace(tmp_path / "intents", tmp_path / "rescued")

    settle_strays([path], workplace, system_clock() + LATER)

    assert path.with_name(name).read_text() == "theirs"


def test_strays_of_another_mission_are_left_alone(tmp_path: Path) -> None:
    _, workplace = _with_stray(tmp_path, NEW)
    other = mission_file(tmp_path, name="other.yaml")

    settle_strays([other], workplace, system_clock() + LATER)

    assert len(left_in(tmp_path)) == 1


def test_a_name_of_any_length_has_room_for_its_draft(tmp_path: Path) -> None:
    path = mission_file(tmp_path, name="ü" * 120 + ".yaml")

    draft = draft_of(Change(path, TEXT.encode(), NEW.encode()), path.parent)
    draft.hidden.write_text(NEW)
    settle_strays([path], Workplace(tmp_path / "i", tmp_path / "r"), system_clock() + LATER)

    assert left_in(tmp_path) == []


def _with_stray(place: Path, text: str) -> tuple[Path, Workplace]:
    path = mission_file(place)
    draft = draft_of(Change(path, TEXT.encode(), NEW.encode()), path.parent)
    draft.hidden.write_text(text)
    return path, Workplace(place / "intents", place / "rescued")
