"""A command that gets messages on its standard input, and cannot hurt whoever tells it."""

import json
import sys
from pathlib import Path
from time import monotonic

import pytest

from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.delivering import deliver
from tests.io.channels.sent import ID, hostile_message, message, why_not

PYTHON = (sys.executable, "-I", "-S", "-c")
TELLS = (
    "import json, os, sys; open(sys.argv[1], 'w').write(json.dumps("
    "[sys.argv[2:], sys.stdin.read(), dict(os.environ)]))"
)


def command(*argv: str) -> Channel:
    return Channel(run=argv)


def test_a_command_gets_one_line_of_json_and_the_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("SECRET_TOKEN", "s3cr3t")
    sent = hostile_message()

    deliver(command(*PYTHON, TELLS, str(told), "--loud"), sent)

    words, given, environment = json.loads(told.read_text())
    assert words == ["--loud"]
    assert given.endswith("}\n")
    assert json.loads(given)["text"] == sent.body.encode("utf-8", "replace").decode()
    assert environment["ORCHESTRATOR_TUI_MESSAGE_ID"] == ID
    assert "PATH" in environment
    assert "SECRET_TOKEN" not in environment


def test_a_command_may_leave_its_input_alone() -> None:
    deliver(command("true"), message("x" * 90_000, html="y" * 900_000))


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        pytest.param(
            ("sh", "-c", "echo one; echo 'no such pager' >&2; exit 3"),
            "exited with 3: no such pager",
            id="it fails and says why",
        ),
        pytest.param(("false",), "exited with 1", id="it fails and says nothing"),
        pytest.param(
            ("no-such-pager",),
            "the command was not run: its program is not there: no-such-pager",
            id="it is missing",
        ),
        pytest.param(
            ("sh", "-c", "kill -s TERM $$"), "ended by SIGTERM", id="it is ended by a signal"
        ),
        pytest.param(
            ("sh", "-c", "printf '\\033[31mred\\a' ; exit 1"),
            "exited with 1: ␛[31mred␇",
            id="what it says is made safe",
        ),
    ],
)
def test_a_command_that_does_not_end_well_did_not_deliver(argv: tuple[str, ...], why: str) -> None:
    assert why_not(command(*argv), message()) == why


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("no answer from https://hooks.example/T0/s3cr3t", id="its URL"),
        pytest.param("404 of /T0/s3cr3t", id="a part of its URL"),
        pytest.param("no user xoxb-1234567890-abcdefghijklmnop", id="a token"),
    ],
)
def test_what_a_command_says_of_its_secrets_is_not_repeated(said: str) -> None:
    fails = command(
        "sh", "-c", 'echo "$2"; exit 7', "post", "https://hooks.example/T0/s3cr3t", said
    )

    why = why_not(fails, message())

    assert why.startswith("exited with 7: ")
    assert "s3cr3t" not in why
    assert "xoxb" not in why


def test_a_command_that_hangs_is_ended() -> None:
    began = monotonic()

    why = why_not(command("sh", "-c", "sleep 60 & sleep 60"), message(), seconds=0.3)

    assert why == "ended here: it took longer than 0.3 s"
    assert monotonic() - began < 10


def test_a_command_that_writes_without_end_fills_nothing() -> None:
    writes = "head -c 30000000 /dev/zero | tr '\\0' x; exit 1"

    why = why_not(command("sh", "-c", writes), message())

    assert len(why) <= 201
    assert why == "exited with 1: …"
