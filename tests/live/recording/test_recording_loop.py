"""The loop with its recorder, in a thread of its own, as the app has it."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.live.first_look import FirstLook
from orchestrator_tui.live.loop import STOP_SECONDS, LiveLoop
from orchestrator_tui.live.recording.recorder_at import recorder_at
from tests.live.listening import DEADLINE_SECONDS, Listener, mission_text, progress_of, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "missions"
    folder.mkdir()
    save(folder / "chat.yaml", mission_text())
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


class Heard:
    """What was recorded, as the loop's thread says it."""

    def __init__(self) -> None:
        self._events: SimpleQueue[RecordedEvent] = SimpleQueue()

    def take(self, events: Sequence[RecordedEvent]) -> None:
        for each in events:
            self._events.put(each)

    def until(self, kind: EventKind) -> RecordedEvent:
        while True:
            found = self._events.get(timeout=DEADLINE_SECONDS)
            if found.event.kind is kind:
                return found


@contextmanager
def recording(path: Path, state: Path) -> Iterator[tuple[LiveLoop, Listener, Heard]]:
    listener, heard = Listener(), Heard()
    loop = LiveLoop(
        path,
        clock=system_clock,
        tell=listener.take,
        open_recorder=lambda: recorder_at(path, state, clock=system_clock, heard=heard.take),
    )
    loop.start()
    try:
        yield loop, listener, heard
    finally:
        loop.stop()


def _recorded(path: Path, state: Path) -> list[EventKind]:
    with History.open(history_folder(state, path), clock=system_clock) as history:
        return [each.event.kind for each in history.events()]


def test_what_is_told_is_recorded_after_it(path: Path, state: Path) -> None:
    with recording(path, state) as (_, listener, heard):
        heard.until(EventKind.BASELINE_FROZEN)
        save(path / "chat.yaml", mission_text(progress=40))

        listener.until_mission(lambda each: progress_of(each) == 40)
        recorded = heard.until(EventKind.TASK_PROGRESSED)

    assert recorded.event.after == "progress 40"
    assert EventKind.TASK_PROGRESSED in _recorded(path, state)


def test_a_change_just_before_the_end_is_recorded_too(path: Path, state: Path) -> None:
    with recording(path, state) as (_, listener, heard):
        heard.until(EventKind.BASELINE_FROZEN)
        save(path / "chat.yaml", mission_text(progress=40))
        listener.until_mission(lambda each: progress_of(each) == 40)

    assert EventKind.TASK_PROGRESSED in _recorded(path, state)


def test_when_it_has_ended_another_may_record_at_once(path: Path, state: Path) -> None:
    assert STOP_SECONDS <= 0.5
    for progress, awaited in (
        (20, EventKind.BASELINE_FROZEN),
        (30, EventKind.TASK_PROGRESSED),
        (40, EventKind.TASK_PROGRESSED),
    ):
        with recording(path, state) as (loop, _, heard):
            save(path / "chat.yaml", mission_text(progress=progress))
            heard.until(awaited)
            loop.stop()
            assert not any(each.name == "live-loop" for each in threading.enumerate())


def test_the_first_look_shows_what_the_history_holds(path: Path, state: Path) -> None:
    with recording(path, state) as (_, _, heard):
        heard.until(EventKind.BASELINE_FROZEN)

    first = FirstLook(path, clock=system_clock, state=state).take()

    assert first is not None
    judgement = first.missions[0].judgement
    assert judgement is not None
    assert EventKind.BASELINE_FROZEN in [each.kind for each in judgement.activity]
