"""Keeps what libraries and crashes write off the screen, and in a log."""

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.text import plain_text

LOG_NAME: Final = "orchestrator-tui.log"
LOG_LIMIT_BYTES: Final = 1_000_000
"""Above it the log begins anew."""
LINE_LIMIT: Final = 2_000
_OUTPUTS: Final = (1, 2)


def opened_log(folder: Path) -> int:
    """Return a descriptor that appends to the log in `folder`; to nowhere if that cannot be had."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = os.open(folder / LOG_NAME, flags, 0o600)
        if os.fstat(log).st_size > LOG_LIMIT_BYTES:
            os.ftruncate(log, 0)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    return log


@contextmanager
def diverted(log: int) -> Iterator[TextIOWrapper]:
    """Send standard output and error to `log` meanwhile, and yield the screen they led to."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(each) for each in _OUTPUTS]
    screen = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    for each in _OUTPUTS:
        os.dup2(log, each)
    try:
        yield screen
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for each, before in zip(_OUTPUTS, kept, strict=True):
            os.dup2(before, each)
            os.close(before)
        # What the screen still owes cannot be paid when the terminal is gone.
        with suppress(OSError):
            screen.close()


def report_thread_crashes(log: Callable[[str], None], notice: Callable[[str], None]) -> None:
    """Log the traceback of every thread that dies from now on, and give a person `notice` of it."""

    def report(crash: threading.ExceptHookArgs) -> None:
        if crash.exc_value is not None:
            log(crash_text(crash.exc_value))
            notice(f"{type(crash.exc_value).__name__}: {crash.exc_value}")

    threading.excepthook = report


def crash_text(error: BaseException) -> str:
    """Return the traceback of `error`, safe to show: its message may quote what agents wrote."""
    return safe_lines("".join(traceback.format_exception(error)))


def safe_lines(text: str) -> str:
    """Return `text` with every line made safe to show."""
    lines = (plain_text(each, limit=LINE_LIMIT) for each in text.splitlines())
    return "".join(f"{each}\n" for each in lines)


def say_crash(error: BaseException) -> None:
    """Write the traceback of `error` to standard error, whatever state that is in."""
    os.write(2, crash_text(error).encode("utf-8", "replace"))
