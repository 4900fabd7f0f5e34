"""The worker process, seen from the program that asks it."""

import os
import select
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Final

from orchestrator_tui.io.own_python import own_python
from orchestrator_tui.live.planning.frames import Frame, Incoming

WORKER: Final = own_python("orchestrator_tui.live.planning.worker")
"""The words that start it."""
GRACE_SECONDS: Final = 0.3
"""How long it may take to end by itself; then nothing is left of its search either."""
_LINKED_BY: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables that an interpreter may need to start at all."""
_ALONE: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""Libraries that start threads as they load would make it one that must not fork."""
_CHUNK: Final = 1 << 20


class WorkerProcess:
    """A worker and the pipes to it; nothing here waits for it."""

    def __init__(self, words: Sequence[str]) -> None:
        """Start it; raises OSError. It ends when the thread that calls this ends, at the latest."""
        self._child = subprocess.Popen(  # noqa: S603 - this interpreter, and words that are fixed
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ALONE | {each: os.environ[each] for each in _LINKED_BY if each in os.environ},
            start_new_session=True,
            bufsize=0,
        )
        self._orders, self._answers = _pipes(self._child)
        self._outgoing = bytearray()
        self._incoming = Incoming()
        self._may_search = False
        """Whether it has said anything: it says so before it searches."""

    def send(self, frame: Frame) -> None:
        """Let a frame go out as the worker takes it."""
        self._outgoing += frame.packed()

    def register(self, waiting: select.poll) -> None:
        """Let `waiting` wait until there is something to exchange."""
        waiting.register(self._answers, select.POLLIN | select.POLLHUP)
        if self._outgoing:
            waiting.register(self._orders, select.POLLOUT)

    def exchange(self) -> list[Frame]:
        """Write and read what goes without waiting; raises EOFError where it has ended."""
        with suppress(BlockingIOError, BrokenPipeError):
            while self._outgoing:
                del self._outgoing[: os.write(self._orders.fileno(), self._outgoing[:_CHUNK])]
        try:
            piece = os.read(self._answers.fileno(), _CHUNK)
        except BlockingIOError:
            return []
        if not piece:
            raise EOFError
        frames = list(self._incoming.feed(piece))
        self._may_search = self._may_search or bool(frames)
        return frames

    def end(self) -> None:
        """End it and the search that it forked."""
        self._orders.close()
        try:
            self._child.wait(GRACE_SECONDS if self._may_search else 0)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        self._answers.close()


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:  # pragma: no cover - both were asked for
        raise OSError(0, "the worker has no pipes")
    for each in (child.stdin, child.stdout):
        os.set_blocking(each.fileno(), False)
    return child.stdin, child.stdout
