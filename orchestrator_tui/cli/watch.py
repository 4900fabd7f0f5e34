"""`watch`: the live loop without a screen; keeps the history, and prints what happens."""

import json
import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orchestrator_tui.cli.echo import BROKEN_PIPE, answer, answer_document, complain
from orchestrator_tui.cli.options import ConfigOption, PathArgument, StateOption
from orchestrator_tui.cli.paths import DEFAULT_PATH, existing
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.history import RecordedEvent

if TYPE_CHECKING:
    from orchestrator_tui.domain.settings import Settings
    from orchestrator_tui.io.clock import Clock
    from orchestrator_tui.live.loop import LiveLoop, Tell
    from orchestrator_tui.live.recording.appending import Heard
    from orchestrator_tui.live.recording.recorder import Recorder
    from orchestrator_tui.live.rounds import Records

READER_SECONDS: Final = 2.0
"""Between two looks whether anybody still reads."""
ENDING: Final = {signal.SIGTERM: 0, signal.SIGHUP: 0, signal.SIGINT: 130}
"""By signal: the exit status."""

Work = Callable[[], int | None]
"""Something for the main thread to do; an exit status ends the program."""
Queue = SimpleQueue[Work]


def watch(
    path: PathArgument = DEFAULT_PATH,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document a line and nothing else.")
    ] = False,
    state: StateOption = None,
    config: ConfigOption = None,
) -> None:
    """Keep the history of missions without a screen, tell people, and print what happens."""
    from orchestrator_tui.io.clock import system_clock
    from orchestrator_tui.io.collecting import collect_seldom
    from orchestrator_tui.io.history.place import mission_at
    from orchestrator_tui.io.settings import load_settings
    from orchestrator_tui.io.state_dir import state_folder

    found = existing(path)
    settings = load_settings(os.environ, chosen=config)
    queue: Queue = SimpleQueue()
    for number, ending in ENDING.items():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_, ending=ending: queue.put(lambda: ending))
    is_of_many = mission_at(found) is None
    tell = _print_documents if as_json else partial(_print_lines, has_missions=is_of_many)
    said: set[str] = set()
    loop = watching_loop(
        found,
        state_folder(os.environ, state),
        clock=system_clock,
        settings=settings,
        tell=lambda assessment: queue.put(partial(_complain_once, said, assessment)),
        heard=lambda events: queue.put(partial(tell, events)),
    )
    loop.start()
    collect_seldom()
    try:
        status = _work_until_the_end(queue)
    finally:
        loop.stop()
    _work_off(queue)
    raise SystemExit(status)


def watching_loop(  # noqa: PLR0913 - all but the first two are named
    path: Path,
    state: Path,
    *,
    clock: "Clock",
    settings: "Settings",
    tell: "Tell",
    heard: "Heard",
    around: "Callable[[Recorder], Records]" = lambda recorder: recorder,
) -> "LiveLoop":
    """Return the loop that keeps the history and tells people, for who has no screen.

    `tell` and `heard` are called in the loop's own thread. What is put `around` the recorder sees
    what is recorded and told, and when.
    """
    from orchestrator_tui.live.forecasting.forecaster import Forecaster
    from orchestrator_tui.live.loop import LiveLoop
    from orchestrator_tui.live.observing.observer_at import observer_at
    from orchestrator_tui.live.recording.recorder_at import recorder_at

    return LiveLoop(
        path,
        clock=clock,
        tell=tell,
        open_recorder=lambda: around(
            recorder_at(path, state, clock=clock, settings=settings, heard=heard, log=complain)
        ),
        open_observer=lambda recorder, poke: observer_at(
            path,
            state,
            clock=clock,
            poke=poke,
            may_run=lambda: recorder.is_recording,
            log=complain,
        ),
        open_forecaster=lambda poke: Forecaster(poke=poke, log=complain),
        log=complain,
    )


def _work_until_the_end(queue: Queue) -> int:
    while True:
        try:
            status = queue.get(timeout=READER_SECONDS)()
        except Empty:
            status = None if _is_read() else BROKEN_PIPE
        if status is not None:
            return status


def _work_off(queue: Queue) -> None:
    """Print what was recorded while the loop came to its end."""
    while not queue.empty():
        queue.get()()


def _is_read() -> bool:
    """Say whether anybody could still read what is printed."""
    waiting = select.poll()
    waiting.register(sys.stdout.fileno(), 0)
    return not any(what & (select.POLLERR | select.POLLHUP) for _, what in waiting.poll(0))


def _print_documents(events: Sequence[RecordedEvent]) -> None:
    from orchestrator_tui.presentation.history_json import event_document

    # in ASCII alone nothing can act on a terminal, and nothing is lost
    answer_document("".join(f"{json.dumps(event_document(each))}\n" for each in events))


def _print_lines(events: Sequence[RecordedEvent], *, has_missions: bool) -> None:
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.history import history_lines

    answer(painted(history_lines(events, has_missions=has_missions), in_colour=wants_colour()))


def _complain_once(said: set[str], assessment: Assessment) -> None:
    """Say what is not right beside the missions, each thing once for as long as it lasts."""
    wrong = [*assessment.notices, *map(str, assessment.problems)]
    for each in wrong:
        if each not in said:
            complain(each)
    said.intersection_update(wrong)
    said.update(wrong)
