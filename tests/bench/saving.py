"""From the save of a file to the changed bytes on the terminal."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench import floor
from tests.bench.generator import (
    mission_text,
    part_of,
    shown_task,
    with_progress,
    write_parts,
)
from tests.bench.table import Row, row_of
from tests.bench.terminal import Terminal, let_rest, terminal

SIZES = ((100, 40), (1_000, 100), (10_000, 250))
"""Tasks, and the milliseconds that a rename may take to be on the screen."""
IN_PLACE_MORE = 50
RUNS = 15
QUIET_SECONDS = 0.9
"""Between two saves: each meets an app at rest, which after a burst rests for half a second."""
IN_ONE_FILE = 1_000
"""Greater missions are folders of parts."""

Save = Callable[[Path, str], None]


def rename_into_place(path: Path, text: str) -> None:
    """Write beside the file, then rename over it."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def write_in_place(path: Path, text: str) -> None:
    """Empty the file and write it again."""
    path.write_text(text, encoding="utf-8")


def measure() -> Iterator[Row]:
    """Yield the rows of every size and both ways to save, the floor first."""
    least = _floor()
    yield row_of("floor: rename → inotify → one byte in a pipe", least)
    low = median(least) * 1000
    for tasks, goal in SIZES:
        yield row_of(
            f"rename → screen, {tasks:,} tasks", _saves(tasks, rename_into_place),
            goal=goal, floor=low,
        )  # fmt: skip
        yield row_of(
            f"in place → screen, {tasks:,} tasks", _saves(tasks, write_in_place),
            goal=goal + IN_PLACE_MORE, floor=low,
        )  # fmt: skip


def _floor() -> list[float]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        listener = subprocess.Popen(
            [sys.executable, floor.__file__, str(folder)], stdout=subprocess.PIPE
        )
        pipe = listener.stdout
        assert pipe is not None
        os.read(pipe.fileno(), 16)
        taken = []
        for run in range(RUNS):
            beside = folder / ".beside"
            beside.write_text(str(run), encoding="utf-8")
            os.read(pipe.fileno(), 16)
            start = perf_counter()
            beside.replace(folder / "file.yaml")
            os.read(pipe.fileno(), 16)
            taken.append(perf_counter() - start)
        listener.kill()
        listener.wait()
        pipe.close()
    return taken


def _saves(tasks: int, save: Save) -> list[float]:
    with TemporaryDirectory() as name, TemporaryDirectory() as state:
        root, changed = _written(Path(name), tasks)
        shown = shown_task(tasks)
        with terminal(sys.executable, "-m", "orchestrator_tui", str(root), state=state) as app:
            app.wait_for(b"agent-00")
            app.drain(3 * QUIET_SECONDS)
            return [
                _seen(app, changed, lambda text: save(changed, text), task=shown, percent=41 + run)
                for run in range(RUNS)
            ]


def _written(folder: Path, tasks: int) -> tuple[Path, Path]:
    """Return the mission, and the file that holds the task which the screen shows."""
    if tasks > IN_ONE_FILE:
        root = folder / "bench"
        write_parts(root, tasks)
        changed = root / part_of(shown_task(tasks))
    else:
        root = changed = folder / "bench.yaml"
        root.write_text(mission_text(tasks), encoding="utf-8")
    let_rest()
    return root, changed


def _seen(
    app: Terminal, path: Path, save: Callable[[str], None], *, task: int, percent: int
) -> float:
    """Return the seconds from a save to the bytes that show it."""
    text = with_progress(path.read_text(encoding="utf-8"), task, percent)
    app.drain(QUIET_SECONDS)
    start = perf_counter()
    save(text)
    return app.wait_for(f"{percent}%".encode()) - start
