"""The guard of the terminal: a tiny parent that puts it back, however the app ends.

A program that is killed cannot clean up after itself, and one that is stuck will not. So the app
runs in a child; the parent only waits, passes signals on, and looks after the terminal.
"""

import os
import signal
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final, NoReturn

from orchestrator_tui.domain.errors import UsageError

ENDING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
SIGNALLED: Final = 128
"""A shell's exit status for a signal is this and the signal's number."""
PATIENCE_SECONDS: Final = 3
"""How long the app may take to end after it was told to."""
LOCAL_FLAGS: Final = 3
"""The place of the local flags, such as echo, among a terminal's attributes."""
PLAIN_SCREEN: Final = (
    b"\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2048l"
    b"\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m\r"
)
"""Ends: synchronised output, mouse, resize and paste reports, focus, key protocol, no-wrap, the
other screen, the hidden cursor, colours."""

Attributes = list[Any]


def require_terminal(environment: Mapping[str, str], *, inputs: int = 0, outputs: int = 1) -> None:
    """Raise UsageError, with what to do instead, unless a person sits at a capable terminal."""
    if not (os.isatty(inputs) and os.isatty(outputs)):
        raise UsageError(
            "the app needs a terminal: 'orchestrator-tui status' prints the same without one"
        )
    if environment.get("TERM") == "dumb":
        raise UsageError(
            "the app needs a terminal that can move its cursor, and TERM is 'dumb': "
            "'orchestrator-tui status' prints the same as text"
        )


def supervised(run: Callable[[int], int], *, terminal: int = 0) -> int:
    """Run `run` in a child, and return its exit status, in the way of a shell where it was killed.

    `run` is given a descriptor that becomes readable when the parent is gone. Call this before any
    thread is started.
    """
    attributes = termios.tcgetattr(terminal)
    alive, held = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(held)
        _run_and_exit(run, alive)
    os.close(alive)
    supervision = _Supervision(child, terminal)
    status = supervision.wait(lambda: _put_back(terminal, attributes))
    if status < 0 or status >= SIGNALLED or _differs(terminal, attributes):
        _put_back(terminal, attributes)
    os.close(held)
    if status < 0 and not supervision.was_told:
        os.write(2, f"the app was ended by {signal.Signals(-status).name}\n".encode())
    return status if status >= 0 else SIGNALLED - status


def _run_and_exit(run: Callable[[int], int], alive: int) -> NoReturn:
    status = 1
    try:
        status = run(alive)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        status = SIGNALLED + signal.SIGINT
    except BaseException as error:  # noqa: BLE001 - the last place that can tell anybody
        from orchestrator_tui.io.terminal.stray_output import say_crash  # noqa: PLC0415 - only now

        say_crash(error)
    finally:
        # The parent's own exit functions and buffers are none of the child's business.
        os._exit(status)


@dataclass(slots=True)
class _Supervision:
    """Waits for the child, and passes on what the parent is told."""

    child: int
    terminal: int
    _told: list[int] = field(default_factory=list)

    @property
    def was_told(self) -> bool:
        """Say whether somebody asked for the end."""
        return bool(self._told)

    def wait(self, put_back: Callable[[], None]) -> int:
        """Return the child's exit status; negative for a signal."""
        for each in ENDING_SIGNALS:
            # A program started by nohup keeps ignoring the end of its terminal.
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, self._end)
        signal.signal(signal.SIGALRM, self._kill)
        signal.signal(signal.SIGTSTP, self._pass_on)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        while True:
            _, status = os.waitpid(self.child, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                status = os.waitstatus_to_exitcode(status)
                was_forced = status == -signal.SIGKILL and self._told
                return -self._told[0] if was_forced else status
            if _is_in_front(self.terminal):
                put_back()
            # The shell must see its job stopped; it continues the whole job later.
            os.kill(os.getpid(), signal.SIGSTOP)
            self._send(signal.SIGCONT)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        if not self._told:
            signal.alarm(PATIENCE_SECONDS)
        self._told.append(number)
        self._send(number)

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        self._send(number)

    def _kill(self, _number: int, _frame: FrameType | None) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        try:
            os.kill(self.child, number)
        except ProcessLookupError:
            return


def _is_in_front(terminal: int) -> bool:
    """Say whether the terminal is not the shell's again already."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return True


def _differs(terminal: int, attributes: Attributes) -> bool:
    try:
        return bool(termios.tcgetattr(terminal)[LOCAL_FLAGS] != attributes[LOCAL_FLAGS])
    except (termios.error, OSError):
        return False


def _put_back(terminal: int, attributes: Attributes) -> None:
    try:
        termios.tcflush(terminal, termios.TCOFLUSH)
        termios.tcsetattr(terminal, termios.TCSANOW, attributes)
        # A description of its own: the shell's must not become non-blocking with it.
        screen = os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except (termios.error, OSError):
        return
    try:
        os.write(screen, PLAIN_SCREEN)
    except OSError:
        return
    finally:
        os.close(screen)
