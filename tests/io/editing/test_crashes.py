"""Writers killed at every point of a write: the next one finds the old or the new, and goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.points import Failpoint
from orchestrator_tui.io.mission_edit import edit_mission
from tests.io.editing.dying import dies_at
from tests.io.editing.writing import (
    TEXT,
    Write,
    both,
    left_in,
    mission_file,
    mission_folder,
    once,
    progress,
    put,
    rename_into,
    rewrite,
    state_of,
    task_at,
    write_over,
)

PASSED = tuple(
    each
    for each in points.POINTS
    if each not in {points.FOUND_ANOTHER, points.PUT_BACK, points.OVERWRITING}
)
"""What a write passes that meets nobody."""
WRITERS = [pytest.param(rename_into, id="rename"), pytest.param(write_over, id="in place")]
OTHER = ("progress: 20", "progress: 77")
SEVENTY = Put(("tasks", "one", "progress"), 70)
BLOCKED = Put(("agents", "ada", "state"), "BLOCKED")


@pytest.mark.parametrize("point", PASSED)
def test_a_killed_writer_leaves_the_old_or_the_new_file(tmp_path: Path, point: str) -> None:
    path = mission_file(tmp_path)

    assert dies_at(point, lambda reached: progress(path, 50, failpoint=reached))

    assert path.read_text() in {TEXT, TEXT.replace("progress: 10", "progress: 50")}


@pytest.mark.parametrize("point", PASSED)
def test_after_a_killed_writer_the_next_one_goes_on(tmp_path: Path, point: str) -> None:
    path = mission_file(tmp_path)
    dies_at(point, lambda reached: progress(path, 50, failpoint=reached))

    written = put(path, Put(("tasks", "two", "progress"), 60))

    assert task_at(path, "two").progress == 60
    assert task_at(path).progress in {10, 50}
    assert written.notices == ()
    assert left_in(tmp_path) == []
    assert list(state_of(path).rglob("*.intent")) == []


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("point", points.POINTS)
def test_what_another_wrote_meanwhile_outlives_a_killed_writer(
    tmp_path: Path, point: str, write: Write
) -> None:
    path = mission_file(tmp_path)

    def act(reached: Failpoint) -> None:
        meets = once(points.CHECKED, lambda: rewrite(path, *OTHER, write))
        progress(path, 50, failpoint=both(meets, reached))

    dies_at(point, act)
    progress(path, 90)

    assert task_at(path).progress == 90
    assert task_at(path, "two").progress in ({77} if _was_met(point) else {20, 77})
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("point", PASSED)
def test_files_of_one_edit_are_all_old_or_all_new_after_a_crash(tmp_path: Path, point: str) -> None:
    path = _folder(tmp_path)
    dies_at(point, lambda reached: put(path, BLOCKED, SEVENTY, failpoint=reached))

    put(path)

    has_state = "BLOCKED" in (path / "agents" / "ada.yaml").read_text()
    has_progress = "progress: 70" in (path / "plan.yaml").read_text()
    assert has_state == has_progress
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("point", [points.EXCHANGED, points.LOOKED])
def test_a_crash_between_two_files_is_completed(tmp_path: Path, point: str) -> None:
    path = _folder(tmp_path)
    dies_at(point, lambda reached: put(path, BLOCKED, SEVENTY, failpoint=reached))

    put(path)

    assert "BLOCKED" in (path / "agents" / "ada.yaml").read_text()
    assert "progress: 70" in (path / "plan.yaml").read_text()


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda path: rewrite(path, "# a guess", "# they say"), id="a comment"),
        pytest.param(lambda path: rewrite(path, "estimate: 2h", "estimate: 3h"), id="a fact"),
    ],
)
def test_a_version_that_only_the_dead_writer_had_is_merged(
    tmp_path: Path, act: Callable[[Path], None]
) -> None:
    path = mission_file(tmp_path)

    def dying(reached: Failpoint) -> None:
        met = once(points.CHECKED, lambda: act(path))
        progress(path, 50, failpoint=both(met, reached))

    assert dies_at(points.EXCHANGED, dying)
    put(path, Put(("tasks", "two", "quality"), 90))

    merged = path.read_text()
    assert "# they say" in merged or "estimate: 3h" in merged
    assert "progress: 50" in merged
    assert "quality: 90" in merged
    assert left_in(tmp_path) == []


def test_a_version_that_makes_no_sense_is_kept_aside(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    def dying(reached: Failpoint) -> None:
        met = once(points.CHECKED, lambda: rename_into(path, TEXT + "nonsense\n"))
        progress(path, 50, failpoint=both(met, reached))

    dies_at(points.EXCHANGED, dying)
    written = progress(path, 60)

    (kept,) = (state_of(path) / "rescued").iterdir()
    assert kept.read_text() == TEXT + "nonsense\n"
    assert str(kept) in written.notices[0]
    assert task_at(path).progress == 60
    assert left_in(tmp_path) == []


def test_a_dead_writer_holds_no_lock(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    dies_at(points.DRAFTED, lambda reached: progress(path, 50, failpoint=reached))

    written = edit_mission(path, lambda _: [SEVENTY], state=state_of(path), patience_seconds=0.0)

    assert written.files == (path,)


def _was_met(point: str) -> bool:
    """Say whether the other program had written by then."""
    return points.POINTS.index(point) > points.POINTS.index(points.CHECKED)


def _folder(place: Path) -> Path:
    return mission_folder(
        place,
        mission="mission: Alpha\nstarted: 2024-01-15T08:00Z\n",
        agents__ada="agents:\n  ada:\n    state: ACTIVE\n",
        plan="tasks:\n  one:\n    estimate: 4h\n    agent: ada\n",
    )
