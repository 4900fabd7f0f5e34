"""The dialogue with the worker: puts questions, tries again what crashed, ends what takes too long.

All of it happens in one thread: the worker ends with the thread that started it.
"""

import os
import select
from collections.abc import Sequence
from contextlib import suppress
from math import ceil
from time import monotonic
from typing import Final

from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.live.planning.asked import Asked
from orchestrator_tui.live.planning.frames import Frame, Kind, pickled, unpickled
from orchestrator_tui.live.planning.worker_process import WorkerProcess

_ENDED: Final = "the worker ended"
_NO_BEGIN: Final = "the worker did not begin"
_NO_ANSWER: Final = "the search ended without an answer"


class Dialogue:
    """A worker that is started when it is needed, and the question that it is asked."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare; `words` start the worker."""
        self._words = tuple(words)
        self._worker: WorkerProcess | None = None
        self._asked: Asked | None = None
        self._number = 0
        """Of the try that is under way: what comes of another one is too late."""

    def put(self, asked: Asked | None) -> None:
        """Ask this from now on, or nothing; what was asked before is dropped."""
        if self._asked is not None and asked is None:
            self._cancel()
        self._asked = asked
        if asked is not None:
            self._try()

    def start(self) -> None:
        """Start the worker where it is not there; a failure counts once something is asked."""
        with suppress(OSError):
            self._start(is_warm=True)

    def wait(self, wake: int) -> list[Frame]:
        """Wait until something comes, time is over, or somebody writes to `wake`."""
        waiting = select.poll()
        waiting.register(wake, select.POLLIN)
        if self._worker is not None:
            self._worker.register(waiting)
        if not waiting.poll(self._milliseconds_left()) and self._milliseconds_left() == 0:
            self._run_out_of_time()
        try:
            return [] if self._worker is None else self._worker.exchange()
        except EOFError:
            self.end()
            self._crash(_ENDED)
            return []

    def take(self, frame: Frame) -> None:
        """Take in what the worker says."""
        asked = self._asked
        if asked is None or frame.number != self._number:
            return
        match frame.kind:
            case Kind.BEGUN:
                asked.begun(monotonic())
            case Kind.ANSWER:
                found = unpickled(frame.payload)
                if isinstance(found, Replanning) and asked.answered(found):
                    self._asked = None
            case Kind.FAILED | Kind.ENDED:
                self._crash(str(unpickled(frame.payload) or _NO_ANSWER))
            case _:
                pass

    def end(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _start(self, *, is_warm: bool) -> WorkerProcess:
        if self._worker is None:
            self._worker = WorkerProcess(self._words)
            if is_warm:
                self._worker.send(Frame(Kind.WARM_UP))
        return self._worker

    def _try(self) -> None:
        asked = self._asked
        if asked is None:
            return
        self._number += 1
        try:
            # a solver that crashes as it is loaded is not loaded any more
            worker = self._start(is_warm=not asked.is_last_try)
        except OSError as error:
            self._asked = None
            asked.failed(f"the search cannot be started: {error.strerror}")
            return
        asked.sent(monotonic())
        worker.send(Frame(Kind.QUESTION, self._number, pickled(asked.as_tried_now())))

    def _crash(self, why: str) -> None:
        if self._asked is None:
            return
        if self._asked.crashed(why):
            self._try()
        else:
            self._asked = None

    def _cancel(self) -> None:
        if self._worker is not None:
            self._worker.send(Frame(Kind.CANCEL, self._number))

    def _milliseconds_left(self) -> int | None:
        if self._asked is None:
            return None
        return max(0, ceil((self._asked.until - monotonic()) * 1000))

    def _run_out_of_time(self) -> None:
        asked = self._asked
        if asked is None:
            return
        if asked.has_begun:
            self._asked = None
            self._cancel()
            asked.ran_out_of_time()
        else:
            self.end()
            self._crash(_NO_BEGIN)


def drain(descriptor: int) -> None:
    """Read what is there, however much that is."""
    try:
        while os.read(descriptor, 1 << 10):
            pass
    except BlockingIOError:
        pass
