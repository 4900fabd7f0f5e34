"""Disks, permissions and kinds of files that do not let us write: the file stays whole."""

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import MissionInvalid, WriteRefused
from orchestrator_tui.io.editing import points
from tests.io.editing.writing import (
    TEXT,
    as_root,
    file_of_nobody,
    left_in,
    mission_file,
    once,
    progress,
    state_of,
)
from tests.io.unprivileged import Unprivileged

NEW = TEXT.replace("progress: 10", "progress: 50")


def test_a_file_with_two_names_is_refused(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    os.link(path, tmp_path / "other.yaml")

    with pytest.raises(WriteRefused, match=r"2 names \(hard links\)"):
        progress(path, 50)

    assert path.read_text() == TEXT
    assert path.stat().st_nlink == 2
    assert left_in(tmp_path) == []


def test_a_file_that_is_read_only_is_refused(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    path.chmod(0o444)

    with pytest.raises(WriteRefused, match="read-only: chmod u\\+w"):
        progress(path, 50)

    assert path.read_text() == TEXT
    assert left_in(tmp_path) == []


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    os.mkfifo(path)

    with pytest.raises(MissionInvalid, match="is a pipe"):
        progress(path, 50)


@pytest.mark.parametrize("point", [points.LOCKED, points.INTENDED, points.DRAFTING])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, point: str) -> None:
    path = mission_file(tmp_path)

    with _largest_file(100) as set_limit, pytest.raises(WriteRefused) as refused:
        progress(path, 50, failpoint=once(point, set_limit))

    assert "not written" in str(refused.value) or "nothing was written" in str(refused.value)
    assert path.read_text() == TEXT
    assert left_in(tmp_path) == []
    assert list(state_of(path).rglob("*.intent")) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
@pytest.mark.parametrize(
    "point",
    [points.READ, points.PLANNED, points.INTENDED, points.DRAFTING, points.DRAFTED, points.CHECKED],
)
def test_an_error_of_the_disk_leaves_the_file_as_it_was(
    tmp_path: Path, point: str, number: int
) -> None:
    path = mission_file(tmp_path)

    with pytest.raises(WriteRefused, match="was not written"):
        progress(path, 50, failpoint=once(point, _failing(number)))

    assert path.read_text() == TEXT
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("point", [points.BEFORE_REMOVAL, points.REMOVED])
def test_what_is_written_is_not_refused_for_what_comes_after(tmp_path: Path, point: str) -> None:
    path = mission_file(tmp_path)

    written = progress(path, 50, failpoint=once(point, _failing(errno.EIO)))

    assert written.files == (path,)
    assert "not settled" in written.notices[0]
    assert path.read_text() == NEW


@pytest.mark.parametrize("point", [points.BEFORE_REMOVAL, points.REMOVED])
def test_what_could_not_be_removed_is_by_the_next_writer(tmp_path: Path, point: str) -> None:
    path = mission_file(tmp_path)
    progress(path, 50, failpoint=once(point, _failing(errno.EIO)))

    progress(path, 60)

    assert left_in(tmp_path) == []
    assert list(state_of(path).rglob("*.intent")) == []


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda state: state.write_text(""), id="a file is in its place"),
        pytest.param(
            lambda state: (state.mkdir(), (state / "locks").write_text("")), id="a file inside"
        ),
    ],
)
def test_a_state_folder_that_cannot_be_used_is_named(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = mission_file(tmp_path)
    make(state_of(path))

    with pytest.raises(WriteRefused, match=r"nothing was written.*--state-dir"):
        progress(path, 50)

    assert path.read_text() == TEXT


@as_root
def test_a_state_folder_of_somebody_else_is_named(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    path = file_of_nobody(public_place)
    state_of(path).chmod(0o500)

    with (
        unprivileged(),
        pytest.raises(WriteRefused, match=r"nothing was written.*permission denied"),
    ):
        progress(path, 50)


@as_root
def test_a_file_of_somebody_else_is_refused(public_place: Path, unprivileged: Unprivileged) -> None:
    path = file_of_nobody(public_place)
    os.chown(path, 1234, -1)
    path.chmod(0o666)

    with unprivileged(), pytest.raises(WriteRefused, match="only its owner may change it"):
        progress(path, 50)

    assert path.read_text() == TEXT
    assert left_in(public_place) == []


@contextmanager
def _largest_file(size: int) -> Iterator[Callable[[], None]]:
    """Yield what sets the largest file that this process may write, until the end."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, was[1]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)


def _failing(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail
