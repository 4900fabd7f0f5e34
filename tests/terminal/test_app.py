"""The app itself in a terminal: it opens, follows the files, and leaves everything in order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.listening import mission_text, save
from tests.terminal.pty_program import PtyProgram


def _environment(state: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "TERM": "xterm-256color",
        "PYTHONPATH": str(Path.cwd()),
        "ORCHESTRATOR_TUI_STATE": str(state),
        **more,
    }


@contextmanager
def _opened(path: Path, **more: str) -> Iterator[PtyProgram]:
    words = [sys.executable, "-m", "orchestrator_tui", path.name]
    environment = _environment(path.parent / "state", **more)
    program = PtyProgram(words, environment, folder=path.parent)
    try:
        yield program
    finally:
        program.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "chat.yaml"
    save(path, mission_text(title="Alpha"))
    return path


def test_it_shows_the_mission_and_every_save(file: Path) -> None:
    with _opened(file) as program:
        program.read_until(b"Alpha")

        save(file, mission_text(title="Bravo"))
        program.read_until(b"Bravo")
        file.write_text(mission_text(title="Charlie"))
        program.read_until(b"Charlie")

        program.type(b"q")
        assert program.ended() == 0
        assert program.left_on() == []


def test_a_typo_is_shown_with_its_place_and_goes_when_it_is_mended(file: Path) -> None:
    with _opened(file) as program:
        program.read_until(b"Alpha")

        save(file, mission_text(title="Alpha") + "tasks: [\n")
        program.read_until(b"chat.yaml:")

        save(file, mission_text(title="Delta"))
        program.read_until(b"Delta")


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGHUP", "SIGTERM"])
def test_the_terminal_is_sane_however_it_dies(file: Path, name: str) -> None:
    number = signal.Signals[name]
    with _opened(file) as program:
        program.read_until(b"Alpha")

        os.kill(program.app, number)

        assert program.ended() == 128 + number
        assert program.left_on() == []


def test_a_path_where_nothing_is_leaves_the_terminal_alone(tmp_path: Path) -> None:
    with _opened(tmp_path / "nothing.yaml") as program:
        assert program.ended() == 4
        assert b"\x1b[?1049h" not in program.written
        assert b"nothing.yaml" in program.written


def test_without_a_terminal_it_names_the_command_that_needs_none(file: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "orchestrator_tui", str(file)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=_environment(file.parent / "state"),
    )

    assert ended.returncode == 2
    assert ended.stdout == b""
    assert b"orchestrator-tui status" in ended.stderr


def test_a_dumb_terminal_is_refused(file: Path) -> None:
    with _opened(file, TERM="dumb") as program:
        assert program.ended() == 2
        assert b"\x1b" not in program.written
