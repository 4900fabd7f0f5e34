import os
import pty
import subprocess
import sys

import pytest

from orchestrator_tui.cli.paint import painted
from orchestrator_tui.presentation.lines import Piece, Tone
from tests.cli.commands import ROOT

LINES = ((Piece("[b]late[/b]", Tone.ALARM), Piece(" plain")), ())


def test_plain_text_has_no_escape_sequence() -> None:
    assert painted(LINES, in_colour=False) == "[b]late[/b] plain\n\n"


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_is_ended_where_it_began(tone: Tone) -> None:
    text = painted(((Piece("x", tone),),), in_colour=True)

    assert text.count("\x1b[") in {0, 2}
    assert text.endswith("x\x1b[0m\n") or text == "x\n"


def on_a_terminal(columns: int, **environment: str) -> str:
    """Return what `status` writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "orchestrator_tui", "status", "missions/chat-app.yaml"]
    kept = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS"}}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**kept, "TERM": "xterm", "COLUMNS": str(columns), **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        written = bytearray()
        try:
            while chunk := os.read(ours, 4096):
                written += chunk
        except OSError:  # how Linux says that the other side has closed
            pass
    os.close(ours)
    return written.decode()


def test_a_terminal_gets_colour_and_its_own_width() -> None:
    text = on_a_terminal(100)

    assert "\x1b[" in text
    assert f"┌{'─' * 98}┐" in text


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colour_can_be_refused(environment: dict[str, str]) -> None:
    text = on_a_terminal(70, **environment)

    assert "\x1b" not in text
    assert f"┌{'─' * 68}┐" in text
