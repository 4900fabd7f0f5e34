"""The log is private and bounded, and a crash's text can do nothing to a terminal."""

import os
from pathlib import Path

from orchestrator_tui.io.terminal.stray_output import (
    LOG_LIMIT_BYTES,
    LOG_NAME,
    crash_text,
    opened_log,
)


def test_the_log_is_appended_to_and_nobody_elses_business(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "own"
    for each in (b"one\n", b"two\n"):
        log = opened_log(folder)
        os.write(log, each)
        os.close(log)

    assert (folder / LOG_NAME).read_bytes() == b"one\ntwo\n"
    assert folder.stat().st_mode & 0o077 == 0


def test_a_log_that_grew_too_big_begins_anew(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_bytes(b"x" * (LOG_LIMIT_BYTES + 1))

    log = opened_log(tmp_path)
    os.write(log, b"new\n")
    os.close(log)

    assert (tmp_path / LOG_NAME).read_bytes() == b"new\n"


def test_a_log_that_cannot_be_had_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    log = opened_log(tmp_path / "file")

    assert os.write(log, b"lost\n") == 5
    os.close(log)


def test_a_log_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / LOG_NAME).symlink_to(target)

    log = opened_log(tmp_path)
    os.write(log, b"lost\n")
    os.close(log)

    assert target.read_text() == "precious"


def test_the_text_of_a_crash_is_safe_to_show() -> None:
    text = crash_text(RuntimeError("\x1b]52;c;aGk=\x07 \x9b31m \u202e"))

    assert "RuntimeError: ␛]52;c;aGk=␇ ‹U+009B›31m ‹U+202E›" in text
    assert text.isascii() is False
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
