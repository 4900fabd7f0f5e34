"""One search for plans, in a process that is forked for it.

Whatever happens to it costs this search alone: a fault of the solver, memory that ends, a kill.
"""

import os
import resource
import signal
import sys
from contextlib import suppress
from math import ceil
from typing import Final, NoReturn

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.commands.limits import LIMITS
from orchestrator_tui.io.commands.starting import PARENT_DEATH_SIGNAL, ask_linux
from orchestrator_tui.live.planning.frames import Frame, Incoming, Kind, pickled, unpickled
from orchestrator_tui.live.planning.question import Answer, Question, patience_seconds

SPARE_SECONDS: Final = 2
"""After which it ends itself if nobody did."""
SOLVER: Final = "ortools"
_CHUNK: Final = 1 << 16
_LONGEST_WHY: Final = 200


class Search:
    """A search that is under way, as its worker sees it."""

    def __init__(self, asked: Frame, answer: Answer, *, close: tuple[int, ...]) -> None:
        """Begin; `close` names descriptors that only the worker may hold open."""
        self.number = asked.number
        self._incoming = Incoming()
        self.reading, writing = os.pipe()
        worker = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            for each in (self.reading, *close):
                os.close(each)
            _search_and_exit(asked, answer, writing, worker=worker)
        os.close(writing)

    def receive(self) -> list[Frame]:
        """Return what has come; the last frame says when the search is over."""
        piece = os.read(self.reading, _CHUNK)
        if piece:
            return list(self._incoming.feed(piece))
        _, status = os.waitpid(self._process, 0)
        os.close(self.reading)
        return [Frame(Kind.ENDED, self.number, pickled(_why(status)))]

    def kill(self) -> None:
        """End it, wherever it is."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self.reading)


def _why(status: int) -> str:
    """Return what ended a process; nothing where it ended by itself."""
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return ""
    if code > 0:
        return f"the search exited with {code}"
    return f"the search was ended by {signal.Signals(-code).name}"


def _search_and_exit(asked: Frame, answer: Answer, writing: int, *, worker: int) -> NoReturn:
    status = 1
    try:
        _prepare(worker)
        _search(asked, answer, writing)
        status = 0
    finally:
        os._exit(status)


def _prepare(worker: int) -> None:
    """Make this process one that ends with its worker, and takes no more memory than it may."""
    ask_linux(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != worker:  # it ended before that was asked for
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # not every system keeps it
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = LIMITS.memory_bytes
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _search(asked: Frame, answer: Answer, writing: int) -> None:
    def say(kind: Kind, message: object) -> None:
        Frame(kind, asked.number, pickled(message)).write_to(writing)

    try:
        question = _question_in(asked)
        signal.alarm(ceil(patience_seconds(question.order)) + SPARE_SECONDS)
        if not question.has_solver:
            _leave_out_the_solver()
        say(Kind.BEGUN, None)
        answer(question, lambda found: say(Kind.ANSWER, found))
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is costs this search alone
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        say(Kind.FAILED, plain_text(f"the search failed: {said}", limit=_LONGEST_WHY))


def _question_in(asked: Frame) -> Question:
    found = unpickled(asked.payload)
    if not isinstance(found, Question):
        raise TypeError("it is no question")
    return found


def _leave_out_the_solver() -> None:
    """Let imports of the solver fail from here on, as they do where it is not installed."""
    for name in [*sys.modules]:
        if name.partition(".")[0] == SOLVER:
            sys.modules[name] = None  # type: ignore[assignment]  # what the import system documents
    sys.modules[SOLVER] = None  # type: ignore[assignment]  # as above
