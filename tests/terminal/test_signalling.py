"""The app in a terminal rings for what is new, and leaves the title as it was."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.listening import mission_text, save
from tests.terminal.pty_program import PtyProgram

KEEP, GIVE_BACK = b"\x1b[22;0t", b"\x1b[23;0t"
ONE, TWO = "changes: {fewer: {title: Fewer}", ", more: {title: More}"
SETTINGS = "channels: {desk: {terminal: [bell, title]}}\nlead: {notify: [desk]}\n"
COMMAND = re.compile(rb"\x1b\][^\a\x1b]*(\a|\x1b\\)")
"""An operating system command, which may end in a character that rings elsewhere."""


def rings(written: bytes) -> int:
    """Return how often it rang."""
    return COMMAND.sub(b"", written).count(b"\a")


def title(words: str) -> bytes:
    """Return the end of what gives a title."""
    return f" need you · {words}\x1b\\".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "chat.yaml"
    save(path, mission_text(title="Alpha") + ONE + "}\n")
    return path


@pytest.fixture
def program(file: Path) -> Iterator[PtyProgram]:
    settings = file.with_name("config.yaml")
    settings.write_text(SETTINGS)
    environment = {
        **{key: value for key, value in os.environ.items() if key != "TMUX"},
        "TERM": "xterm-256color",
        "PYTHONPATH": str(Path.cwd()),
        "ORCHESTRATOR_TUI_STATE": str(file.parent / "state"),
        "ORCHESTRATOR_TUI_CONFIG": str(settings),
    }
    words = [sys.executable, "-m", "orchestrator_tui", file.name]
    started = PtyProgram(words, environment, folder=file.parent)
    try:
        yield started
    finally:
        started.close()


def test_it_rings_for_a_new_decision_and_gives_the_title_back(
    file: Path, program: PtyProgram
) -> None:
    before = program.read_until(title("Alpha"))
    assert before.index(KEEP) < before.index(title("Alpha"))
    save(file, mission_text(title="Bravo") + ONE + "}\n")
    assert not rings(program.read_until(title("Bravo")))

    save(file, mission_text(title="Bravo#1") + ONE + TWO + "}\n")
    program.read_until(title("Bravo#1"))
    program.read_until(lambda text: rings(text) > 0)

    program.type(b"\x1a")
    program.stopped()
    assert program.written.count(GIVE_BACK) == 1
    os.kill(program.guard, signal.SIGCONT)
    program.read_until(lambda text: text.count(KEEP) > 1)

    program.type(b"q")
    assert program.ended() == 0
    assert program.written.count(GIVE_BACK) == 2
    assert program.written.rindex(title("Bravo#1")) < program.written.rindex(GIVE_BACK)
    assert rings(program.written) == 1
