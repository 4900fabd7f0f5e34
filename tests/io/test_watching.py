"""Folders that come and go, slow writers, storms, and watchers that fail: all are seen."""

import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from operator import eq
from pathlib import Path

import pytest

from orchestrator_tui.io.watching.hints import (
    Dirty,
    Failed,
    Hints,
    StartHints,
    Watchfiles,
    start_hints,
)
from orchestrator_tui.io.watching.watching import Watching
from tests.io.watched_folder import NEW, OLD, SHORTER_THAN_ANY_REST, WatchedFolder, renamed, watched


def test_a_new_file_is_seen_and_so_is_its_end(live: WatchedFolder) -> None:
    (live.folder / "other.yaml").write_text(NEW)
    assert live.next_version("other.yaml") == NEW

    (live.folder / "other.yaml").unlink()
    assert live.next_version("other.yaml") is None


def _write_line_by_line(path: Path, lines: int) -> float:
    """Write, and return the longest pause between two lines in seconds."""
    longest = 0.0
    pauses = threading.Event()
    with path.open("w") as file:
        before = time.monotonic()
        for each in range(lines):
            file.write(f"line {each}\n")
            file.flush()
            now = time.monotonic()
            longest = max(longest, now - before)
            before = now
            pauses.wait(0.004)
    return longest


def test_a_writer_that_writes_line_by_line_shows_no_partial_version(live: WatchedFolder) -> None:
    for lines in range(30, 60):
        whole = "".join(f"line {each}\n" for each in range(lines))

        longest_pause = _write_line_by_line(live.folder / "m.yaml", lines)

        seen = live.until(partial(eq, whole))
        if longest_pause < SHORTER_THAN_ANY_REST:
            assert seen == [whole]
            return
    pytest.skip("this machine pauses a writer all the time")


def test_a_storm_of_renames_ends_in_the_last_version_and_is_read_a_few_times_a_second(
    live: WatchedFolder,
) -> None:
    for each in range(600):
        other = live.folder / ".tmp"
        other.write_text(f"version {each}\n")
        other.replace(live.folder / "m.yaml")

    seen = live.until(lambda text: text == "version 599\n")

    assert len(seen) < 60


@pytest.mark.parametrize("inside", [".venv", "node_modules", ".git"])
def test_folders_that_watchers_like_to_skip_are_watched(tmp_path: Path, inside: str) -> None:
    folder = tmp_path / inside / "missions"
    folder.mkdir(parents=True)
    (folder / "m.yaml").write_text(OLD)
    with watched(folder) as live:
        assert live.next_version() == OLD

        renamed(folder / "m.yaml")

        assert live.next_version() == NEW


def test_the_target_of_a_link_that_lies_elsewhere_is_seen_by_the_sweep(tmp_path: Path) -> None:
    folder = tmp_path / "missions"
    folder.mkdir()
    target = tmp_path / "target"
    target.write_text(OLD)
    (folder / "m.yaml").symlink_to(target)
    with watched(folder) as live:
        assert live.next_version() == OLD

        target.write_text(NEW)

        assert live.next_version() == NEW


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _move_away(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


@pytest.mark.parametrize("end", [_remove, _move_away])
def test_a_folder_that_went_and_came_again_is_alive(
    live: WatchedFolder, end: Callable[[Path], None]
) -> None:
    end(live.folder)
    assert live.next_version() is None

    live.folder.mkdir()
    (live.folder / "m.yaml").write_text(NEW)
    assert live.next_version() == NEW

    renamed(live.folder / "m.yaml")
    (live.folder / "m.yaml").write_text(OLD)
    assert live.until(lambda text: text == OLD)[-1] == OLD


def test_a_folder_replaced_by_a_link_is_alive(live: WatchedFolder, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "m.yaml").write_text(NEW)
    live.folder.rename(tmp_path / "before")
    live.folder.symlink_to(other)
    assert live.until(lambda text: text == NEW)[-1] == NEW

    (other / "m.yaml").write_text(OLD)
    assert live.next_version() == OLD


def _no_watcher(folders: tuple[Path, ...], dirty: Dirty, failed: Failed) -> Hints:
    raise OSError(24, "OS file watch limit \x1b[31mreached")


def test_without_a_watcher_the_sweep_sees_edits_and_a_notice_says_so(folder: Path) -> None:
    with watched(folder, _no_watcher) as live:
        assert live.next_version() == OLD

        renamed(folder / "m.yaml")

        assert live.next_version() == NEW
        (notice,) = live.watching.notices
        assert notice.startswith("watching by polling: ")
        assert "\x1b" not in notice


class _Silent:
    is_deaf = False

    def close(self) -> None:
        return


def test_a_watcher_that_lost_its_events_is_made_up_for_by_the_sweep(folder: Path) -> None:
    def silent(folders: tuple[Path, ...], dirty: Dirty, failed: Failed) -> Hints:
        return _Silent()

    with watched(folder, silent) as live:
        assert live.next_version() == OLD

        renamed(folder / "m.yaml")

        assert live.next_version() == NEW


def test_a_watcher_that_dies_is_replaced_by_polling(folder: Path) -> None:
    deaths: list[Failed] = []

    def mortal(folders: tuple[Path, ...], dirty: Dirty, failed: Failed) -> Hints:
        deaths.append(failed)
        return _Silent()

    with watched(folder, mortal) as live:
        assert live.next_version() == OLD
        deaths[0]("it died")

        renamed(folder / "m.yaml")

        assert live.next_version() == NEW
        assert live.watching.notices == ("watching by polling: it died",)


@pytest.mark.parametrize("start", [start_hints, Watchfiles])
def test_files_that_are_no_missions_wake_nobody(tmp_path: Path, start: StartHints) -> None:
    dirty = threading.Event()
    hints = start((tmp_path,), dirty.set, lambda _: None)
    for name in (".m.yaml.tmp", "m.yaml~", "notes.txt", ".#m.yaml", "m.yaml.swp"):
        (tmp_path / name).write_text("x")
    assert not dirty.wait(0.2)

    (tmp_path / "m.yaml").write_text("x")

    assert dirty.wait(5)
    hints.close()


def test_a_poke_ends_the_wait_at_once() -> None:
    watching = Watching(start=_no_watcher)
    threading.Timer(0.05, watching.poke).start()

    assert watching.wait(until=float("inf")) is True
