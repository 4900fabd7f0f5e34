"""The missions that benchmarks run on."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.library import read_snapshot
from tests.bench.generator import (
    AGENTS,
    NOW,
    mission_text,
    part_of,
    shown_task,
    with_progress,
    write_parts,
)


def read(path: Path) -> Mission:
    """Return the mission at `path`, which must be without any problem."""
    (known,) = read_snapshot(path, NOW).missions
    assert known.problems == ()
    assert known.mission is not None
    return known.mission


def test_the_same_seed_gives_the_same_mission() -> None:
    assert mission_text(100, seed=7) == mission_text(100, seed=7)
    assert mission_text(100, seed=7) != mission_text(100, seed=8)


@pytest.mark.parametrize("tasks", [60, 100, 1_000])
def test_a_mission_is_valid_and_of_the_size_asked_for(tmp_path: Path, tasks: int) -> None:
    path = tmp_path / "bench.yaml"
    path.write_text(mission_text(tasks), encoding="utf-8")

    mission = read(path)

    assert (len(mission.tasks), len(mission.agents)) == (tasks, AGENTS)


def test_parts_hold_the_same_tasks_as_one_file(tmp_path: Path) -> None:
    write_parts(tmp_path / "parts", 1_200)
    (tmp_path / "whole.yaml").write_text(mission_text(1_200), encoding="utf-8")

    assert read(tmp_path / "parts").tasks == read(tmp_path / "whole.yaml").tasks


def test_a_change_of_progress_changes_one_line() -> None:
    before = mission_text(100)

    after = with_progress(before, shown_task(100), 77)

    differing = [
        (old, new)
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True)
        if old != new
    ]
    assert [new for _, new in differing] == ["    progress: 77"]


def test_the_task_that_is_shown_is_in_its_part(tmp_path: Path) -> None:
    write_parts(tmp_path / "parts", 1_200)

    part = tmp_path / "parts" / part_of(shown_task(1_200))

    assert f"task-{shown_task(1_200):05}:" in part.read_text(encoding="utf-8")
