"""Calls an agent's commands in this process, on a mission with comments."""

from difflib import ndiff
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.library import read_snapshot
from tests.builders import NOON

MISSION = """\
# yaml-language-server: $schema=./mission.schema.json
mission: Team Wiki   # its title
started: 2024-01-15T08:00Z

agents:
  api-architect: {icon: 🏗️, task: api-design}   # in one line
  react-expert:
    state: 'ACTIVE'
    # on what it is
    task: chat-ui
    updated: 2024-01-15T09:00Z
  idle: {}

stakeholders:
  boss: {name: The boss}

tasks:
  api-design: {agent: api-architect, estimate: 4h}
  chat-ui:
    title: "Chat components"
    agent: react-expert
    estimate: 10h
    progress: 40   # per cent
    started: 2024-01-15T08:30Z

  anybody: {estimate: 2h}
"""


class Said(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


def written(folder: Path, name: str = "wiki.yaml") -> Path:
    """Return a new mission in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(MISSION, encoding="utf-8")
    return path


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Said:
    """Return what the command with these words did."""
    status = run([str(each) for each in words])
    out, err = capsys.readouterr()
    return Said(status, out, err)


def read(path: Path) -> Mission:
    """Return the mission at `path`, which is valid and has no warning that an agent causes."""
    (known,) = read_snapshot(path, NOON, warns_of_future=False).missions
    assert known.problems == ()
    assert known.mission is not None
    return known.mission


def changed_lines(path: Path, before: str = MISSION) -> list[str]:
    """Return the lines of `path` that are new, or not as they were."""
    after = path.read_text(encoding="utf-8")
    lines = ndiff(before.splitlines(), after.splitlines())
    return [each[2:].strip() for each in lines if each.startswith("+ ")]
