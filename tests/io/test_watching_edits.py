"""Every way in which people and agents change a file is seen, each version once and whole."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.io.watched_folder import NEW, OLD, SHORTER_THAN_ANY_REST, WatchedFolder, renamed, watched


def _in_place(path: Path) -> None:
    path.write_text(NEW)


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
        pytest.param(renamed, id="renamed over"),
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
    began = time.monotonic()
    edit(live.folder / "m.yaml")
    was_quick = time.monotonic() - began < SHORTER_THAN_ANY_REST

    seen = live.until(lambda text: text == NEW)

    # A writer whom the system held up in the middle did write two versions.
    assert not was_quick or set(seen) <= {None, NEW}


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
