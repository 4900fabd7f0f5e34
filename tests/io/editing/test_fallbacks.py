"""Where a file cannot be exchanged for its new version: it is replaced, or written over."""

import errno
import os
from pathlib import Path

from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.commit import Workplace, commit
from orchestrator_tui.io.editing.drafts import Change
from orchestrator_tui.io.editing.leftovers import settle
from orchestrator_tui.io.mission_edit import edit_mission
from tests.io.editing.dying import dies_at
from tests.io.editing.writing import (
    TEXT,
    as_root,
    file_of_nobody,
    left_in,
    mission_file,
    progress,
    rewrite,
    state_of,
)
from tests.io.unprivileged import Unprivileged

NEW = TEXT.replace("progress: 10", "progress: 50")


@as_root
def test_in_a_closed_folder_the_file_is_written_over(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    path = file_of_nobody(public_place)
    path.parent.chmod(0o555)
    inode = path.stat().st_ino

    with unprivileged():
        progress(path, 50)

    assert path.read_text() == NEW
    assert path.stat().st_ino == inode
    assert left_in(public_place) == []


@as_root
def test_a_writer_killed_while_it_wrote_over_a_file_is_completed(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    path = file_of_nobody(public_place)
    path.parent.chmod(0o555)

    with unprivileged():
        assert dies_at(points.OVERWRITING, lambda reached: progress(path, 9, failpoint=reached))
        # as far as the write had come: the rest is still the old text, and longer
        new = TEXT.replace("progress: 10", "progress: 9")
        path.write_text(new[:250] + TEXT[250:])
        written = edit_mission(path, lambda _: [], state=state_of(path))

    assert written.files == ()
    assert path.read_text() == new
    assert left_in(public_place) == []


def _busy(one: Path, other: Path) -> bool:
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(one), None, str(other))


def test_a_file_that_is_a_mount_of_its_own_is_written_over(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    inode = path.stat().st_ino
    workplace = Workplace(tmp_path / "intents", tmp_path / "rescued", exchange=_busy)

    is_written = commit([Change(path, TEXT.encode(), NEW.encode())], workplace)
    settle(workplace, lambda _path, _text: True, patience_seconds=0.0)

    assert is_written
    assert (path.read_text(), path.stat().st_ino) == (NEW, inode)
    assert left_in(tmp_path) == []


def test_where_names_cannot_be_exchanged_the_file_is_replaced(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    workplace = Workplace(tmp_path / "intents", tmp_path / "rescued", exchange=lambda *_: False)

    is_written = commit([Change(path, TEXT.encode(), NEW.encode())], workplace)
    settle(workplace, lambda _path, _text: True, patience_seconds=0.0)

    assert is_written
    assert path.read_text() == NEW
    assert left_in(tmp_path) == []


def test_where_names_cannot_be_exchanged_another_version_is_not_replaced(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    def other_comes_first(_one: Path, _other: Path) -> bool:
        rewrite(path, "2h", "9h")
        return False

    workplace = Workplace(tmp_path / "intents", tmp_path / "rescued", exchange=other_comes_first)

    is_written = commit([Change(path, TEXT.encode(), NEW.encode())], workplace)
    settle(workplace, lambda _path, _text: True, patience_seconds=0.0)

    assert not is_written
    assert path.read_text() == TEXT.replace("2h", "9h")
    assert left_in(tmp_path) == []
