"""A program in a terminal of its own: what it wrote, how it left the terminal, how it ended."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

DEADLINE_SECONDS = 20.0
MODES = {
    b"?1049": "alternate screen",
    b"?1000": "mouse",
    b"?1003": "mouse moves",
    b"?1006": "mouse format",
    b"?1004": "focus reports",
    b"?2004": "paste brackets",
}


class PtyProgram:
    """A started program; `guard` is the pid a shell would know, `app` its child."""

    def __init__(
        self, words: Sequence[str], environment: dict[str, str], *, folder: Path | None = None
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.written = b""
        self.program = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=folder,
            start_new_session=True,
            close_fds=True,
        )

    @property
    def guard(self) -> int:
        return self.program.pid

    @property
    def app(self) -> int:
        children = Path(f"/proc/{self.guard}/task/{self.guard}/children").read_text()
        return int(children.split()[0])

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def read_until(self, wanted: bytes | Callable[[bytes], bool]) -> bytes:
        """Return what was written until `wanted` is in it."""
        is_found = wanted if callable(wanted) else lambda text: wanted in text
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not is_found(self.written):
            ready, _, _ = select.select([self.master], [], [], deadline - time.monotonic())
            if not ready:
                raise AssertionError(f"never came: {wanted!r} in {self.written[-2000:]!r}")
            self.written += os.read(self.master, 65_536)
        return self.written

    def ended(self) -> int:
        """Wait for the end while reading, and return the exit status."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while self.program.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError("never ended")
            self._read_for(0.02)
        while self._read_for(0):
            pass
        return self.program.returncode

    def left_on(self) -> list[str]:
        """Return the names of what is still switched on in the terminal."""
        on = []
        for code, name in MODES.items():
            found = re.findall(rb"\x1b\[" + re.escape(code) + rb"([hl])", self.written)
            if found and found[-1] == b"h":
                on.append(name)
        cursor = re.findall(rb"\x1b\[\?25([hl])", self.written)
        if cursor and cursor[-1] == b"l":
            on.append("hidden cursor")
        if termios.tcgetattr(self.slave)[3] != self.before[3]:
            on.append("raw input")
        return on

    def stopped(self) -> None:
        """Wait until the program a shell would know is stopped, as a shell would see it."""
        _, status = os.waitpid(self.guard, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            raise AssertionError(f"it ended with {status}")
        while self._read_for(0):
            pass

    def gone(self, pid: int) -> None:
        """Read until the process `pid`, which need not be a child of ours, has ended."""
        end = os.pidfd_open(pid)
        try:
            while not select.select([end], [], [], 0.02)[0]:
                self._read_for(0)
            while self._read_for(0):
                pass
        finally:
            os.close(end)

    def hang_up(self) -> None:
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    def close(self) -> None:
        if self.program.poll() is None:
            os.killpg(self.guard, signal.SIGKILL)
            self.program.wait()
        for each in (self.master, self.slave):
            if each >= 0:
                os.close(each)

    def _read_for(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            read = os.read(self.master, 65_536)
        except OSError:
            return False
        self.written += read
        return bool(read)


@contextmanager
def small_app(state: Path, *words: str, prefix: Sequence[str] = ()) -> Iterator[PtyProgram]:
    """Run the small app in a terminal until the block ends."""
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(Path.cwd())}
    script = Path(__file__).with_name("small_app.py")
    program = PtyProgram([*prefix, sys.executable, str(script), str(state), *words], environment)
    try:
        yield program
    finally:
        program.close()
