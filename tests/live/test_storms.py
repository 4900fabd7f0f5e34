"""Under more changes than anyone can follow, the last one is shown, and little is spent."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.listening import live, mission_text, progress_of, read_until, save

SAVES = 2_000
MORE_THAN_THE_QUEUE_HOLDS = 6_000
"""Saves, of several events each; Linux queues 16,384 events by default."""


@contextmanager
def _talking(path: Path) -> Iterator["subprocess.Popen[str]"]:
    script = Path(__file__).with_name("talking_loop.py")
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, str(script), str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def _heard(program: "subprocess.Popen[str]", title: str) -> list[str]:
    assert program.stdout is not None
    return read_until(program.stdout.fileno(), title)


def test_changes_while_the_program_was_stopped_are_made_up_for(tmp_path: Path) -> None:
    file = tmp_path / "chat.yaml"
    save(file, mission_text(title="Before"))
    with _talking(tmp_path) as program:
        _heard(program, "Before")
        os.kill(program.pid, signal.SIGSTOP)
        for _ in range(MORE_THAN_THE_QUEUE_HOLDS):
            save(file, "mission: Meanwhile\n")
        save(file, mission_text(title="After"))
        os.kill(program.pid, signal.SIGCONT)

        heard = _heard(program, "After")

        assert "Meanwhile" not in heard


def test_a_storm_of_saves_is_read_now_and_then_and_ends_in_the_last(tmp_path: Path) -> None:
    file = tmp_path / "chat.yaml"
    save(file, mission_text())
    with live(tmp_path) as (_, listener):
        listener.until_mission(lambda each: progress_of(each) == 10)
        for each in range(SAVES):
            save(file, mission_text(progress=each % 50))
        save(file, mission_text(progress=99))

        told = listener.count_until(lambda found: progress_of(found.missions[0]) == 99)

        assert told < SAVES / 4
