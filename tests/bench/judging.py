"""What reading and assessing take inside one process."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.library import MissionLibrary, read_snapshot
from tests.bench.generator import (
    NOW,
    mission_text,
    part_of,
    shown_task,
    with_progress,
    write_parts,
)
from tests.bench.table import Row, row_of, timed

ASSESS_GOALS = ((100, 5), (1_000, 20), (10_000, 150))
RUNS = 9
IN_ONE_FILE = 1_000


def measure() -> Iterator[Row]:
    """Yield the rows of `assess` and of reading, for every size."""
    for tasks, goal in ASSESS_GOALS:
        with TemporaryDirectory() as name:
            yield from _one_size(Path(name), tasks, goal)


def _one_size(folder: Path, tasks: int, goal: int) -> Iterator[Row]:
    if tasks > IN_ONE_FILE:
        root = folder / "bench"
        write_parts(root, tasks)
        changed = root / part_of(shown_task(tasks))
    else:
        root = changed = folder / "bench.yaml"
        root.write_text(mission_text(tasks), encoding="utf-8")
    snapshot = read_snapshot(root, NOW)
    with without_collecting():  # as every round of the live loop, and every command
        runs = timed(lambda: assess(snapshot, NOW), RUNS)
    yield row_of(f"assess, {tasks:,} tasks", runs, goal=goal)
    yield row_of(
        f"first read, {tasks:,} tasks", timed(lambda: read_snapshot(root, NOW), max(3, RUNS // 2))
    )
    yield row_of(f"read after one change, {tasks:,} tasks", _changes(root, changed, tasks))


def _changes(root: Path, changed: Path, tasks: int) -> list[float]:
    library = MissionLibrary(root)
    library.refresh(NOW)
    taken = []
    for run in range(RUNS):
        text = with_progress(changed.read_text(encoding="utf-8"), shown_task(tasks), 41 + run)
        beside = changed.with_name(".beside")
        beside.write_text(text, encoding="utf-8")
        beside.replace(changed)
        now = NOW + timedelta(seconds=run)
        taken += timed(lambda at=now: library.refresh(at), 1)  # type: ignore[misc]  # bound now
    return taken
