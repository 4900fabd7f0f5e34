"""What the app takes while nothing happens."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.generator import AGENTS, mission_text
from tests.bench.table import Row
from tests.bench.terminal import terminal

WATCHED_SECONDS = 20.0
WARM_UP_SECONDS = 3.0
CPU_GOAL = 1.0
MEMORY_GOAL = 80.0
STAT_UTIME, STAT_STIME = 11, 12
"""Where the ticks stand after the name of the process in /proc/PID/stat."""


def measure() -> Iterator[Row]:
    """Yield the share of a core and the memory of an app that is left alone."""
    with TemporaryDirectory() as name, TemporaryDirectory() as state:
        path = Path(name) / "bench.yaml"
        path.write_text(mission_text(100), encoding="utf-8")
        with terminal(sys.executable, "-m", "orchestrator_tui", str(path), state=state) as app:
            app.wait_for(b"agent-00")
            app.drain(WARM_UP_SECONDS)
            before, start = _cpu_seconds(app.pid), perf_counter()
            written = app.drain(WATCHED_SECONDS)
            spent, passed = _cpu_seconds(app.pid) - before, perf_counter() - start
            yield Row(
                f"idle, one-second clock, {AGENTS} agents", 100 * spent / passed, unit="%",
                goal=CPU_GOAL,
            )  # fmt: skip
            yield Row("idle, bytes a second on the terminal", written / passed, unit="B")
            yield Row("idle, resident memory", _megabytes(app.pid), unit="MB", goal=MEMORY_GOAL)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[STAT_UTIME]) + int(fields[STAT_STIME])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
