"""Workers whose searches do what a test wants: a mission says by its title what."""

import ctypes
import os
import time
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue

from orchestrator_tui.domain.replanning import Impact, Replanning
from orchestrator_tui.io.own_python import own_python
from orchestrator_tui.live.planning.question import Question, Told
from orchestrator_tui.live.planning.worker import serve

ROOT = str(Path(__file__).parents[3])
WORDS = own_python(__name__, roots=(ROOT,))
"""The words that start `main` below."""
PATIENCE = 20


def main() -> None:
    serve(_answer, load=lambda: None)


def replanning(at: datetime, *notices: str, is_done: bool = True) -> Replanning:
    """Return an answer without options."""
    return Replanning(
        at=at,
        revision="r",
        triggers=(),
        impact=Impact(None, (), (), {}),
        options=(),
        is_done=is_done,
        notices=notices,
    )


def _answer(question: Question, told: Told) -> None:
    mission = question.known.mission
    assert mission is not None
    told(replanning(question.now, f"begun {os.getpid()} {os.getppid()}", is_done=False))
    act = _ACTS[mission.title]
    if question.has_solver:
        act()
    told(replanning(question.now, f"answered {mission.title} {_solver()} the solver"))


def _solver() -> str:
    """Say whether a search could load the solver."""
    try:
        import_module("ortools")
    except ImportError:
        return "without"
    return "with"


def _forever() -> None:
    while True:
        time.sleep(60)


def _segfault() -> None:
    ctypes.string_at(0)


_ACTS: dict[str, Callable[[], object]] = {
    "answer": lambda: None,
    "forever": _forever,
    "segfault": _segfault,
    "eat memory": lambda: bytearray(5 << 30),
    "exit": lambda: os._exit(3),
    "print": lambda: (print("x" * 100_000), os.write(2, b"y")),
}


class Heard:
    """What a planner told, in order; waits for it."""

    def __init__(self) -> None:
        self._told: SimpleQueue[Replanning | str] = SimpleQueue()

    def told(self, found: Replanning) -> None:
        self._told.put(found)

    def failed(self, why: str) -> None:
        self._told.put(why)

    def next(self) -> Replanning | str:
        return self._told.get(timeout=PATIENCE)

    def last(self) -> Replanning | str:
        """Return what was told at the end."""
        while True:
            each = self.next()
            if isinstance(each, str) or each.is_done:
                return each

    def pids(self) -> tuple[int, int]:
        """Return the processes of the search that begins: its own, and the worker's."""
        first = self.next()
        assert isinstance(first, Replanning)
        _, search, worker = first.notices[0].split()
        return int(search), int(worker)

    @property
    def is_silent(self) -> bool:
        return self._told.empty()
