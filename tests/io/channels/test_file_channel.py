"""A file that gets a line of JSON for each message: whole lines, whatever happens."""

import fcntl
import json
import os
import resource
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.delivering import deliver
from tests.io.channels.sent import ID, KEPT, hostile_message, message, why_not


def channel(file: Path) -> Channel:
    return Channel(file=str(file))


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(each) for each in file.read_bytes().split(b"\n")[:-1]]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let the system refuse to make a file bigger than that."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_message_is_a_line_that_says_everything(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "down" / "messages.jsonl"

    deliver(channel(file), message(carries=("a", "b"), markdown="# x", html="<p>x"))

    assert lines(file) == [
        {
            "id": ID,
            "at": "2024-01-15T16:15:00Z",
            "channel": "ops",
            "to": "boss",
            "mission": "chat",
            "subject": "BLOCKER:B1",
            "level": 3,
            "title": "It is late",
            "text": "It is late\nSince noon.",
            "items": [
                {
                    "kind": "RAISED",
                    "mission": "chat",
                    "subject": "BLOCKER:B1",
                    "level": 3,
                    "title": "It is late",
                }
            ],
            "markdown": "# x",
            "html": "<p>x",
            "carries": ["a", "b"],
        }
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_there_keeps_its_lines_and_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text('{"id": "old"}\n')
    file.chmod(0o644)

    deliver(channel(file), message())

    assert [each["id"] for each in lines(file)] == ["old", ID]
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_hostile_text_is_one_line_of_ascii_and_reads_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"

    deliver(channel(file), hostile_message(html="half a letter \ud800"))

    raw = file.read_bytes()
    assert raw.isascii()
    assert raw.count(b"\n") == 1
    (found,) = lines(file)
    assert [each for each in KEPT if each not in found["text"].split("\n")] == []
    assert found["html"] == "half a letter ?"


def test_a_line_that_somebody_tore_is_ended_first(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_bytes(b'{"id": "whole"}\n{"id": "to')

    deliver(channel(file), message())

    whole, torn, last = file.read_bytes().splitlines()
    assert (whole, torn, json.loads(last)["id"]) == (b'{"id": "whole"}', b'{"id": "to', ID)


def test_a_message_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    deliver(channel(file), message())
    before = file.read_bytes()

    with largest_file(len(before) + 10):
        why = why_not(channel(file), message())

    assert why == "the file cannot be written: there is no room for the whole message"
    assert file.read_bytes() == before


def test_a_full_file_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    deliver(channel(file), message())

    with largest_file(file.stat().st_size):
        why = why_not(channel(file), message())

    assert why == "the file cannot be written: file too large"


def test_many_at_once_write_whole_lines(tmp_path: Path) -> None:
    file = tmp_path / "new" / "messages.jsonl"
    ids = [f"id-{number}" for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: deliver(channel(file), message("x" * 9000, id=key)), ids))

    assert sorted(each["id"] for each in lines(file)) == sorted(ids)


def test_what_is_no_file_is_refused_and_nobody_waits(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert why_not(channel(tmp_path), message()) == "it is a folder, and not a file"
    assert why_not(channel(pipe), message()) == "it is a pipe, and not a file"
    assert why_not(channel(Path("/dev/null")), message()) == "it is a device, and not a file"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("x" * 300, "file name too long", id="a name that is too long"),
        pytest.param("circle", "too many levels of symbolic links", id="a circle of links"),
    ],
)
def test_a_path_that_cannot_be_is_told_of(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "circle").symlink_to("circle")

    assert why_not(channel(tmp_path / name), message()) == f"the file cannot be written: {reason}"


def test_a_file_where_its_folder_is_to_be_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("")

    why = why_not(channel(tmp_path / "note" / "messages.jsonl"), message())

    assert why == f"{tmp_path / 'note'} is not a folder"


def test_a_file_that_another_program_holds_is_waited_for_no_longer_than_said(
    tmp_path: Path,
) -> None:
    file = tmp_path / "messages.jsonl"
    with file.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        why = why_not(channel(file), message(), seconds=0.1)

    assert why == "the file is locked by another program"
    assert file.read_bytes() == b""
