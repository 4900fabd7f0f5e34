"""Every way in which people and agents change files is seen, each version once and whole."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestrator_tui.io.hints import Dirty, Failed, Hints, StartHints, Watchfiles, start_hints
from orchestrator_tui.io.watching import Watching
from tests.io.watched_folder import WatchedFolder, watched

OLD = "mission: old\n"
NEW = "mission: new, and longer\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "missions"
    place.mkdir()
    (place / "m.yaml").write_text(OLD)
    return place


@pytest.fixture(params=[start_hints, Watchfiles], ids=["best means", "watchfiles"])
def live(folder: Path, request: pytest.FixtureRequest) -> Iterator[WatchedFolder]:
    with watched(folder, request.param) as one:
        assert one.next_version() == OLD
        yield one


def _in_place(path: Path) -> None:
    path.write_text(NEW)


def _rename(path: Path) -> None:
    other = path.with_name(".m.yaml.tmp")
    other.write_text(NEW)
    other.replace(path)


def _rename_from_a_visible_name(path: Path) -> None:
    other = path.with_name("m.yaml.new")
    other.write_text(NEW)
    other.replace(path)


def _sed(path: Path) -> None:
    subprocess.run(
        ["sed", "-i", "s/old/new, and longer/", str(path)], check=True, capture_output=True
    )


def _append_in_chunks(path: Path) -> None:
    with path.open("w") as file:
        for each in NEW:
            file.write(each)
            file.flush()


def _delete_and_make_again(path: Path) -> None:
    path.unlink()
    path.write_text(NEW)


def _backup_then_write(path: Path) -> None:
    path.rename(path.with_name("m.yaml~"))
    path.write_text(NEW)


def _copy(path: Path) -> None:
    other = path.parent.parent / "other"
    other.write_text(NEW)
    shutil.copy2(other, path)


def _hard_link(path: Path) -> None:
    other = path.parent.parent / "other"
    other.write_text(NEW)
    path.unlink()
    path.hardlink_to(other)


def _symlink_swap(path: Path) -> None:
    target = path.parent.parent / "target"
    target.write_text(NEW)
    link = path.with_name(".link")
    link.symlink_to(target)
    link.replace(path)


def _truncate_then_extend(path: Path) -> None:
    os.truncate(path, 0)
    with path.open("r+") as file:
        file.write(NEW)


def _with_the_old_times(path: Path) -> None:
    before = path.stat()
    path.write_text(NEW)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(_in_place, id="written in place"),
        pytest.param(_rename, id="renamed over"),
        pytest.param(_rename_from_a_visible_name, id="renamed from a visible name"),
        pytest.param(_sed, id="sed -i"),
        pytest.param(_append_in_chunks, id="written in chunks"),
        pytest.param(_delete_and_make_again, id="deleted and made again"),
        pytest.param(_backup_then_write, id="moved to a backup and written"),
        pytest.param(_copy, id="copied with its times"),
        pytest.param(_hard_link, id="linked"),
        pytest.param(_symlink_swap, id="symlink swapped in"),
        pytest.param(_truncate_then_extend, id="truncated and extended"),
        pytest.param(_with_the_old_times, id="its time set back"),
    ],
)
def test_every_style_of_edit_is_seen_whole(
    live: WatchedFolder, edit: Callable[[Path], None]
) -> None:
    edit(live.folder / "m.yaml")

    seen = live.until(lambda text: text == NEW)

    assert set(seen) <= {None, NEW}


def test_git_checkout_is_seen(folder: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def git(*arguments: str) -> None:
        names = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    git("add", "m.yaml")
    git("commit", "-qm", "old")
    (folder / "m.yaml").write_text(NEW)
    git("commit", "-qam", "new")
    with watched(folder) as live:
        assert live.next_version() == NEW

        git("checkout", "-q", "HEAD~1")

        assert live.until(lambda text: text == OLD)[-1] == OLD


def test_two_edits_of_the_same_size_within_a_second_are_both_seen(live: WatchedFolder) -> None:
    for text in ("mission: abc\n", "mission: abd\n", "mission: abe\n"):
        (live.folder / "m.yaml").write_text(text)

        assert live.next_version() == text


def test_a_new_file_is_seen_and_so_is_its_end(live: WatchedFolder) -> None:
    (live.folder / "other.yaml").write_text(NEW)
    assert live.next_version("other.yaml") == NEW

    (live.folder / "other.yaml").unlink()
    assert live.next_version("other.yaml") is None


@pytest.mark.parametrize("pause", ["0.005", "0.01"])
def test_a_writer_that_writes_line_by_line_shows_no_partial_version(
    live: WatchedFolder, pause: str
) -> None:
    script = (
        "import sys, time\n"
        "with open(sys.argv[1], 'w') as file:\n"
        "    for line in range(30):\n"
        "        file.write(f'line {line}\\n'); file.flush(); time.sleep(float(sys.argv[2]))\n"
    )

    subprocess.run([sys.executable, "-c", script, str(live.folder / "m.yaml"), pause], check=True)

    whole = "".join(f"line {each}\n" for each in range(30))
    assert live.next_version() == whole


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

        _rename(folder / "m.yaml")

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

    _rename(live.folder / "m.yaml")
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

        _rename(folder / "m.yaml")

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

        _rename(folder / "m.yaml")

        assert live.next_version() == NEW


def test_a_watcher_that_dies_is_replaced_by_polling(folder: Path) -> None:
    deaths: list[Failed] = []

    def mortal(folders: tuple[Path, ...], dirty: Dirty, failed: Failed) -> Hints:
        deaths.append(failed)
        return _Silent()

    with watched(folder, mortal) as live:
        assert live.next_version() == OLD
        deaths[0]("it died")

        _rename(folder / "m.yaml")

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
