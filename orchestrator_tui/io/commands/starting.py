"""Starting a command: its limits, its session, its few open files.

Imported by the supervisor, so it imports only what starts quickly. It forks: never call it in a
process that has threads.
"""

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress

from orchestrator_tui.io.commands.order import Order
from orchestrator_tui.io.commands.process_tree import LINUX, process_ids

PARENT_DEATH_SIGNAL, CHILD_SUBREAPER, NO_NEW_PRIVILEGES = 1, 36, 38
"""Options of prctl(2)."""
FIRST_TO_GO = b"1000"
"""Chosen by the system before all others where memory ends."""
BACKGROUND = 10
"""How much it gives way to others: to the screen, and to the supervisor."""
NOT_EVERYWHERE = () if LINUX else (OSError, ValueError)
"""What it is to set a limit that a system has, and does not keep."""
MOST_WORDS = 4096


class NotStarted(Exception):
    """The command did not start; its text says why."""


def ask_linux(option: int, value: int) -> None:
    """Set an attribute of this process; elsewhere there is no such thing."""
    if LINUX:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def start(order: Order, output: int, tell: Callable[[int], None]) -> int:
    """Start the command, writing to `output`, and return its id; raises NotStarted.

    Its id is told before its program begins: that could end this process at once.
    """
    words, word = os.pipe()
    told, telling = os.pipe()
    limits = dict(order.of_a_process)
    if LINUX:
        limits["RLIMIT_NPROC"] = order.tasks + _tasks_of_this_user()
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    pid = os.fork()
    if pid == 0:
        os.close(telling)
        _become(order, limits, output, told=told, word=word)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for each in (word, told, output):
        os.close(each)
    tell(pid)
    with suppress(BrokenPipeError):  # it has failed already, and says why
        os.write(telling, b"\n")
    os.close(telling)
    why = os.read(words, MOST_WORDS)  # nothing, once the program has taken over
    os.close(words)
    if why:
        os.waitpid(pid, 0)
        raise NotStarted(why.decode("utf-8", "replace"))
    return pid


def _become(order: Order, limits: dict[str, int], output: int, *, told: int, word: int) -> None:
    """Become the command once that is told, or write to `word` why not; never returns."""
    try:
        _prepare(order, limits, output)
        if os.read(told, 1):
            os.execve(order.program, order.argv, order.environment)  # noqa: S606 - no shell is the point
    except (OSError, ValueError) as error:
        os.write(word, (getattr(error, "strerror", None) or str(error)).encode())
    finally:
        os._exit(127)


def _prepare(order: Order, limits: dict[str, int], output: int) -> None:
    """Make this process what the command runs in; raises OSError or ValueError."""
    # no terminal; and Linux shares processors between sessions, so the supervisor keeps its own
    os.setsid()
    ask_linux(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    ask_linux(NO_NEW_PRIVILEGES, 1)
    for each, standard in ((_input(order.given), 0), (output, 1), (output, 2)):
        os.dup2(each, standard)
    os.chdir(order.folder)
    if os.getcwdb() != order.folder:  # noqa: PTH109 - pathlib takes longer to start than this
        raise OSError(0, "its folder has been moved")
    os.nice(BACKGROUND)
    _be_first_to_go()
    for name, most in limits.items():
        _limit(getattr(resource, name), most)
    signal.set_wakeup_fd(-1)
    for each in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(each, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _input(given: bytes) -> int:
    """Return a descriptor from which `given` can be read.

    It is a file without a name, and no pipe: nobody has to write while the command reads.
    """
    if not given:
        return os.open(os.devnull, os.O_RDONLY)
    if LINUX:
        descriptor = os.memfd_create("input")
    else:
        import tempfile  # noqa: PLC0415 - slow, and seldom

        descriptor, path = tempfile.mkstemp()
        os.unlink(path)  # noqa: PTH108 - pathlib takes longer to start than this
    rest = memoryview(given)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _limit(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(*NOT_EVERYWHERE):
        resource.setrlimit(which, (most, most))


def _be_first_to_go() -> None:
    with suppress(OSError):  # a system without it
        descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(descriptor, FIRST_TO_GO)
        os.close(descriptor)


def _tasks_of_this_user() -> int:
    """Return how many processes and threads this user has now, as Linux counts them."""
    tasks = 0
    own = os.getuid()
    for pid in process_ids():
        with suppress(OSError), os.scandir(f"/proc/{pid}/task") as entries:
            tasks += sum(each.stat().st_uid == own for each in entries)
    return tasks
