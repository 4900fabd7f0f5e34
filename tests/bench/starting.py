"""From the start of a process to its first full frame, and to its output."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench import bare_app
from tests.bench.generator import AGENTS, mission_text
from tests.bench.table import Row, row_of
from tests.bench.terminal import environment, let_rest, terminal

RUNS = 9
TIMES_BARE = 2.0
STATUS_GOAL = 350
TASKS = 100
SETTLING_SECONDS = 0.2


def measure() -> Iterator[Row]:
    """Yield the rows of the start, the bare app's first."""
    with TemporaryDirectory() as name, TemporaryDirectory() as state:
        path = Path(name) / "bench.yaml"
        path.write_text(mission_text(TASKS), encoding="utf-8")
        let_rest()
        ours, bare = [], []
        for _ in range(RUNS):  # in turns, so that both meet the same machine
            bare.append(_frame(state, [bare_app.__file__], b"bare and ready"))
            ours.append(_frame(state, ["-m", "orchestrator_tui", str(path)], *_last_agents()))
        floor = median(bare) * 1000
        yield row_of("floor: bare Textual app, start → frame", bare)
        yield row_of(
            f"start → first full frame, {AGENTS} agents", ours, floor=floor, times_floor=TIMES_BARE
        )
        yield row_of(
            f"status --json, whole process, {TASKS} tasks", _status(path, state), goal=STATUS_GOAL
        )


def _last_agents() -> tuple[bytes, ...]:
    return tuple(f"agent-{each:02}".encode() for each in range(AGENTS))


def _frame(state: str, arguments: list[str], *awaited: bytes) -> float:
    start = perf_counter()
    with terminal(sys.executable, *arguments, state=state) as app:
        at = app.wait_for(*awaited)
        app.drain(SETTLING_SECONDS)
        return at - start


def _status(path: Path, state: str) -> list[float]:
    command = [sys.executable, "-m", "orchestrator_tui", "status", str(path), "--json"]
    command += ["--at", "2026-11-20T12:00:00Z"]
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(state), check=True)
        taken.append(perf_counter() - start)
    return taken
