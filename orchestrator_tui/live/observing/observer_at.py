"""Opening the observer of the missions at a path, in the thread that will use it."""

from collections.abc import Callable
from pathlib import Path

from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.commands.results import CommandResults
from orchestrator_tui.live.observing.observer import Observer
from orchestrator_tui.live.observing.trusted_runs import TrustedRuns
from orchestrator_tui.live.observing.workspaces import Workspaces


def observer_at(
    path: Path,
    state: Path,
    *,
    clock: Clock,
    poke: Callable[[], None],
    may_run: Callable[[], bool],
    log: Callable[[str], None] = lambda _: None,
) -> Observer:
    """Return the observer of the missions at `path`.

    `may_run` says whether this process is the one that runs commands: two would run them twice.
    """
    results = CommandResults(state)
    workspaces = Workspaces(path, results)
    return Observer(
        workspaces,
        clock=clock,
        poke=poke,
        runs=TrustedRuns(workspaces, results),
        may_run=may_run,
        log=log,
    )
