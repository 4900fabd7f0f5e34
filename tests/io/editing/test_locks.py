"""One writer at a time, and a word of who it is for those who wait."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.locks import lock_file
from orchestrator_tui.io.mission_edit import edit_mission
from tests.io.editing.dying import beside
from tests.io.editing.writing import (
    PROGRESS,
    TEXT,
    mission_file,
    mission_folder,
    once,
    progress,
    state_of,
    task_at,
    task_of,
)


@contextmanager
def _stopped_in_a_write(path: Path) -> Iterator[int]:
    """Let another process hold the lock, and stop; it goes on in the end."""
    reader, writer = os.pipe()

    def stop() -> None:
        os.close(writer)
        os.kill(os.getpid(), signal.SIGSTOP)

    def write() -> None:
        os.close(reader)
        edit_mission(
            path,
            lambda _: [Put(PROGRESS, 50)],
            state=state_of(path),
            command="report",
            failpoint=once(points.COMMITTED, stop),
        )

    with beside(write) as child:
        os.close(writer)
        os.read(reader, 1)
        os.close(reader)
        os.waitpid(child, os.WUNTRACED)
        try:
            yield child
        finally:
            os.kill(child, signal.SIGCONT)


def test_a_stopped_holder_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    with _stopped_in_a_write(path) as holder, pytest.raises(WriteRefused) as refused:
        edit_mission(
            path, lambda _: [Put(PROGRESS, 60)], state=state_of(path), patience_seconds=0.05
        )

    message = str(refused.value)
    assert f"m.yaml is locked by process {holder} (report) since 2" in message
    assert task_at(path).progress == 50


def test_a_holder_that_goes_on_is_waited_for(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    with _stopped_in_a_write(path) as holder:
        os.kill(holder, signal.SIGCONT)
        edit_mission(path, lambda _: [Put(PROGRESS, 60)], state=state_of(path))

    assert task_at(path).progress == 60


def test_threads_of_one_process_wait_for_each_other(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    def one_more() -> None:
        edit_mission(
            path,
            lambda now: [Put(PROGRESS, (task_of(now).progress or 0) + 1)],
            state=state_of(path),
        )

    threads = [threading.Thread(target=one_more) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert task_at(path).progress == 18


def test_a_child_that_was_forked_meanwhile_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    reader, writer = os.pipe()

    def wait() -> None:
        os.close(writer)
        os.read(reader, 1)

    with ExitStack() as stack:
        progress(path, 50, failpoint=once(points.LOCKED, lambda: _enter(stack, wait)))
        edit_mission(
            path, lambda _: [Put(PROGRESS, 60)], state=state_of(path), patience_seconds=0.0
        )
        os.close(writer)
    os.close(reader)

    assert task_at(path).progress == 60


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("alpha", "alpha/mission.yaml"), id="its first file"),
        pytest.param(("alpha", "alpha/agents/ada.yaml"), id="a part of it"),
        pytest.param(("alpha", "link"), id="a link to it"),
        pytest.param(("alpha", "alpha/../alpha"), id="a way round"),
    ],
)
def test_a_mission_has_one_lock_however_it_is_named(tmp_path: Path, names: tuple[str, str]) -> None:
    place = mission_folder(tmp_path, mission=TEXT, agents__ada="agents: {ada: {icon: A}}\n").parent
    (place / "link").symlink_to("alpha")

    one, other = (lock_file(place / each, tmp_path) for each in names)

    assert one == other


def test_two_missions_have_two_locks(tmp_path: Path) -> None:
    one, other = (mission_file(tmp_path, name=name) for name in ("a.yaml", "b.yaml"))

    assert lock_file(one, tmp_path) != lock_file(other, tmp_path)


def test_a_note_that_makes_no_sense_names_nobody(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    lock = lock_file(path, state_of(path))

    def spoil() -> None:
        lock.write_bytes(b"\x00\x1b[31m")
        with pytest.raises(WriteRefused, match="is locked by another process"):
            edit_mission(path, lambda _: [], state=state_of(path), patience_seconds=0.0)

    edit_mission(path, lambda _: [], state=state_of(path), failpoint=once(points.LOCKED, spoil))


def _enter(stack: ExitStack, act: Callable[[], object]) -> None:
    stack.enter_context(beside(act))
