"""The live loop tells what is so, soon after it became so, and goes on whatever happens."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.live.loop import LiveLoop
from orchestrator_tui.live.rounds import Library
from tests.live.listening import Listener, live, mission_text, progress_of, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "missions"
    folder.mkdir()
    save(folder / "chat.yaml", mission_text())
    return folder


def test_the_first_assessment_comes_without_a_change(path: Path) -> None:
    with live(path) as (_, listener):
        assert progress_of(listener.until_mission(lambda _: True)) == 10


@pytest.mark.parametrize("of_one_file", [False, True], ids=["folder", "file"])
def test_a_change_is_told_with_what_happened(path: Path, *, of_one_file: bool) -> None:
    file = path / "chat.yaml"
    with live(file if of_one_file else path) as (_, listener):
        listener.until_mission(lambda each: progress_of(each) == 10)

        save(file, mission_text(progress=40))

        mission = listener.until_mission(lambda each: progress_of(each) == 40)
        assert mission.judgement is not None
        kinds = {each.kind for each in mission.judgement.activity}
        assert EventKind.TASK_PROGRESSED in kinds


def test_a_broken_file_keeps_the_last_good_mission_until_it_is_mended(path: Path) -> None:
    file = path / "chat.yaml"
    with live(path) as (_, listener):
        listener.until_mission(lambda each: progress_of(each) == 10)

        save(file, mission_text(progress=40) + "tasks: [broken\n")
        broken = listener.until_mission(lambda each: bool(each.problems))
        assert progress_of(broken) == 10
        assert broken.stale_since is not None

        save(file, mission_text(progress=50))
        mended = listener.until_mission(lambda each: progress_of(each) == 50)
        assert mended.problems == ()
        assert mended.judgement is not None
        kinds = [each.kind for each in mended.judgement.activity]
        assert kinds.index(EventKind.FILE_BROKEN) < kinds.index(EventKind.FILE_MENDED)


def test_missions_that_come_and_go_are_told(path: Path) -> None:
    with live(path) as (_, listener):
        listener.until(lambda found: len(found.missions) == 1)

        save(path / "other.yaml", mission_text(title="Other"))
        listener.until(lambda found: len(found.missions) == 2)

        (path / "other.yaml").unlink()
        listener.until(lambda found: any(each.missing_since for each in found.missions))
        listener.until(lambda found: len(found.missions) == 1)


def test_a_folder_that_went_and_came_again_is_live_again(path: Path) -> None:
    with live(path) as (_, listener):
        listener.until_mission(lambda each: progress_of(each) == 10)

        path.rename(path.with_name("elsewhere"))
        listener.until(lambda found: bool(found.problems))
        path.mkdir()
        save(path / "chat.yaml", mission_text(progress=70))

        listener.until_mission(lambda each: progress_of(each) == 70)
        save(path / "chat.yaml", mission_text(progress=80))
        listener.until_mission(lambda each: progress_of(each) == 80)


def test_a_new_folder_mission_is_watched_with_its_parts(path: Path) -> None:
    with live(path) as (_, listener):
        listener.until(lambda found: len(found.missions) == 1)
        folder = path / "platform"
        folder.mkdir()
        save(folder / "mission.yaml", mission_text(title="Platform"))
        listener.until(lambda found: len(found.missions) == 2)

        (folder / "parts").mkdir()
        save(folder / "parts" / "more.yaml", "tasks:\n  more: {estimate: 1h}\n")

        listener.until(
            lambda found: any(
                each.judgement is not None and len(each.judgement.tasks) == 2
                for each in found.missions
            )
        )


def test_a_long_write_is_said_to_be_under_way(path: Path) -> None:
    with live(path) as (_, listener), (path / "chat.yaml").open("a") as file:
        listener.until_mission(lambda each: progress_of(each) == 10)
        stopped = threading.Event()

        def write_slowly() -> None:
            while not stopped.wait(0.01):
                file.write("# one more line\n")
                file.flush()

        writer = threading.Thread(target=write_slowly)
        writer.start()
        listener.until_mission(lambda each: each.is_being_written)
        stopped.set()
        writer.join()

        listener.until_mission(lambda each: not each.is_being_written)


def test_time_alone_is_reason_enough_to_judge_again(path: Path) -> None:
    with live(path) as (_, listener):
        first = listener.until(lambda _: True)

        later = listener.until(lambda found: found.at > first.at)

        assert later.at - first.at < timedelta(seconds=8)


def test_a_clock_that_jumps_is_judged_at_the_next_look(path: Path) -> None:
    times = [datetime(2024, 1, 15, 12, tzinfo=UTC)]
    with live(path, clock=lambda: times[0]) as (loop, listener):
        listener.until(lambda found: found.at == times[0])

        times[0] += timedelta(days=2)
        loop.refresh_now()

        listener.until(lambda found: found.at == times[0])


@contextmanager
def running(loop: LiveLoop) -> Iterator[None]:
    loop.start()
    try:
        yield
    finally:
        loop.stop()


class _Mortal:
    """A library that breaks when it is told to."""

    def __init__(self, path: Path, failures: list[Exception]) -> None:
        self._inner = MissionLibrary(path)
        self._failures = failures

    @property
    def watched_folders(self) -> tuple[Path, ...]:
        return self._inner.watched_folders

    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        if self._failures:
            raise self._failures.pop()
        return self._inner.refresh(now, settled=settled)


def test_an_exception_is_told_and_the_loop_goes_on(path: Path) -> None:
    failures: list[Exception] = []
    logged: list[str] = []
    listener = Listener()
    loop = LiveLoop(
        path,
        clock=system_clock,
        tell=listener.take,
        open_library=lambda each: _Mortal(each, failures),
        log=logged.append,
    )
    with running(loop):
        listener.until_mission(lambda each: progress_of(each) == 10)

        failures.append(RuntimeError("agents wrote \x1b[31m"))
        loop.refresh_now()
        told = listener.until(lambda found: bool(found.notices))
        assert told.notices == ("live loop restarted: RuntimeError: agents wrote ␛[31m",)
        assert len(told.missions) == 1

        save(path / "chat.yaml", mission_text(progress=90))
        listener.until_mission(lambda each: progress_of(each) == 90)
        assert "RuntimeError" in logged[0]
        assert "\x1b" not in logged[0]


def test_a_library_that_cannot_even_be_opened_is_tried_again(path: Path) -> None:
    failures = [OSError("first"), OSError("second")]
    listener = Listener()

    def opened(where: Path) -> Library:
        if failures:
            raise failures.pop()
        return MissionLibrary(where)

    with running(LiveLoop(path, clock=system_clock, tell=listener.take, open_library=opened)):
        listener.until(lambda found: bool(found.notices) and not found.missions)
        listener.until_mission(lambda each: progress_of(each) == 10)


def test_a_listener_that_fails_does_not_end_the_loop(path: Path) -> None:
    listener = Listener()
    failures = [ValueError("not now")]

    def tell(assessment: Assessment) -> None:
        if failures:
            raise failures.pop()
        listener.take(assessment)

    with running(LiveLoop(path, clock=system_clock, tell=tell)):
        listener.until(lambda found: bool(found.notices))


def test_it_stops_and_tells_nothing_more(path: Path) -> None:
    listener = Listener()
    loop = LiveLoop(path, clock=system_clock, tell=listener.take)
    loop.start()
    listener.until(lambda _: True)

    loop.stop()

    while not listener.is_silent():
        listener.until(lambda _: True)
    save(path / "chat.yaml", mission_text(progress=60))
    assert listener.is_silent()
    assert not any(each.name in {"live-loop", "hints"} for each in threading.enumerate())
