"""One question put to the worker, and its answer waited for: in a thread that has nothing else."""

import select
from collections.abc import Sequence
from time import monotonic
from typing import Final

from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.io.own_python import own_python
from orchestrator_tui.live.forecasting.question import Prospect, Question
from orchestrator_tui.live.planning.frames import Frame, Kind, pickled, unpickled
from orchestrator_tui.live.planning.worker_process import WorkerProcess

WORKER: Final = own_python("orchestrator_tui.live.forecasting.worker")
"""The words that start it."""
PATIENCE_SECONDS: Final = 60.0
"""A question that takes longer is given up, and its worker ended."""
_MILLISECONDS: Final = 1000


class NoAnswer(OrchestratorError):
    """There is no answer, and why."""


class NotAnswered(NoAnswer):
    """The worker is there, and cannot answer this question."""


class Asking:
    """A worker that is started when it is needed.

    It belongs to the thread that asks: the worker ends with it.
    """

    def __init__(self, words: Sequence[str] = WORKER, *, wake: int) -> None:
        """Prepare; what is written to `wake` ends the waiting."""
        self._words = tuple(words)
        self._wake = wake
        self._worker: WorkerProcess | None = None
        self._number = 0

    def ask(self, question: Question) -> Prospect | None:
        """Return the answer; None where nobody waits for it any more.

        Raises NoAnswer where the worker cannot be started, failed, ended or took too long.
        """
        self._number += 1
        try:
            if self._worker is None:
                self._worker = WorkerProcess(self._words)
        except OSError as error:
            raise NoAnswer(f"forecasts cannot be drawn: {error.strerror}") from None
        self._worker.send(Frame(Kind.QUESTION, self._number, pickled(question)))
        return self._awaited(self._worker)

    def end(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _awaited(self, worker: WorkerProcess) -> Prospect | None:
        until = monotonic() + PATIENCE_SECONDS
        while (left := until - monotonic()) > 0:
            waiting = select.poll()
            waiting.register(self._wake, select.POLLIN)
            worker.register(waiting)
            if self._wake in {each for each, _ in waiting.poll(left * _MILLISECONDS)}:
                return None
            try:
                frames = worker.exchange()
            except EOFError:
                self.end()
                raise NoAnswer("forecasts are not drawn: the worker ended") from None
            for frame in frames:
                if frame.number == self._number:
                    return _told(frame)
        self.end()
        raise NoAnswer(f"forecasts are not drawn: it took longer than {PATIENCE_SECONDS:g} s")


def _told(frame: Frame) -> Prospect:
    found = unpickled(frame.payload)
    if frame.kind is not Kind.ANSWER or not isinstance(found, Prospect):
        raise NotAnswered(f"a forecast is not drawn: {found}")
    return found
