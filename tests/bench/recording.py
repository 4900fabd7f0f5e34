"""What the history costs: to append, to decide, and to look back over a million events."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from tests.bench.generator import mission_text
from tests.bench.table import Row, row_of, timed
from tests.bench.terminal import environment, let_rest

APPENDS = 500
RULINGS = 50
LOOKS = 7
MANY = 1_000_000
BATCH = 1_000
DAYS = 100
APPEND_GOAL, RULING_GOAL, LOOK_GOAL = 1, 10, 300
MISSION = MissionId("bench")


def measure() -> Iterator[Row]:
    """Yield the rows of appending, of a person's decisions, and of looking back."""
    with TemporaryDirectory() as missions, TemporaryDirectory() as state:
        path = Path(missions) / "bench.yaml"
        path.write_text(mission_text(100), encoding="utf-8")
        folder = history_folder(Path(state), path)
        let_rest()
        with History.open(folder, clock=system_clock) as history:
            yield row_of("event appended", _appends(history), goal=APPEND_GOAL)
            _fill(history)
        with Rulings.open(folder) as rulings:
            taken = timed(lambda: rulings.take(_ruling()), RULINGS)
        yield row_of("ruling taken, on disk twice", taken, goal=RULING_GOAL)
        yield row_of(
            f"history --since 1d of {MANY:,} events, whole process",
            _looks(path, state),
            goal=LOOK_GOAL,
        )


def _event(number: int) -> Event:
    return Event(
        system_clock(), EventKind.TASK_PROGRESSED, f"task-{number % 100}", f"Task {number} went on"
    )


def _appends(history: History) -> list[float]:
    taken = []
    for number in range(APPENDS):
        event = _event(number)
        start = perf_counter()
        history.append(MISSION, [event], seen=event.at, version=None, revision="")
        taken.append(perf_counter() - start)
    return taken


def _fill(history: History) -> None:
    """Let a million events have happened in a hundred days."""
    now = system_clock()
    for first in range(0, MANY, BATCH):
        seen = now - timedelta(days=DAYS) * (1 - first / MANY)
        events = [_event(number) for number in range(first, first + BATCH)]
        history.append(MISSION, events, seen=seen, version=None, revision="")


def _ruling() -> Ruling:
    return Ruling(
        id=uuid4().hex,
        at=system_clock(),
        mission=MISSION,
        kind=RulingKind.NOTED,
        subject="task-1",
        actor="bench",
        comment="worth remembering",
    )


def _looks(path: Path, state: str) -> list[float]:
    command = [sys.executable, "-m", "orchestrator_tui", "history", str(path), "--since", "1d"]
    taken = []
    for _ in range(LOOKS):
        start = perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(state), check=True)
        taken.append(perf_counter() - start)
    return taken
