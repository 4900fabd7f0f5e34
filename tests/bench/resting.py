"""What the app takes while nothing happens."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.generator import AGENTS, mission_text
from tests.bench.table import Row
from tests.bench.terminal import let_rest, terminal

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
        let_rest()
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
    """Return the processor time of a process and of all that it started."""
    ticks = sum(sum(_stat(each)[STAT_UTIME : STAT_STIME + 1]) for each in _family(pid))
    return ticks / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    """Return the memory of a process and of all that it started, shared pages counted once."""
    return sum(_proportional_kilobytes(each) for each in _family(pid)) / 1000


def _family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    family = [pid]
    for each in family:
        for task in Path(f"/proc/{each}/task").iterdir():
            family.extend(map(int, (task / "children").read_text(encoding="utf-8").split()))
    return family


def _stat(pid: int) -> list[int]:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return [int(each) if each.lstrip("-").isdigit() else 0 for each in fields]


def _proportional_kilobytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(float(each.split()[1]) for each in lines if each.startswith("Pss:")) * 1.024
