"""Starts the demo's agents on a mission of their own, and ends them with it."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.cli.demo_team.mission import PLACE_PREFIX, write_mission
from orchestrator_tui.cli.demo_team.reporting import TEAM

MISSION: Final = "chat-demo"
_SECONDS_TO_END: Final = 3.0


@contextmanager
def running_team(*, speed: float, seed: int, now: datetime) -> Iterator[Path]:
    """Yield the path of a mission that agents work on, each a process; nothing is left behind."""
    place = Path(tempfile.mkdtemp(prefix=PLACE_PREFIX))
    agents: list[subprocess.Popen[bytes]] = []
    try:
        folder = place / MISSION
        write_mission(folder, now, speed)
        agents.extend(_started(folder, name, speed, seed) for name in TEAM)
        yield folder
    finally:
        for each in agents:
            _end(each)
        shutil.rmtree(place, ignore_errors=True)


def _started(folder: Path, name: str, speed: float, seed: int) -> subprocess.Popen[bytes]:
    # a session of its own, so that the terminal's signals reach the app alone
    return subprocess.Popen(  # noqa: S603 - this interpreter, and arguments of our own
        [
            sys.executable,
            "-m",
            "orchestrator_tui.cli.demo_team.agent",
            str(folder),
            name,
            f"--speed={speed}",
            f"--seed={seed}",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(agent: subprocess.Popen[bytes]) -> None:
    if agent.stdin is not None:
        agent.stdin.close()
    agent.terminate()
    try:
        agent.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        agent.kill()
        agent.wait()
