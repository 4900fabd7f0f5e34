"""The supervisor of one command, seen from the program that waits for it.

It is started as a program, because a process with threads must not fork; and it is not trusted to
answer, because the command could stop or end it.
"""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic
from typing import IO, Any, Final, NamedTuple, Self

import orchestrator_tui
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.io.commands.limits import Limits
from orchestrator_tui.io.commands.order import BYTE_A_CHARACTER
from orchestrator_tui.io.editing.drafts import write_all

_PROGRAM: Final = (
    "import sys; sys.path.append(sys.argv[1]);"
    " from orchestrator_tui.io.commands.supervisor import main; main()"
)
_ROOT: Final = str(Path(orchestrator_tui.__file__).parent.parent)
_LOOK_MILLISECONDS: Final = 50
"""How often it is looked whether the command was cancelled."""
_CHUNK: Final = 1 << 16
_LINKED_BY: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables that an interpreter may need to start at all."""


class Told(NamedTuple):
    """What the supervisor said at the end."""

    fields: dict[str, Any]
    kept: bytes
    """What the command wrote, head and tail."""


class Supervision:
    """A supervisor and its command; both are gone when the context is left."""

    def __init__(self, spec: CommandSpec, limits: Limits, given: bytes = b"") -> None:
        """Prepare; `given` is what the command finds on its standard input."""
        self._order = order_of(spec, limits, given)
        self._after_cancel = limits.grace_seconds + limits.slack_seconds
        self._longest = spec.timeout.total_seconds() + self._after_cancel
        self._most = limits.output_bytes + _CHUNK
        self._received = bytearray()
        self._leader: int | None = None

    def __enter__(self) -> Self:
        """Start the supervisor; raises OSError."""
        self._child = subprocess.Popen(  # noqa: S603 - this interpreter, and words that are fixed
            [sys.executable, "-I", "-S", "-c", _PROGRAM, _ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={each: os.environ[each] for each in _LINKED_BY if each in os.environ},
            start_new_session=True,
            bufsize=0,
        )
        self._stdin, self._stdout = _pipes(self._child)
        return self

    def __exit__(self, *_: object) -> None:
        """End what did not end by itself."""
        self.cancel()
        try:
            self._child.wait(self._after_cancel)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._told() is None and self._leader is not None:
            # the command itself dies with its supervisor, on Linux; its group does not
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._leader, signal.SIGKILL)
        self._stdout.close()

    def cancel(self) -> None:
        """Let the supervisor end the command."""
        with suppress(OSError):
            self._stdin.close()

    def wait(self, cancel: Event | None) -> Told | None:
        """Wait for the command; return what the supervisor said, None where it says nothing."""
        with suppress(OSError):
            write_all(self._stdin.fileno(), self._order)
        waiting = select.poll()
        waiting.register(self._stdout, select.POLLIN | select.POLLHUP)
        until = monotonic() + self._longest
        while (told := self._told()) is None and monotonic() < until:
            if cancel is not None and cancel.is_set() and not self._stdin.closed:
                self.cancel()
                until = min(until, monotonic() + self._after_cancel)
            if waiting.poll(_LOOK_MILLISECONDS):
                piece = os.read(self._stdout.fileno(), _CHUNK)
                self._received += piece
                if not piece or len(self._received) > self._most:
                    break
            elif self._child.poll() is not None:
                break  # another process holds the other end of the pipe, and says nothing
        if told is None:
            self._child.kill()
        return told

    def _told(self) -> Told | None:
        """Return what was said at the end, once all of it is there."""
        *lines, rest = bytes(self._received).split(b"\n", 2)
        for number, line in enumerate(lines):
            try:
                fields = json.loads(line)
                if "leader" in fields:
                    self._leader = int(fields["leader"])
                    continue
                kept = b"\n".join((*lines[number + 1 :], rest))
                return Told(fields, kept) if len(kept) == fields["kept"] else None
            except (ValueError, TypeError, KeyError):
                return None
        return None


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:  # pragma: no cover - both were asked for
        raise OSError(0, "the supervisor has no pipes")
    return child.stdin, child.stdout


def order_of(spec: CommandSpec, limits: Limits, given: bytes = b"") -> bytes:
    """Return the line that the supervisor is told."""
    seconds = spec.timeout.total_seconds()
    order = {
        "program": _characters(spec.program),
        "argv": [_characters(each) for each in spec.argv],
        "environment": [(_characters(name), _characters(it)) for name, it in spec.environment],
        "folder": _characters(spec.folder),
        "given": given.decode(BYTE_A_CHARACTER),
        "seconds": seconds,
        "grace_seconds": limits.grace_seconds,
        "output_bytes": limits.output_bytes,
        "memory_bytes": limits.memory_bytes,
        "processes": limits.processes,
        "tasks": limits.tasks,
        "of_a_process": limits.of_a_process(seconds),
    }
    return json.dumps(order).encode() + b"\n"


def _characters(text: str) -> str:
    return os.fsencode(text).decode(BYTE_A_CHARACTER)
