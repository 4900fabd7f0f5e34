import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator_tui.cli.words import COMMANDS
from orchestrator_tui.version import __version__
from tests.cli.commands import MISSIONS, ROOT, modules_after, run

CHAT_APP = MISSIONS / "chat-app.yaml"


def test_it_says_its_version() -> None:
    done = run("--version")

    assert done.returncode == 0
    assert done.stdout.decode() == f"orchestrator-tui {__version__}\n"


def test_help_names_every_command() -> None:
    done = run("--help")

    assert done.returncode == 0
    assert done.stderr == b""
    for command in COMMANDS:
        assert f"\n  {command} " in done.stdout.decode()


@pytest.mark.parametrize("words", [["missions", "--help"], ["--at", "x", "-h"]], ids=" ".join)
def test_the_app_has_help_under_its_own_name(words: list[str]) -> None:
    done = run(*words)

    assert done.returncode == 0
    assert "Usage: orchestrator-tui [OPTIONS] [PATH]" in done.stdout.decode()
    assert "--at TIME" in done.stdout.decode()
    assert "--state-dir DIR" in done.stdout.decode()


def test_what_the_app_does_not_know_is_refused_under_its_own_name() -> None:
    done = run("--json")

    assert done.returncode == 2
    assert "Usage: orchestrator-tui [OPTIONS] [PATH]" in done.stderr.decode()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = run(command, "--help")

    assert done.returncode == 0
    assert f"Usage: orchestrator-tui {command}" in done.stdout.decode()
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(["nowhere.yaml"], 4, "there is no mission at 'nowhere.yaml'", id="path"),
        pytest.param([], 4, "there is no folder missions/ here", id="no missions"),
        pytest.param(["statsu"], 4, "did you mean 'orchestrator-tui status'?", id="typo"),
        pytest.param(["status", "nowhere"], 4, "there is no mission at 'nowhere'", id="status"),
        pytest.param(["check", "nowhere"], 4, "there is no mission at 'nowhere'", id="check"),
        pytest.param(["status", "--frobnicate"], 2, "No such option", id="option"),
        pytest.param(["--frobnicate"], 2, "No such option", id="option of the app"),
        pytest.param(
            ["status", ".", "--width", "20"], 2, "Invalid value for '--width'", id="width"
        ),
        pytest.param(["status", ".", "--at", "noon"], 2, "write 2024-01-15T14:30Z", id="time"),
        pytest.param(["status", ".", "--at", "2024-01-15"], 2, "a date alone", id="date"),
        pytest.param(["export", "."], 2, "Missing option '--format'", id="format"),
        pytest.param(["export", ".", "--format", "pdf"], 2, "'pdf'", id="unknown format"),
        pytest.param(["new", "a/b"], 2, "is not an id", id="name"),
        pytest.param(["guide", "--agent", "a b"], 2, "is not an id", id="agent"),
        pytest.param(["guide"], 2, "Missing option '--agent'", id="no agent"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_with_its_exit_status(
    words: list[str], status: int, said: str, tmp_path: Path
) -> None:
    done = run(*words, cwd=tmp_path)

    assert done.returncode == status
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_what_was_typed_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    hostile = "\x1b]52;c;aGk=\x07[bold]x[/bold]"

    for words in (
        ["status", hostile], [hostile], ["status", "--at", hostile], ["new", hostile],
        ["status", f"--[bold]x[/bold]{hostile}"], [f"--[bold]x[/bold]{hostile}"],
        ["export", ".", "--format", hostile],
    ):  # fmt: skip
        done = run(*words, cwd=tmp_path)

        assert done.returncode in {2, 4}
        assert b"\x1b" not in done.stderr
        assert b"\x07" not in done.stderr
        assert "[bold]x[/bold]" in done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--version"], id="version"),
        pytest.param(["check", CHAT_APP], id="check"),
        pytest.param(["status", CHAT_APP], id="status"),
        pytest.param(["status", CHAT_APP, "--json"], id="status as JSON"),
        pytest.param(["schema"], id="schema"),
        pytest.param(["guide", "--agent", "a"], id="guide"),
        pytest.param(["export", CHAT_APP, "--format", "html"], id="export"),
    ],
)
def test_commands_without_a_screen_never_import_textual(words: list[str | Path]) -> None:
    packages = {each.split(".")[0] for each in modules_after(*words)}

    assert "orchestrator_tui" in packages
    assert not {"textual", "watchfiles"} & packages


def test_json_is_told_without_what_only_pictures_need() -> None:
    assert "rich" not in {
        each.split(".")[0] for each in modules_after("status", CHAT_APP, "--json")
    }


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    command = [sys.executable, "-m", "orchestrator_tui", "status", str(CHAT_APP), "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        complaints = process.stderr.read()

    assert complaints == b""
    assert process.returncode == 141


def test_a_name_that_is_a_command_can_still_be_opened_as_a_path(tmp_path: Path) -> None:
    done = run("./status", cwd=tmp_path)

    assert done.returncode == 4
    assert "no mission at 'status'" in done.stderr.decode()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_the_caller_closed_are_done_without(closed: str) -> None:
    words = f"{sys.executable} -m orchestrator_tui status {CHAT_APP} --width 80 {closed}"

    done = subprocess.run(
        ["sh", "-c", words], cwd=ROOT, capture_output=True, check=False, timeout=60
    )

    assert done.returncode == 0
    assert done.stderr == b""
    assert (b"MISSION: " in done.stdout) is (" >&-" not in f" {closed}")


def test_a_full_disk_is_said_with_exit_3() -> None:
    command = [sys.executable, "-m", "orchestrator_tui", "status", str(CHAT_APP), "--json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )

    assert done.returncode == 3
    assert done.stderr.decode() == (
        "orchestrator-tui: the output was not written: No space left on device\n"
    )
