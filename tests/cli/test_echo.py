import subprocess
import sys

import pytest

from orchestrator_tui.cli.echo import complain
from tests.cli.commands import ROOT


def test_a_complaint_is_made_safe_line_by_line(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    complain("one \x1b[31mred\ntwo\x07")

    assert capsysbinary.readouterr().err.decode() == "one ␛[31mred\ntwo␇\n"


def test_even_a_bug_cannot_write_to_the_terminal() -> None:
    source = (
        "import sys\n"
        "from orchestrator_tui.cli.echo import complain_of_a_bug\n"
        "sys.excepthook = complain_of_a_bug\n"
        "raise RuntimeError('\\x1b]52;c;aGk=\\x07 [bold]agent[/bold]')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, check=False
    )

    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert "RuntimeError: ␛]52;c;aGk=␇ [bold]agent[/bold]" in done.stderr.decode()
