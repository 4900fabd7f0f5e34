"""Running an app so that nothing but the app draws, and nothing that breaks stays silent."""

import os
import sys
from collections.abc import Callable
from io import StringIO
from typing import Any, Final

from textual.app import App

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.terminal.departure import Departure
from orchestrator_tui.io.terminal.stray_output import diverted, report_thread_crashes, safe_lines
from orchestrator_tui.ui.terminal_driver import driver_on

CRASH_NOTICE_SECONDS: Final = 60.0


def run_guarded(build: Callable[[], App[Any]], *, departure: Departure, log: int) -> int:
    """Run the app that `build` makes, and return its exit status.

    What libraries write goes to `log`; a crash is told on standard error when the screen is back.
    """
    crash = StringIO()
    with diverted(log) as screen:
        app = build()
        app.driver_class = driver_on(screen, departure.ask)
        app.error_console.file = crash
        departure.leave = lambda status: _leave(app, status)
        report_thread_crashes(lambda text: _write(log, text), lambda text: _notify(app, text))
        app.run()
    if crash.getvalue():
        sys.stderr.write(safe_lines(crash.getvalue()))
        sys.stderr.flush()
    return app.return_code or 0


def _write(log: int, text: str) -> None:
    os.write(log, text.encode("utf-8", "replace"))


def _leave(app: App[Any], status: int) -> None:
    app.call_later(app.exit, None, status)


def _notify(app: App[Any], text: str) -> None:
    app.notify(
        plain_text(text, limit=500),
        title="Something broke",
        severity="error",
        timeout=CRASH_NOTICE_SECONDS,
        markup=False,
    )
