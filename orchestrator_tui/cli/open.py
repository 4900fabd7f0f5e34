"""Opening the app on a mission or a folder of missions, with the terminal guarded."""

import gc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator_tui.cli.paths import existing
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.collecting import collect_seldom
from orchestrator_tui.io.terminal.guard import require_terminal, supervised

if TYPE_CHECKING:
    from orchestrator_tui.live.source import LiveSource
    from orchestrator_tui.ui.app import OrchestratorApp


def open_app(
    path: Path,
    *,
    clock: Clock = system_clock,
    state: Path | None = None,
    warns_of_future: bool = True,
) -> None:
    """Show the missions at `path` until a person leaves; `state` names the state folder.

    With the clock moved, stamps later than it are nothing to warn of.

    Raises MissionNotFound and UsageError before the terminal is touched, and SystemExit with the
    exit status of an app that did not end well.
    """
    found = existing(path)
    require_terminal(os.environ)
    status = supervised(
        lambda alive: _show(found, clock, state, alive, warns_of_future=warns_of_future)
    )
    if status:
        raise SystemExit(status)


def _show(
    path: Path, clock: Clock, state: Path | None, alive: int, *, warns_of_future: bool
) -> int:
    """Run the app, and return the exit status."""
    # Collecting garbage while a thousand classes are made costs a fifth of the start.
    gc.disable()
    from orchestrator_tui.live.first_look import FirstLook

    # Missions are read and judged on another core while the screen's modules are imported.
    first_look = FirstLook(path, clock=clock, warns_of_future=warns_of_future, close=(alive,))
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.io.terminal.departure import Departure
    from orchestrator_tui.io.terminal.stray_output import opened_log
    from orchestrator_tui.live.loop import LiveLoop, library_at
    from orchestrator_tui.live.source import LiveSource

    departure = Departure()
    departure.listen(alive)
    log = opened_log(state_folder(os.environ, state))
    loop = partial(
        LiveLoop,
        path,
        clock=clock,
        open_library=partial(library_at, warns_of_future=warns_of_future),
        log=lambda text: _write(log, text),
    )
    source = LiveSource(loop, take_first=first_look.take)
    departure.resumed = source.refresh_now
    source.begin()
    from orchestrator_tui.ui.guarded import run_guarded

    return run_guarded(lambda: _built(source, clock), departure=departure, log=log)


def _built(source: "LiveSource", clock: Clock) -> "OrchestratorApp":
    from orchestrator_tui.ui.app import OrchestratorApp

    app = OrchestratorApp(source=source, clock=clock)
    source.hand_over = app.call_later
    source.on_first = lambda: app.call_later(app.call_after_refresh, _go_on, source)
    return app


def _go_on(source: "LiveSource") -> None:
    """Once the first picture is drawn: what made it stays, and is never looked at again."""
    collect_seldom()
    source.go_on()


def _write(log: int, text: str) -> None:
    os.write(log, text.encode("utf-8", "replace"))
