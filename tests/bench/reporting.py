"""What it costs an agent to report, alone and among twenty."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from orchestrator_tui.domain.deeds import Report
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.editing.present import FilesRead
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.mission_edit import edit_mission
from tests.bench.generator import mission_text
from tests.bench.table import Row, row_of
from tests.bench.terminal import environment, let_rest

RUNS = 15
REPORT_GOAL = 250
TIMES_SMALL = 1.5
EDIT_GOAL = 40
WRITERS, REPORTS = 20, 20
RATE_GOAL_MILLISECONDS = 50
"""Twenty reports a second, all writers together."""
AGENT = "agent-03"


def measure() -> Iterator[Row]:
    """Yield the rows of reports as processes, and of edits inside one."""
    with TemporaryDirectory() as missions, TemporaryDirectory() as state:
        small, large = (_written(Path(missions), tasks) for tasks in (100, 1000))
        let_rest()
        bare = [_seconds([sys.executable, "-c", "pass"], state) for _ in range(RUNS)]
        yield row_of("floor: a Python process that does nothing", bare)
        at_small, at_large = [], []
        for turn in range(RUNS):
            at_small.append(_report(small, state, turn))
            at_large.append(_report(large, state, turn))
        yield row_of("report, whole process, 100 tasks", at_small, goal=REPORT_GOAL)
        floor = sorted(at_small)[RUNS // 2] * 1000
        yield row_of(
            "report, whole process, 1,000 tasks (to that at 100)",
            at_large,
            floor=floor,
            times_floor=TIMES_SMALL,
        )
        yield from _together(small, state)
        yield row_of("edit of 1,000 tasks, in process", _edits(large, state), goal=EDIT_GOAL)


def _written(folder: Path, tasks: int) -> Path:
    path = folder / f"bench-{tasks}.yaml"
    path.write_text(mission_text(tasks), encoding="utf-8")
    return path


def _command(path: Path, agent: str, progress: int) -> list[str]:
    command = [sys.executable, "-m", "orchestrator_tui", "report", str(path), "--agent", agent]
    return [*command, "--progress", str(progress)]


def _report(path: Path, state: str, turn: int) -> float:
    return _seconds(_command(path, AGENT, 10 + turn), state)


def _seconds(command: list[str], state: str) -> float:
    start = perf_counter()
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(state),
        check=True,
    )
    return perf_counter() - start


def _together(path: Path, state: str) -> Iterator[Row]:
    """Yield how long a report takes where twenty agents report at once, and none is lost."""
    agents = [f"agent-{each:02}" for each in range(WRITERS)]
    command = [sys.executable, "-m", "tests.writers.worker", "report", str(path), state]
    writers = [
        subprocess.Popen(
            [*command, agent, "0", str(REPORTS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(state),
        )
        for agent in agents
    ]
    for each in writers:
        assert each.stdout is not None
        each.stdout.readline()  # from here on all of them are at work
    start = perf_counter()
    for each in writers:
        each.communicate()
        assert each.returncode == 0
    taken = perf_counter() - start
    _assert_none_lost(path, agents, REPORTS - 1)
    yield row_of(
        f"{WRITERS} processes at once, per report (20 a second)",
        [taken / (WRITERS * (REPORTS - 1))],
        goal=RATE_GOAL_MILLISECONDS,
    )

    def report(agent: str) -> None:
        _seconds(_command(path, agent, 50), state)

    start = perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(report, agents))
    taken = perf_counter() - start
    _assert_none_lost(path, agents, 50)
    yield row_of(f"{WRITERS} new processes at once, per report", [taken / WRITERS])


def _assert_none_lost(path: Path, agents: list[str], progress: int) -> None:
    mission = read_snapshot(path, system_clock()).missions[0].mission
    assert mission is not None
    for agent in agents:
        task = mission.tasks[mission.agents[AgentId(agent)].task or TaskId("")]
        assert task.progress == progress, "a report was lost"


def _edits(path: Path, state: str) -> list[float]:
    """Return the seconds of edits by a program that keeps what it read, as the app does."""
    now = system_clock()
    known = FilesRead()
    taken = []
    for turn in range(RUNS + 1):
        deed = Report(agent=AgentId(AGENT), progress=30.0 + turn)
        start = perf_counter()
        edit_mission(
            path,
            lambda mission, deed=deed: edits_of(mission, deed, now),  # type: ignore[misc]  # its default
            state=Path(state),
            known=known,
        )
        taken.append(perf_counter() - start)
    return taken[1:]
