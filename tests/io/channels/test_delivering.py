"""One way out for every channel, and what it brings along."""

import subprocess
import sys
from pathlib import Path

from orchestrator_tui.domain.settings import Channel, TerminalSign
from orchestrator_tui.io.channels.not_delivered import NotDelivered
from orchestrator_tui.io.channels.paths import rooted
from tests.architecture.source import FILES, ROOT, imports_of, module_name
from tests.io.channels.sent import message, why_not

COURIER = "orchestrator_tui.io.channels.apprise_courier"


def test_a_terminal_is_not_delivered_to() -> None:
    why = why_not(Channel(terminal=frozenset({TerminalSign.BELL})), message())

    assert why == "it is a terminal: every open app rings by itself, and nothing is sent"


def test_a_reason_is_one_short_safe_line() -> None:
    why = NotDelivered("one\n two\x1b[31m " + "x" * 1000).why

    assert why.startswith("one two␛[31m xxx")
    assert len(why) <= 201


def test_apprise_is_imported_by_the_program_that_sends_and_by_nobody_else() -> None:
    importing = {
        module_name(path)
        for path in FILES
        if {"apprise", COURIER} & {each for name in imports_of(path) for each in parents(name)}
    }

    assert importing == {COURIER}


def test_whoever_might_deliver_brings_nothing_heavy_along() -> None:
    code = (
        "import sys; from orchestrator_tui.io.channels.delivering import deliver;"
        " print(*sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.split())
    assert loaded & {"apprise", "requests", "json", "subprocess", "yaml", "pydantic"} == set()


def parents(name: str) -> list[str]:
    """Return a module and the packages it is in."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def test_paths_in_settings_are_those_of_who_wrote_them(tmp_path: Path) -> None:
    channels = {
        "home": Channel(file="~/log.jsonl"),
        "near": Channel(file="../log.jsonl"),
        "far": Channel(file="/var/log.jsonl"),
        "own": Channel(run=("./page", "./as-it-is")),
        "found": Channel(run=("page",)),
        "url": Channel(url="json://x/~/y"),
    }

    found = rooted(channels, tmp_path / "config")

    assert found == {
        "home": Channel(file=str(Path.home() / "log.jsonl")),
        "near": Channel(file=str(tmp_path / "log.jsonl")),
        "far": Channel(file="/var/log.jsonl"),
        "own": Channel(run=(str(tmp_path / "config" / "page"), "./as-it-is")),
        "found": Channel(run=("page",)),
        "url": Channel(url="json://x/~/y"),
    }
