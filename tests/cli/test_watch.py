"""`watch` keeps the history without a screen, prints what happens, and ends as it is told."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestrator_tui.cli.words import COMMANDS
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from tests.cli.commands import ROOT, run
from tests.live.listening import mission_text, save

PATIENCE_SECONDS = 20


@pytest.fixture
def missions(tmp_path: Path) -> Path:
    folder = tmp_path / "missions"
    folder.mkdir()
    save(folder / "chat.yaml", mission_text())
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


class Watcher:
    """A `watch` that runs as a process of its own, without a terminal."""

    def __init__(self, program: "subprocess.Popen[str]") -> None:
        self.program = program

    def until(self, wanted: str) -> str:
        """Return the next line that holds what is `wanted`."""
        assert self.program.stdout is not None
        for line in self.program.stdout:
            if wanted in line:
                return line
        raise AssertionError(f"it ended and never said {wanted!r}")

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send it a signal; return its exit status, and what it complained of."""
        self.program.send_signal(number)
        _, complaints = self.program.communicate(timeout=PATIENCE_SECONDS)
        return self.program.returncode, complaints


@contextmanager
def watching(missions: Path, state: Path, *words: str) -> Iterator[Watcher]:
    command = [sys.executable, "-m", "orchestrator_tui", "watch", str(missions)]
    with subprocess.Popen(
        [*command, "--state-dir", str(state), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as program:
        try:
            yield Watcher(program)
        finally:
            program.kill()


def recorded(missions: Path, state: Path) -> list[RecordedEvent]:
    with History.open(history_folder(state, missions), clock=system_clock) as history:
        assert history.verify().is_whole
        return history.events()


def test_every_event_is_a_line_as_it_happens(missions: Path, state: Path) -> None:
    with watching(missions, state) as watcher:
        watcher.until("Baseline frozen")
        save(missions / "chat.yaml", mission_text(progress=40))

        line = watcher.until("40%")

        assert "chat" in line
        assert watcher.end(signal.SIGTERM) == (0, "")


def test_as_json_a_line_is_what_the_history_holds(missions: Path, state: Path) -> None:
    with watching(missions, state, "--json") as watcher:
        first = json.loads(watcher.until("MISSION_ADDED"))
        save(missions / "chat.yaml", "mission: [\n")
        broken = json.loads(watcher.until("FILE_BROKEN"))
        watcher.end(signal.SIGTERM)

    held = {each.sequence: each for each in recorded(missions, state)}
    assert held[first["sequence"]].digest == first["digest"]
    assert held[broken["sequence"]].event.text == broken["text"]
    assert broken["mission"] == "chat"


def test_where_nothing_happened_it_says_nothing(missions: Path, state: Path) -> None:
    with watching(missions, state) as watcher:
        watcher.until("Baseline frozen")
        watcher.end(signal.SIGTERM)
    with watching(missions, state) as watcher:
        save(missions / "chat.yaml", mission_text(progress=77))
        assert watcher.program.stdout is not None

        assert "77%" in watcher.program.stdout.readline()


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(signal.SIGTERM, 0, id="told to end"),
        pytest.param(signal.SIGHUP, 0, id="terminal gone"),
        pytest.param(signal.SIGINT, 130, id="interrupted"),
    ],
)
def test_it_ends_as_it_is_told_and_lets_the_next_one_record(
    missions: Path, state: Path, number: signal.Signals, status: int
) -> None:
    with watching(missions, state) as watcher:
        watcher.until("Baseline frozen")
        assert watcher.end(number) == (status, "")
    before = len(recorded(missions, state))

    save(missions / "chat.yaml", mission_text(progress=40))
    with watching(missions, state) as watcher:
        watcher.until("40%")
        watcher.end(signal.SIGTERM)

    assert len(recorded(missions, state)) > before


def test_it_ends_when_nobody_reads_any_more(missions: Path, state: Path) -> None:
    with watching(missions, state) as watcher:
        watcher.until("Baseline frozen")
        assert watcher.program.stdout is not None
        watcher.program.stdout.close()
        save(missions / "chat.yaml", mission_text(progress=40))

        assert watcher.program.wait(PATIENCE_SECONDS) == 141
        assert watcher.program.stderr is not None
        assert watcher.program.stderr.read() == ""
    assert recorded(missions, state)


def test_killed_at_any_moment_the_next_one_goes_on_with_a_whole_history(
    missions: Path, state: Path
) -> None:
    for number in range(1, 6):
        with watching(missions, state) as watcher:
            if number == 1:
                watcher.until("Baseline frozen")
            save(missions / "chat.yaml", mission_text(progress=number))
            watcher.until(f"{number}%")
            save(missions / "chat.yaml", mission_text(progress=10 * number))
            watcher.program.kill()
            watcher.program.wait()
        recorded(missions, state)
    with watching(missions, state) as watcher:
        save(missions / "chat.yaml", mission_text(progress=99))
        watcher.until("99%")
        watcher.end(signal.SIGTERM)

    said = [
        each.event
        for each in recorded(missions, state)
        if each.event.kind in {EventKind.TASK_PROGRESSED, EventKind.TASK_REGRESSED}
    ]
    assert [each.before for each in said[1:]] == [each.after for each in said[:-1]]
    assert said[-1].after == "progress 99"


def test_a_second_one_says_who_records_and_prints_the_same(missions: Path, state: Path) -> None:
    with watching(missions, state, "--json") as first:
        added = first.until("MISSION_ADDED")
        with watching(missions, state, "--json") as second:
            assert second.program.stderr is not None
            notice = second.program.stderr.readline()
            assert notice == f"history is kept by process {first.program.pid}, this one follows\n"
            save(missions / "chat.yaml", mission_text(progress=40))
            line = second.until("TASK_PROGRESSED")
            assert first.until("TASK_PROGRESSED") == line
            assert second.end(signal.SIGTERM) == (0, "")
        first.end(signal.SIGTERM)
    assert json.loads(added)["kind"] == "MISSION_ADDED"


def test_one_mission_may_be_watched_alone(missions: Path, state: Path) -> None:
    save(missions / "other.yaml", mission_text(title="Other"))
    with watching(missions / "chat.yaml", state) as watcher:
        watcher.until("Baseline frozen")
        watcher.end(signal.SIGTERM)

    assert {each.mission for each in recorded(missions, state)} == {"chat"}


def test_a_path_where_nothing_is_is_said_at_once(tmp_path: Path) -> None:
    done = run("watch", tmp_path / "nothing", "--state-dir", tmp_path / "state")

    assert done.returncode == 4
    assert b"no mission" in done.stderr


def test_a_history_that_cannot_be_written_is_complained_of_once(
    missions: Path, tmp_path: Path
) -> None:
    place = tmp_path / "a-file"
    place.write_text("not a folder")
    with watching(missions, place) as watcher:
        assert watcher.program.stderr is not None
        assert "no history for now" in watcher.program.stderr.readline()
        save(missions / "chat.yaml", mission_text(progress=40))

        assert watcher.end(signal.SIGTERM) == (0, "")


def test_the_unit_of_the_readme_is_one() -> None:
    readme = (ROOT / "README.md").read_text()
    text = readme.partition("```ini\n")[2].partition("```")[0]
    unit = RawConfigParser()
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)

    program, command, folder = unit["Service"]["ExecStart"].split()
    assert program.endswith("/orchestrator-tui")
    assert command in COMMANDS
    assert folder == "%h/missions"
    assert unit["Service"]["Restart"] == "on-failure"
    assert unit["Install"]["WantedBy"] == "default.target"
