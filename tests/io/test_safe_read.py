"""Whatever has a name on disk is read or refused at once, with a reason."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator_tui.io.reading.safe_read import LARGEST_BYTES, FileRefused, read_bytes
from tests.io.unprivileged import Unprivileged


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may have few characters
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(before)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def a_circle_of_links(path: Path) -> None:
    path.symlink_to(path)


def a_link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_link_to_noise(path: Path) -> None:
    path.symlink_to("/dev/random")


def a_sparse_giant(path: Path) -> None:
    path.touch()
    os.truncate(path, 50_000_000_000)


def a_little_too_much(path: Path) -> None:
    path.write_bytes(b"#" * (LARGEST_BYTES + 1))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(a_pipe, "a pipe", id="pipe"),
        pytest.param(a_socket, "cannot be read", id="socket"),
        pytest.param(a_folder, "a folder", id="folder"),
        pytest.param(a_link_to_nowhere, "is not there", id="dangling link"),
        pytest.param(a_circle_of_links, "round in a circle", id="circle of links"),
        pytest.param(a_link_to_zeros, "a device", id="zeros"),
        pytest.param(a_link_to_noise, "a device", id="noise"),
        pytest.param(a_sparse_giant, "too big", id="sparse giant"),
        pytest.param(a_little_too_much, "too big", id="a little too much"),
    ],
)
def test_what_is_no_readable_file_is_refused_with_a_reason(
    make: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "m.yaml"
    make(path)

    with pytest.raises(FileRefused, match=reason):
        read_bytes(path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="is not there"):
        read_bytes(tmp_path / "none.yaml")


@pytest.mark.parametrize("name", ["a\0b.yaml", "n" * 300 + ".yaml", "d/" * 1000 + "m.yaml"])
def test_a_name_that_is_no_path_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        read_bytes(tmp_path / name)


def test_a_file_without_permission_is_refused_with_what_to_do(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    path = public_place / "m.yaml"
    path.write_text("mission: x")
    path.chmod(0)

    with unprivileged(), pytest.raises(FileRefused, match="chmod"):
        read_bytes(path)


def test_the_largest_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(b"#" * LARGEST_BYTES)

    raw, stamp = read_bytes(path)

    assert len(raw) == LARGEST_BYTES == stamp.size


def test_a_link_is_followed_only_where_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text("mission: x")
    link = tmp_path / "link.yaml"
    link.symlink_to("there.yaml")

    assert read_bytes(link)[0] == b"mission: x"
    with pytest.raises(FileRefused):
        read_bytes(link, follows_link=False)


def test_a_changed_file_has_another_stamp(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("one")
    _, before = read_bytes(path)

    path.write_text("two")
    os.utime(path, ns=(before.modified_ns, before.modified_ns))

    assert read_bytes(path)[1] != before
