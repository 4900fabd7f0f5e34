"""Opening the app on a mission or a folder of missions, with the terminal guarded."""

import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator_tui.cli.paths import existing
from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.collecting import collect_seldom
from orchestrator_tui.io.state_dir import state_folder
from orchestrator_tui.io.terminal.guard import require_terminal, supervised

if TYPE_CHECKING:
    from orchestrator_tui.live.first_look import FirstLook
    from orchestrator_tui.live.forecasting.forecaster import Forecaster
    from orchestrator_tui.live.observing.observer import Observer
    from orchestrator_tui.live.planning.planner import Planner
    from orchestrator_tui.live.recording.recorder import Recorder
    from orchestrator_tui.live.rounds import Records
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
    home = state_folder(os.environ, state)
    wish = _Wish(found, home, clock, settings, is_present=warns_of_future)
    status = supervised(lambda alive: _show(wish, alive))
    if status:
        raise SystemExit(status)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be shown, and how."""

    path: Path
    state: Path
    clock: Clock
    settings: Settings
    is_present: bool
    """Whether the clock shows the present: with the clock moved nothing is written."""


def _show(wish: _Wish, alive: int) -> int:
    """Run the app, and return the exit status."""
    # Collecting garbage while a thousand classes are made costs a fifth of the start.
    gc.disable()
    from orchestrator_tui.live.first_look import FirstLook

    # Missions are read and judged on another core while the screen's modules are imported.
    first_look = FirstLook(
        wish.path,
        clock=wish.clock,
        state=wish.state,
        warns_of_future=wish.is_present,
        close=(alive,),
    )
    from orchestrator_tui.io.terminal.departure import Departure
    from orchestrator_tui.io.terminal.stray_output import opened_log

    departure = Departure()
    departure.listen(alive)
    log = opened_log(wish.state)
    source = _source(wish, log, first_look)
    departure.resumed = source.refresh_now
    source.begin()
    from orchestrator_tui.ui.guarded import run_guarded

    return run_guarded(lambda: _built(source, wish), departure=departure, log=log)


def _source(wish: _Wish, log: int, first_look: "FirstLook") -> "LiveSource":
    from orchestrator_tui.live.loop import LiveLoop, library_at
    from orchestrator_tui.live.source import LiveSource

    loop = partial(
        LiveLoop,
        wish.path,
        clock=wish.clock,
        open_library=partial(library_at, warns_of_future=wish.is_present),
        open_recorder=lambda: _recorder(wish, log),
        open_observer=partial(_observer, wish, log),
        open_forecaster=partial(_forecaster, log),
        log=lambda text: _write(log, text),
    )
    return LiveSource(loop, take_first=first_look.take)


def _recorder(wish: _Wish, log: int) -> "Recorder":
    """Return the recorder; called in the loop's own thread, for it brings the database along."""
    from orchestrator_tui.live.recording.recorder_at import recorder_at

    return recorder_at(
        wish.path,
        wish.state,
        clock=wish.clock,
        may_record=wish.is_present,
        settings=wish.settings,
        log=lambda text: _write(log, text),
    )


def _observer(wish: _Wish, log: int, recorder: "Records", poke: Callable[[], None]) -> "Observer":
    """Return the observer; called in the loop's own thread, as above."""
    from orchestrator_tui.live.observing.observer_at import observer_at

    return observer_at(
        wish.path,
        wish.state,
        clock=wish.clock,
        poke=poke,
        may_run=lambda: recorder.is_recording,
        log=lambda text: _write(log, text),
    )


def _forecaster(log: int, poke: Callable[[], None]) -> "Forecaster":
    """Return the forecaster; called in the loop's own thread, as above."""
    from orchestrator_tui.live.forecasting.forecaster import Forecaster

    return Forecaster(poke=poke, log=lambda text: _write(log, text))


def _built(source: "LiveSource", wish: _Wish) -> "OrchestratorApp":
    from orchestrator_tui.io.settings import actor_name
    from orchestrator_tui.live.acting.desk import Desk
    from orchestrator_tui.live.past.archive import Archive
    from orchestrator_tui.ui.app import OrchestratorApp

    actor = actor_name(wish.settings, os.environ)
    poke = source.refresh_now
    desk = Desk(wish.path, state=wish.state, clock=wish.clock, actor=actor, poke=poke)
    app = OrchestratorApp(
        source=source,
        clock=wish.clock,
        settings=wish.settings,
        desk=desk if wish.is_present else None,
        archive=Archive(wish.path, state=wish.state, clock=wish.clock),
    )
    app.is_in_tmux = "TMUX" in os.environ
    app.make_planner = _planner
    source.hand_over = app.call_later
    source.on_first = lambda: app.call_later(app.call_after_refresh, _go_on, source)
    return app


def _planner() -> "Planner":
    """Return who looks for plans; called once somebody wants them: the first picture needs none."""
    from orchestrator_tui.live.planning.planner import Planner

    return Planner()


def _go_on(source: "LiveSource") -> None:
    """Once the first picture is drawn: what made it stays, and is never looked at again."""
    collect_seldom()
    source.go_on()


def _write(log: int, text: str) -> None:
    os.write(log, text.encode("utf-8", "replace"))
