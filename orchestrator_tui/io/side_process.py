"""A piece of work done by a process of its own, at once, while this one does something else.

Python threads share one processor; a forked process does not. It inherits everything that was
imported, so nothing is started anew.
"""

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Final, NoReturn

_CHUNK: Final = 1 << 20


class SideProcess:
    """One call of a function in a child, and the bytes that it returned."""

    def __init__(self, work: Callable[[], bytes], *, close: tuple[int, ...] = ()) -> None:
        """Begin; `close` names descriptors that only this process may hold open.

        Call this before any thread is started.
        """
        self._results, results = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            for each in (self._results, *close):
                os.close(each)
            _work_and_exit(work, results)
        os.close(results)

    def result(self, seconds: float) -> bytes:
        """Wait for at most `seconds`, and return what came; nothing where the work failed."""
        try:
            return self._received(monotonic() + seconds)
        finally:
            os.close(self._results)
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._child, 0)

    def _received(self, until: float) -> bytes:
        received = bytearray()
        waiting = select.poll()
        waiting.register(self._results, select.POLLIN | select.POLLHUP)
        while waiting.poll(max(0.0, until - monotonic()) * 1000):
            chunk = os.read(self._results, _CHUNK)
            if not chunk:
                return bytes(received)
            received += chunk
        return b""


def _work_and_exit(work: Callable[[], bytes], results: int) -> NoReturn:
    status = 1
    try:
        # Whatever a library says here would be said again where a person sees it.
        silence = os.open(os.devnull, os.O_RDWR)
        for each in range(3):
            os.dup2(silence, each)
        with os.fdopen(results, "wb") as pipe:
            pipe.write(work())
        status = 0
    finally:
        os._exit(status)
