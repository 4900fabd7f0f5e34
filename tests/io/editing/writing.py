"""Missions on disk for tests of writing, edits of them, and the programs that write beside us."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.io.editing.points import Failpoint, pass_by
from orchestrator_tui.io.mission_edit import Written, edit_mission
from tests.io.reading import mission_in

TEXT = """\
# what we do this week
mission: Alpha
started: 2024-01-15T08:00Z

agents:
  ada:
    title: Ada  # the first
  bob:
    title: Bob
tasks:
  one:
    estimate: 4h    # a guess
    agent: ada
    progress: 10
  # the second comes later
  two:
    estimate: 2h
    agent: bob
    progress: 20  # per cent
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="files of others are made by root alone")
Write = Callable[[Path, str], None]
LONG_AGO = 1_000_000_000
NOBODY = 65_534
PROGRESS = ("tasks", "one", "progress")


def mission_file(folder: Path, text: str = TEXT, *, name: str = "m.yaml") -> Path:
    """Return a mission in a folder of its own below `folder`, written a while ago."""
    (folder / "missions").mkdir(exist_ok=True)
    path = folder / "missions" / name
    path.write_bytes(text.encode())
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def mission_folder(folder: Path, **parts: str) -> Path:
    """Return a folder mission with these parts; `agents__ada` stands for `agents/ada.yaml`."""
    place = folder / "missions" / "alpha"
    for name, text in parts.items():
        path = place / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return place


def put(path: Path, *edits: Edit, failpoint: Failpoint = pass_by) -> Written:
    """Make edits in the mission at `path`, with the state folder beside its folder."""
    return edit_mission(path, lambda _: edits, state=state_of(path), failpoint=failpoint)


def progress(path: Path, value: int, *, failpoint: Failpoint = pass_by) -> Written:
    """Let the progress of task one be `value`."""
    return put(path, Put(PROGRESS, value), failpoint=failpoint)


def state_of(path: Path) -> Path:
    """Return the state folder that goes with a mission of a test."""
    return path.parent.parent / "state"


def task_at(path: Path, name: str = "one") -> Task:
    """Return a task of the valid mission that a file holds."""
    return task_of(mission_in(path.read_text()), name)


def task_of(mission: Mission, name: str = "one") -> Task:
    """Return a task of a mission."""
    return mission.tasks[TaskId(name)]


def rename_into(path: Path, text: str) -> None:
    """Write as most editors do: another file, renamed into place."""
    draft = path.with_name("draft of another program")
    draft.write_text(text)
    draft.replace(path)


def write_over(path: Path, text: str) -> None:
    """Write as a careless script does: over what is there."""
    path.write_text(text)


def rewrite(path: Path, old: str, new: str, write: Write = rename_into) -> None:
    """Change the text of a file as another program does, which asks for no lock."""
    text = path.read_text()
    assert old in text
    write(path, text.replace(old, new))


def once(point: str, act: Callable[[], None]) -> Failpoint:
    """Return a failpoint that acts when that point is passed for the first time."""
    waiting = [act]

    def reached(passed: str) -> None:
        if passed == point and waiting:
            waiting.pop()()

    return reached


def both(one: Failpoint, other: Failpoint) -> Failpoint:
    """Return a failpoint that tells two others, in this order."""

    def reached(point: str) -> None:
        one(point)
        other(point)

    return reached


def left_in(folder: Path) -> list[str]:
    """Return the hidden files in a folder and below it."""
    return [name for _, _, names in os.walk(folder) for name in names if name.startswith(".")]


def lines_that_differ(old: str, new: str) -> Sequence[tuple[str, str]]:
    """Return the pairs of lines in which two texts of as many lines differ."""
    pairs = list(zip(old.splitlines(), new.splitlines(), strict=True))
    return [(before, after) for before, after in pairs if before != after]


def file_of_nobody(place: Path) -> Path:
    """Return a mission in a folder that belongs to an ordinary user; only root can make one."""
    path = mission_file(place)
    state_of(path).mkdir()
    for each in (path, path.parent, state_of(path)):
        os.chown(each, NOBODY, os.getegid())
    return path
