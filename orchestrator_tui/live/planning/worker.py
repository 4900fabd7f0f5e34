"""The worker: loads the solver once, and forks a search for every question it is asked.

It is a program of its own. It has no thread, so forking is safe; it reads no file and runs no
search itself, so it is always there to end one. It ends with whoever started it.
"""

import gc
import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final

from orchestrator_tui.io.commands.process_tree import LINUX
from orchestrator_tui.io.commands.starting import PARENT_DEATH_SIGNAL, ask_linux
from orchestrator_tui.live.planning.beside import beside
from orchestrator_tui.live.planning.frames import Frame, Incoming, Kind
from orchestrator_tui.live.planning.question import Answer, Question, Told
from orchestrator_tui.live.planning.search import Search

BACKGROUND: Final = 10
"""How much it gives way to others, with its searches: to the screen above all."""
_CHUNK: Final = 1 << 16


def main() -> None:
    """Answer questions until nobody asks any more."""
    from orchestrator_tui.engine.replanning.planning import replan  # noqa: PLC0415 - only here

    def plans_for(question: Question, told: Told) -> None:
        replan(
            question.known,
            question.now,
            order=question.order,
            clock=monotonic,
            told=told,
            goes_on=lambda: True,
            beside=beside,
        )

    serve(plans_for, load=_load_the_solver)


def serve(answer: Answer, *, load: Callable[[], object]) -> None:
    """Search for every question with `answer` until the standard input ends.

    What `load` brings along, every search has at once.
    """
    ask_linux(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    os.nice(BACKGROUND)
    orders, answers = own_pipes()
    _Worker(answer, load, orders=orders, answers=answers).run()


def own_pipes() -> tuple[int, int]:
    """Return the standard input and output; what a library reads or writes goes nowhere."""
    orders, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for each in range(3):
        os.dup2(nowhere, each)
    return orders, answers


def _load_the_solver() -> None:
    if not LINUX:
        return  # elsewhere what it brings along may not outlive a fork
    with suppress(ImportError):
        from ortools.sat.python import cp_model  # noqa: F401, PLC0415 - heavy, and only here


class _Worker:
    """Answers the newest question that came, and no other."""

    def __init__(
        self, answer: Answer, load: Callable[[], object], *, orders: int, answers: int
    ) -> None:
        self._answer = answer
        self._load = load
        self._orders = orders
        self._answers = answers
        self._incoming = Incoming()
        self._search: Search | None = None
        self._is_to_load = False

    def run(self) -> None:
        """Serve until nobody asks any more."""
        try:
            while self._turn():
                pass
        except BrokenPipeError:
            pass
        finally:
            self._stop()

    def _turn(self) -> bool:
        """Wait until there is something to do, and do it; say whether somebody still asks."""
        waiting = select.poll()
        waiting.register(self._orders, select.POLLIN | select.POLLHUP)
        if self._search is not None:
            waiting.register(self._search.reading, select.POLLIN | select.POLLHUP)
        is_idle = self._is_to_load and self._search is None
        ready = {each for each, _ in waiting.poll(0 if is_idle else None)}
        if not ready:
            self._warm_up()
        elif self._orders in ready:
            piece = os.read(self._orders, _CHUNK)
            for frame in self._incoming.feed(piece):
                self._obey(frame)
            return bool(piece)
        elif self._search is not None:
            for frame in self._search.receive():
                frame.write_to(self._answers)
                if frame.kind is Kind.ENDED:
                    self._search = None
        return True

    def _obey(self, frame: Frame) -> None:
        match frame.kind:
            case Kind.WARM_UP:
                self._is_to_load = True
            case Kind.QUESTION:
                self._stop()
                pipes = (self._orders, self._answers)
                self._search = Search(frame, self._answer, close=pipes)
            case _:
                self._stop()

    def _warm_up(self) -> None:
        """Load what searches need; one that is asked for by now would rather begin."""
        self._is_to_load = False
        self._load()
        gc.freeze()  # what is shared with a fork stays shared
        Frame(Kind.WARM).write_to(self._answers)

    def _stop(self) -> None:
        if self._search is not None:
            self._search.kill()
            self._search = None
