"""Writers that die: real processes, killed where the test says."""

import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from orchestrator_tui.io.editing.points import Failpoint
from tests.io.editing.writing import once


def in_a_process_of_its_own(act: Callable[[], object]) -> int:
    """Return how a process ended that did `act`: 0, or the signal that killed it, negated."""
    return os.waitstatus_to_exitcode(os.waitpid(_started(act), 0)[1])


@contextmanager
def beside(act: Callable[[], object]) -> Iterator[int]:
    """Let a process of its own, whose id is yielded, do `act` meanwhile; it must end well."""
    child = _started(act)
    try:
        yield child
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    assert os.waitpid(child, 0)[1] == 0


def _started(act: Callable[[], object]) -> int:
    with warnings.catch_warnings():
        # the child touches none of what the threads of a test runner share
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return child


def dies_at(point: str, act: Callable[[Failpoint], object]) -> bool:
    """Say whether a process that did `act` passed `point`, where it was killed."""
    ended = in_a_process_of_its_own(lambda: act(once(point, kill)))
    assert ended in {0, -signal.SIGKILL}
    return ended != 0


def kill() -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)
