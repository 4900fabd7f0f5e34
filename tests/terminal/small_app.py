"""A small app under the guard, for tests that treat its terminal badly: run as a program.

The first argument is its state folder; it shows READY when it runs, and a key says what is to go
wrong. A second names a mission to follow, a third a pipe to which its titles are written.
"""

import ctypes
import os
import sys
import threading
from functools import partial
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.terminal.departure import Departure
from orchestrator_tui.io.terminal.guard import supervised
from orchestrator_tui.io.terminal.stray_output import opened_log
from orchestrator_tui.live.loop import LiveLoop
from orchestrator_tui.live.source import LiveSource
from orchestrator_tui.ui.guarded import run_guarded


class SmallApp(App[None]):
    BINDINGS = [
        ("q", "quit", "quit"),
        ("x", "crash", "crash"),
        ("t", "thread", "thread"),
        ("w", "stray", "write"),
        ("f", "flood", "flood"),
        ("z", "suspend_process", "suspend"),
        ("s", "segfault", "segfault"),
        ("e", "exit_at_once", "exit at once"),
    ]

    @override
    def compose(self) -> ComposeResult:
        yield Static("READY", id="text")

    def action_crash(self) -> None:
        raise RuntimeError("agent said \x1b]52;c;aGk=\x07 and \x1b[31mred")

    def action_thread(self) -> None:
        def die() -> None:
            raise ValueError("thread \x1b[2J died")

        threading.Thread(target=die).start()

    def action_stray(self) -> None:
        os.write(1, b"STRAY-ONE\n")
        os.write(2, b"STRAY-TWO\n")

    def action_segfault(self) -> None:
        ctypes.string_at(0)

    def action_exit_at_once(self) -> None:
        os._exit(3)

    def action_flood(self) -> None:
        assert self._driver is not None
        for _ in range(100):
            self._driver.write("x" * 10_000)

    def on_key(self) -> None:
        self.query_one("#text", Static).update("KEYED")

    def on_paste(self) -> None:
        self.query_one("#text", Static).update("PASTED")


def build() -> SmallApp:
    app = SmallApp()
    if len(sys.argv) > 2:
        source = LiveSource(partial(LiveLoop, Path(sys.argv[2]), clock=system_clock))
        pipe = os.open(sys.argv[3], os.O_RDWR)

        def tell(assessment: Assessment) -> None:
            app.call_later(app.refresh)
            for each in assessment.missions:
                os.write(pipe, f"{each.title}\n".encode())

        source.begin()
        source.start(tell)
    return app


def show(alive: int) -> int:
    departure = Departure()
    departure.listen(alive)
    return run_guarded(build, departure=departure, log=opened_log(Path(sys.argv[1])))


if __name__ == "__main__":
    sys.exit(supervised(show))
