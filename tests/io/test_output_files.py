import os
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.io.output_files import replace, write_new


def test_a_new_file_never_replaces_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.yaml"
    write_new(path, "first")

    with pytest.raises(WriteRefused, match="is there already; nothing was written"):
        write_new(path, "second")

    assert path.read_text() == "first"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_readable_to_those_whom_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_new(tmp_path / "a", "x")
        replace(tmp_path / "b", "x")
    finally:
        os.umask(before)

    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o640}


def test_replacing_leaves_other_names_of_the_old_file_as_they_were(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_text("old")
    other.hardlink_to(path)

    replace(path, "new")

    assert (path.read_text(), other.read_text()) == ("new", "old")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    replace(pipe, "told")

    assert os.read(reading, 100) == b"told"
    os.close(reading)
    assert pipe.is_fifo()


def test_why_nothing_was_written_is_said_safely(tmp_path: Path) -> None:
    with pytest.raises(WriteRefused) as refusal:
        replace(tmp_path / "no\x1b[31m" / "a", "x")

    assert "\x1b" not in str(refusal.value)
    assert "No such file or directory" in str(refusal.value)
