"""Of a command that has ended, for whatever reason, nothing is left.

Everything that a command starts has a named pipe open: it ends when the last of them is gone.
"""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import pytest

from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.limits import LIMITS, Limits
from tests.architecture.source import ROOT
from tests.io.commands.workplace import PATIENCE_SECONDS, SignOfLife, Workplace

SHORT = replace(LIMITS, grace_seconds=0.2)
DEAF = "trap '' TERM HUP INT"
DAEMON = "setsid sh -c 'trap \"\" TERM; echo up >&9; sleep 60; sleep 60' &"
LOST_CHILD = "(setsid sh -c 'echo up >&9; sleep 60' &)"
RUN_IT = """
import sys
from tests.io.commands.workplace import Path, Workplace
result = Workplace(Path(sys.argv[1])).run(*sys.argv[2:])
print(result.ending, result.exit_code, result.output)
"""


def alive(script: str) -> tuple[str, ...]:
    """Return a command that shows its sign of life while `script` runs."""
    return ("sh", "-c", f"exec 9>alive; {script}")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("echo up >&9; sleep 60", id="waits"),
        pytest.param(f"{DEAF}; echo up >&9; sleep 60; sleep 60", id="does not want to end"),
        pytest.param("echo up >&9; kill -STOP $$", id="is stopped"),
        pytest.param("echo up >&9; while :; do :; done", id="computes"),
        pytest.param(f"{DAEMON} sleep 60", id="has a daemon"),
        pytest.param("echo up >&9; cat /dev/zero", id="writes"),
        pytest.param("echo up >&9; exec >&- 2>&-; sleep 60", id="closes its output"),
    ],
)
def test_what_takes_too_long_is_ended(place: Workplace, life: SignOfLife, script: str) -> None:
    result, seconds = run_long_enough(place, life, script, SHORT)

    assert (result.ending, result.passed, result.exit_code) == (Ending.TIMED_OUT, False, None)
    assert result.why == f"ended here: it took longer than {seconds:g} s"
    assert life.is_over()


@pytest.mark.parametrize(
    ("script", "strays"),
    [
        pytest.param("sleep 60 & echo up >&9", 1, id="in the background, with its output open"),
        pytest.param("sleep 60 >&- 2>&- & echo up >&9", 1, id="in the background"),
        pytest.param(f"{DAEMON} read x <ready", 2, id="in a session of its own, and deaf"),
        pytest.param(f"{LOST_CHILD}; read x <ready", 2, id="in a session of its own, an orphan"),
        pytest.param("sh -c 'sleep 60 & sleep 60' & echo up >&9", 3, id="a whole tree"),
    ],
)
def test_what_a_command_leaves_behind_is_ended_with_it(
    place: Workplace, life: SignOfLife, script: str, strays: int
) -> None:
    os.mkfifo(place.workspace / "ready")
    words = alive(f"{script}; exit 3".replace("& ;", "&"))

    with running(place, words, limits_grace=0.2) as outcome:
        assert life.wait_for_word() == b"up\n"
        if "ready" in script:
            (place.workspace / "ready").write_text("go\n")

    (result,) = outcome
    assert (result.ending, result.exit_code) == (Ending.EXITED, 3)
    assert 1 <= result.strays <= strays
    assert life.is_over()


@pytest.mark.parametrize(
    "script", ["sleep 60", f"{DAEMON} sleep 60", f"{DEAF}; sleep 60; sleep 60"]
)
def test_a_cancelled_command_is_ended(place: Workplace, life: SignOfLife, script: str) -> None:
    cancel = Event()

    with running(place, alive(f"echo up >&9; {script}"), cancel, limits_grace=0.2) as outcome:
        assert life.wait_for_word()
        cancel.set()

    (result,) = outcome
    assert (result.ending, result.why, result.passed) == (Ending.CANCELLED, "cancelled", False)
    assert life.is_over()


@pytest.mark.parametrize("script", ["sleep 60", f"{DAEMON} sleep 60"])
def test_a_command_ends_with_the_program_that_waits_for_it(
    place: Workplace, life: SignOfLife, script: str
) -> None:
    words = alive(f"echo up >&9; {script}")
    with subprocess.Popen(
        [sys.executable, "-c", RUN_IT, str(place.folder), *words], cwd=ROOT
    ) as waiting:
        assert life.wait_for_word()

        waiting.send_signal(signal.SIGKILL)

    life.wait_for_end()


def test_a_command_that_ends_its_supervisor_has_no_result(
    place: Workplace, life: SignOfLife
) -> None:
    script = "sleep 60 & echo up >&9; kill -KILL $PPID; sleep 60; exit 0"

    result = place.run(*alive(script))

    assert (result.ending, result.passed, result.exit_code) == (Ending.LOST, False, None)
    assert life.wait_for_word()
    life.wait_for_end()


def test_a_command_that_stops_its_supervisor_has_no_result(
    place: Workplace, life: SignOfLife
) -> None:
    script = "sleep 60 & echo up >&9; kill -STOP $PPID; sleep 60; exit 0"

    result, _ = run_long_enough(place, life, script, replace(SHORT, slack_seconds=0.2))

    assert (result.ending, result.passed, result.exit_code) == (Ending.LOST, False, None)
    life.wait_for_end()


def test_there_is_no_terminal_to_type_into(place: Workplace) -> None:
    controller, terminal = pty.openpty()
    code = (
        f"import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\nopen('/dev/tty')\n{RUN_IT}"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(place.folder), "sh", "-c", "cat </dev/tty"],
            cwd=ROOT, stdin=terminal, stdout=subprocess.PIPE, text=True,
            start_new_session=True, check=True, timeout=PATIENCE_SECONDS,
        )  # fmt: skip
    finally:
        os.close(controller)
        os.close(terminal)

    assert "No such device or address" in done.stdout
    assert done.stdout.startswith("EXITED 2")


def test_what_reads_finds_nothing(place: Workplace) -> None:
    assert place.run("cat").passed


def run_long_enough(
    place: Workplace, life: SignOfLife, script: str, limits: Limits
) -> tuple[CommandResult, float]:
    """Return how a command ended that got as far as to show its sign of life, and its timeout.

    A machine with much to do may take longer to start it than it is given.
    """
    for seconds in (0.3, 1.0, 4.0, PATIENCE_SECONDS):
        result = place.run(*alive(script), seconds=seconds, limits=limits)
        if life.has_word():
            return result, seconds
    raise AssertionError("it was never up")


@contextmanager
def running(
    place: Workplace, words: tuple[str, ...], cancel: Event | None = None, *, limits_grace: float
) -> Iterator[list[CommandResult]]:
    """Run a command beside; its result stands in the list when the context has been left."""
    outcome: list[CommandResult] = []
    limits = replace(LIMITS, grace_seconds=limits_grace)
    thread = Thread(target=lambda: outcome.append(place.run(*words, limits=limits, cancel=cancel)))
    thread.start()
    try:
        yield outcome
    finally:
        thread.join(PATIENCE_SECONDS)
