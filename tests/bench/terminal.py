"""A real terminal for a process: a pty that is read as fast as it is written."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

ROWS, COLUMNS = 60, 160
PATIENCE_SECONDS = 30.0
REST_SECONDS = 1.2


class TerminalSilent(Exception):
    """The process wrote nothing of what was awaited in time."""


class Terminal:
    """The far end of a pty: what a process wrote, and when."""

    def __init__(self, child: subprocess.Popen[bytes], master: int) -> None:
        self.child = child
        self._master = master

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self.child.pid

    def wait_for(self, *awaited: bytes) -> float:
        """Return the time at which the last of `awaited` had been written."""
        missing = set(awaited)
        seen = b""
        end = perf_counter() + PATIENCE_SECONDS
        while missing:
            seen += self._read(end - perf_counter())
            at = perf_counter()
            missing = {each for each in missing if each not in seen}
            if at > end:
                raise TerminalSilent(f"{missing} was not among {seen[-2000:]!r}")
        return at

    def drain(self, seconds: float) -> int:
        """Read for a while, and return how many bytes came."""
        end = perf_counter() + seconds
        count = 0
        while (left := end - perf_counter()) > 0:
            count += len(self._read(left))
        return count

    def close(self) -> None:
        """End the process."""
        self.child.send_signal(signal.SIGTERM)
        try:
            while self.child.poll() is None:
                self._read(0.1)
        finally:
            os.close(self._master)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._master], [], [], max(seconds, 0))
        if not ready:
            return b""
        try:
            return os.read(self._master, 1 << 16)
        except OSError:  # the process has closed its end
            return b""


@contextmanager
def terminal(*command: str, state: str) -> Iterator[Terminal]:
    """Start `command` on a terminal of its own, with its state in the folder `state`."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    child = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        env=environment(state),
    )  # fmt: skip
    os.close(slave)
    opened = Terminal(child, master)
    try:
        yield opened
    finally:
        opened.close()


def let_rest() -> None:
    """Wait until files that were just written are no longer new.

    A file that changed in the last second would first have to come to rest.
    """
    select.select([], [], [], REST_SECONDS)


def environment(state: str) -> dict[str, str]:
    """Return the environment every measured process gets.

    It keeps and reads bytecode, as an installed program does.
    """
    inherited = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "ORCHESTRATOR_TUI_STATE": state,
    }
