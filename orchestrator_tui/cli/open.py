"""Opening the app on a mission or a folder of missions, with the terminal guarded."""

import gc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator_tui.cli.paths import existing
from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.collecting import collect_seldom
from orchestrator_tui.io.terminal.guard import require_terminal, supervised

if TYPE_CHECKING:
    from orchestrator_tui.live.recording.recorder import Recorder
    from orchestrator_tui.live.source import LiveSource
    from orchestrator_tui.ui.app import OrchestratorApp


def open_app(
    path: Path,
    *,
    clock: Clock = system_clock,
    state: Path | None = None,
    settings: Settings = DEFAULTS,
    warns_of_future: bool = True,
) -> None:
    """Show the missions at `path` until a person leaves; `state` names the state folder.

    With the clock moved, stamps later than it are nothing to warn of.

    Raises MissionNotFound and UsageError before the terminal is touched, and SystemExit with the
    exit status of an app that did not end well.
    """
    found = existing(path)
    require_terminal(os.environ)
    if settings.theme != DEFAULTS.theme:
        from orchestrator_tui.ui.themes import require_theme

        require_theme(settings.theme)
    status = supervised(
        lambda alive: _show(
            found, clock, state, alive, settings=settings, warns_of_future=warns_of_future
        )
    )
    if status:
        raise SystemExit(status)


def _show(
    path: Path,
    clock: Clock,
    state: Path | None,
    alive: int,
    *,
    settings: Settings,
    warns_of_future: bool,
) -> int:
    """Run the app, and return the exit status."""
    # Collecting garbage while a thousand classes are made costs a fifth of the start.
    gc.disable()
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.live.first_look import FirstLook

    home = state_folder(os.environ, state)
    # Missions are read and judged on another core while the screen's modules are imported.
    first_look = FirstLook(
        path, clock=clock, state=home, warns_of_future=warns_of_future, close=(alive,)
    )
    from orchestrator_tui.io.terminal.departure import Departure
    from orchestrator_tui.io.terminal.stray_output import opened_log
    from orchestrator_tui.live.loop import LiveLoop, library_at
    from orchestrator_tui.live.source import LiveSource

    departure = Departure()
    departure.listen(alive)
    log = opened_log(home)
    loop = partial(
        LiveLoop,
        path,
        clock=clock,
        open_library=partial(library_at, warns_of_future=warns_of_future),
        open_recorder=lambda: _recorder(path, home, clock, log, may_record=warns_of_future),
        log=lambda text: _write(log, text),
    )
    source = LiveSource(loop, take_first=first_look.take)
    departure.resumed = source.refresh_now
    source.begin()
    from orchestrator_tui.ui.guarded import run_guarded

    return run_guarded(
        lambda: _built(source, path, home, clock, settings=settings, may_write=warns_of_future),
        departure=departure,
        log=log,
    )


def _recorder(path: Path, home: Path, clock: Clock, log: int, *, may_record: bool) -> "Recorder":
    """Return the recorder; called in the loop's own thread, for it brings the database along."""
    from orchestrator_tui.live.recording.recorder_at import recorder_at

    return recorder_at(
        path, home, clock=clock, may_record=may_record, log=lambda text: _write(log, text)
    )


def _built(
    source: "LiveSource",
    path: Path,
    home: Path,
    clock: Clock,
    *,
    settings: Settings,
    may_write: bool,
) -> "OrchestratorApp":
    """Return the app; with the clock moved nothing is written: that world is imagined."""
    from orchestrator_tui.io.settings import actor_name
    from orchestrator_tui.live.acting.desk import Desk
    from orchestrator_tui.live.past.archive import Archive
    from orchestrator_tui.ui.app import OrchestratorApp

    actor = actor_name(settings, os.environ)
    desk = Desk(path, state=home, clock=clock, actor=actor, poke=source.refresh_now)
    app = OrchestratorApp(
        source=source,
        clock=clock,
        settings=settings,
        desk=desk if may_write else None,
        archive=Archive(path, state=home, clock=clock),
    )
    source.hand_over = app.call_later
    source.on_first = lambda: app.call_later(app.call_after_refresh, _go_on, source)
    return app


def _go_on(source: "LiveSource") -> None:
    """Once the first picture is drawn: what made it stays, and is never looked at again."""
    collect_seldom()
    source.go_on()


def _write(log: int, text: str) -> None:
    os.write(log, text.encode("utf-8", "replace"))
