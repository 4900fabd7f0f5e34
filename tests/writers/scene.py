"""A mission that everybody writes, as one file or as a folder of parts, and what it says."""

import re
from dataclasses import dataclass
from pathlib import Path

from orchestrator_tui.domain.edits import Place
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.reading.mission_yaml import read_mission
from orchestrator_tui.io.reading.part_yaml import read_part

TASKS = {"one": "ada", "two": "bob"}
"""Each with its agent."""
MILESTONES = ("M1", "M2")
FIRST = 10
"""The number that strangers begin with: those that follow are as long."""
_HEAD = "# a head\nmission: Alpha  # its name\nstarted: 2024-01-15T08:00Z\n"
_MILESTONES = """\
milestones:
  M1:
    title: First  # of two
    tasks: [one]
  # between milestones
  M2:
    title: Second
    tasks: [two]
"""
_BESIDE = {"notes.txt": b"not a mission\n", ".hidden": b"\x00"}
"""Files that are none of our business."""


def _agent(name: str) -> str:
    return f"  {name}:\n    note: said 0  # of {name}\n"


def _task(name: str) -> str:
    return (
        f"  {name}: # task {name}\n    title: plan 0  # a plan\n    agent: {TASKS[name]}\n"
        f"    estimate: 4h\n    progress: {FIRST}  # theirs, at {FIRST}\n    quality: 0  # ours\n"
    )


_ALL_TASKS = "tasks:\n" + _task("one") + "  # between tasks\n" + _task("two")
_WHOLE = {
    "alpha.yaml": (
        _HEAD + _MILESTONES + "agents:\n" + _agent("ada") + _agent("bob") + _ALL_TASKS + "# end\n"
    )
}
_PARTS = {
    "mission.yaml": _HEAD + _MILESTONES + "# end of the head\n",
    "plan.yaml": "# the plan\ntasks:\n" + _task("one") + "# end of the plan\n",
    "agents/ada.yaml": "agents:\n" + _agent("ada"),
    "agents/bob.yaml": "# bob's own\nagents:\n" + _agent("bob") + "tasks:\n" + _task("two"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where everything is."""

    root: Path
    is_folder: bool

    @property
    def missions(self) -> Path:
        """Return the folder of missions."""
        return self.root / "missions"

    @property
    def state(self) -> Path:
        """Return the folder of what the program keeps."""
        return self.root / "state"

    @property
    def mission(self) -> Path:
        """Return the mission."""
        return self.missions / ("alpha" if self.is_folder else "alpha.yaml")

    @property
    def head(self) -> Path:
        """Return the file that holds the milestones."""
        return self.mission / "mission.yaml" if self.is_folder else self.mission

    def file_of(self, task: str) -> Path:
        """Return the file that holds a task."""
        part = {"one": "plan.yaml", "two": "agents/bob.yaml"}[task]
        return self.mission / part if self.is_folder else self.mission

    @property
    def files(self) -> list[Path]:
        """Return the files of the mission, its first one first."""
        return [self.mission / name for name in _PARTS] if self.is_folder else [self.mission]

    def build(self) -> None:
        """Write it all for the first time."""
        texts = _PARTS if self.is_folder else {"": _WHOLE["alpha.yaml"]}
        for name, text in texts.items():
            path = self.mission / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for name, raw in _BESIDE.items():
            (self.missions / name).write_bytes(raw)

    def read(self) -> Mission:
        """Return what the files say, which must make sense."""
        parts = [read_part(each.name, each.read_bytes()) for each in self.files]
        reading = read_mission(parts, present=None)
        assert reading.mission is not None, (reading.problems, self.texts())
        return reading.mission

    def texts(self) -> dict[str, str]:
        """Return what each file of the mission says."""
        return {each.name: each.read_text() for each in self.files}

    def comments(self) -> list[str]:
        """Return the comments of all files, in order."""
        return [found for each in self.texts().values() for found in re.findall("#.*", each)]

    def rescued(self) -> list[str]:
        """Return the versions that were kept aside."""
        place = self.state / "rescued"
        return [each.read_text() for each in place.iterdir()] if place.is_dir() else []

    def odd_files(self) -> list[str]:
        """Return what is beside the mission and does not belong there, or is not as it was."""
        expected = {str(each.relative_to(self.missions)) for each in self.files} | set(_BESIDE)
        found = {
            str(each.relative_to(self.missions))
            for each in self.missions.rglob("*")
            if not each.is_dir()
        }
        changed = {
            name
            for name, raw in _BESIDE.items()
            if name in found and (self.missions / name).read_bytes() != raw
        }
        return sorted((expected ^ found) | changed)

    def drafts(self) -> list[str]:
        """Return the notes of writes that are not settled."""
        return [str(each) for each in self.state.rglob("*.intent")]


def said_at(mission: Mission, place: Place) -> object:
    """Return what the mission says of a field of an entry; None where there is no such entry."""
    section, entry, field = place
    found = getattr(mission, section).get(entry)
    return None if found is None else getattr(found, field)


def numbered(text: str, task: str, number: int) -> str:
    """Return `text` with another number of strangers in a task, as long as it was."""
    head, key, rest = text.partition(f"  {task}: #")
    assert key, text
    line = f"progress: {number}  # theirs, at {number}"
    return head + key + re.sub("progress: .*", line, rest, count=1)


def number_in(text: str, task: str) -> float | None:
    """Return the number of strangers in a task; None where the text is cut before it."""
    found = re.search(r"progress: (\d+)  # theirs", text.partition(f"  {task}: #")[2])
    return None if found is None else float(found[1])


def with_task(text: str, after: str, name: str) -> str:
    """Return `text` with one more task behind another one."""
    grown, count = re.subn(
        rf"^  {after}: #.*\n(?:    .*\n)*",
        rf"\g<0>  {name}:\n    estimate: 1h\n",
        text if text.endswith("\n") else f"{text}\n",
        flags=re.MULTILINE,
    )
    assert count == 1, text
    return grown


def undecided(text: str) -> str:
    """Return `text` without any decision on milestones, as it was in the beginning."""
    bare, count = re.subn(r"^milestones:\n(?: .*\n)*", _MILESTONES, text, flags=re.MULTILINE)
    assert count == 1, text
    return bare
