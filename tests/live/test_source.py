"""Whoever listens late still hears the newest, and nothing after the end."""

import queue
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.live.loop import LiveLoop
from orchestrator_tui.live.source import LiveSource
from tests.live.listening import Listener, live, mission_text, progress_of, save


def _shows(progress: int, assessment: Assessment) -> bool:
    return [progress_of(each) for each in assessment.missions] == [progress]


def _broken() -> Assessment | None:
    raise EOFError


def test_who_listens_late_is_told_the_newest_at_once(tmp_path: Path) -> None:
    save(tmp_path / "chat.yaml", mission_text())
    early, late = Listener(), Listener()
    source = LiveSource(partial(LiveLoop, tmp_path, clock=system_clock))
    source.begin()
    source.start(early.take)
    early.until(lambda _: True)

    source.start(late.take)

    assert not late.is_silent()
    source.stop()


def test_the_first_to_be_told_is_noticed_once(tmp_path: Path) -> None:
    save(tmp_path / "chat.yaml", mission_text())
    calls: list[str] = []
    listener = Listener()
    source = LiveSource(partial(LiveLoop, tmp_path, clock=system_clock))
    source.on_first = lambda: calls.append("first")
    source.begin()
    source.start(listener.take)
    listener.until(lambda _: True)

    save(tmp_path / "chat.yaml", mission_text(progress=30))
    listener.until_mission(lambda each: progress_of(each) == 30)

    source.stop()
    assert calls == ["first"]


def test_a_listener_that_is_stuck_finds_only_the_newest(tmp_path: Path) -> None:
    save(tmp_path / "chat.yaml", mission_text(progress=0))
    waiting: queue.Queue[Callable[[], None]] = queue.Queue()
    listener = Listener()
    source = LiveSource(partial(LiveLoop, tmp_path, clock=system_clock))
    source.hand_over = waiting.put
    source.start(listener.take)
    source.begin()
    stuck = waiting.get(timeout=10)
    with live(tmp_path) as (_, other):
        for progress in (10, 20, 30):
            save(tmp_path / "chat.yaml", mission_text(progress=progress))
            other.until(partial(_shows, progress))
    assert waiting.empty()
    assert listener.is_silent()

    stuck()

    while not listener.has_heard(partial(_shows, 30)):
        waiting.get(timeout=10)()
    source.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_first_look_that_breaks_does_not_keep_the_loop_from_starting(tmp_path: Path) -> None:
    save(tmp_path / "chat.yaml", mission_text(progress=10))
    listener = Listener()
    source = LiveSource(partial(LiveLoop, tmp_path, clock=system_clock), take_first=_broken)

    source.start(listener.take)
    source.begin()

    listener.until(partial(_shows, 10))
    source.stop()


def test_it_can_be_stopped_before_it_began(tmp_path: Path) -> None:
    save(tmp_path / "chat.yaml", mission_text())
    listener = Listener()
    source = LiveSource(partial(LiveLoop, tmp_path, clock=system_clock))

    source.stop()
    source.start(listener.take)
    source.begin()
    source.stop()

    assert listener.is_silent()
