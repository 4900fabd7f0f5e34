"""Opening the recorder of the missions at a path, in the thread that will use it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.live.acting.handovers import Handovers
from orchestrator_tui.live.acting.reconciling import Reconciler
from orchestrator_tui.live.notifying.courier import Courier
from orchestrator_tui.live.notifying.hub import Hub
from orchestrator_tui.live.recording.appending import Heard
from orchestrator_tui.live.recording.holding import Holding
from orchestrator_tui.live.recording.keeping import Keeping, Log
from orchestrator_tui.live.recording.recorder import Recorder


def recorder_at(  # noqa: PLR0913 - all but the first two are named
    path: Path,
    state: Path,
    *,
    clock: Clock,
    may_record: bool = True,
    settings: Settings = DEFAULTS,
    heard: Heard | None = None,
    log: Log = lambda _: None,
) -> Recorder:
    """Return the recorder of the missions at `path`.

    With `may_record` false the clock was moved, and that world is imagined: the history is read as
    it was at that time, nothing is added to it, and nobody is told of anything.
    """
    known_at: Callable[[], datetime] | None = None if may_record else clock
    holding = Holding(path, state, clock=clock, may_record=may_record)
    keeping = Keeping(holding, log=log)
    recorder = Recorder(path, keeping, heard=heard, known_at=known_at)
    if may_record:
        reconciler = Reconciler(path, state=state, rulings=recorder.rulings, record=recorder.note)
        handovers = Handovers(path, state=state, clock=clock, rulings=recorder.rulings)
        recorder.reconcile = lambda snapshot, now: (
            *reconciler.reconcile(snapshot, now),
            *handovers.see_to_it(snapshot, now),
        )
        recorder.hub = Hub(
            keeping,
            settings,
            courier=Courier(history_folder(state, path), settings.channels, clock=clock, log=log),
            note=recorder.note,
        )
    return recorder
