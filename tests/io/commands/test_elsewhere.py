"""How a command is watched over where the system is not Linux: by its process group."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.io.commands.limits import LIMITS
from orchestrator_tui.io.commands.supervision import order_of
from tests.architecture.source import ROOT
from tests.io.commands.workplace import PATIENCE_SECONDS, SignOfLife, Workplace

ELSEWHERE = (
    "import sys; sys.platform = 'darwin'; sys.path.append(sys.argv[1]);"
    " from orchestrator_tui.io.commands.supervisor import main; main()"
)
SHORT = replace(LIMITS, grace_seconds=0.2)


@contextmanager
def supervised(place: Workplace, script: str, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """Start a supervisor that takes its system for another one, and tell it what to run."""
    spec = place.spec("sh", "-c", f"exec 9>alive; {script}", seconds=seconds)
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", ELSEWHERE, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as supervisor:
        assert supervisor.stdin is not None
        supervisor.stdin.write(order_of(spec, SHORT))
        supervisor.stdin.flush()
        yield supervisor


def said(supervisor: subprocess.Popen[bytes]) -> tuple[dict[str, Any], bytes]:
    """Return what a supervisor says at the end, and what it kept."""
    assert supervisor.stdout is not None
    _, told, kept = supervisor.stdout.read().split(b"\n", 2)
    return json.loads(told), kept


def test_an_exit_code_is_told(place: Workplace, life: SignOfLife) -> None:
    with supervised(place, "echo said; exit 3", PATIENCE_SECONDS) as supervisor:
        told, kept = said(supervisor)

    assert (told["ending"], told["status"] >> 8, kept) == ("", 3, b"said\n")
    assert life.is_over()


@pytest.mark.parametrize("script", ["exec sleep 60", "trap '' TERM; exec sleep 60"])
def test_what_takes_too_long_is_ended(place: Workplace, life: SignOfLife, script: str) -> None:
    with supervised(place, f"echo up >&9; {script}", 0.2) as supervisor:
        told, _ = said(supervisor)

    assert told["ending"] == "TIMED_OUT"
    assert life.is_over()


def test_what_is_left_of_the_group_is_ended(place: Workplace, life: SignOfLife) -> None:
    with supervised(place, "sleep 60 & echo said", PATIENCE_SECONDS) as supervisor:
        told, kept = said(supervisor)

    assert (told["ending"], told["status"], kept) == ("", 0, b"said\n")
    life.wait_for_end()


def test_it_ends_when_nobody_waits_any_more(place: Workplace, life: SignOfLife) -> None:
    with supervised(place, "echo up >&9; exec sleep 60", PATIENCE_SECONDS) as supervisor:
        assert supervisor.stdin is not None
        assert life.wait_for_word()
        supervisor.stdin.close()
        told, _ = said(supervisor)

    assert told["ending"] == "CANCELLED"
    assert life.is_over()
