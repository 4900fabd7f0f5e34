"""Programs that write the mission themselves and know nothing of locks.

Each counts in a field of its own, on top of the file as it is. One of them may take long: it has
the file open, half written, mapped or put aside while others go on.
"""

import mmap
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.io.editing.agents import STYLES
from tests.writers.scene import FIRST, TASKS, Scene, number_in, numbered, undecided, with_task

SLOW = ("open", "mapped", "half", "some", "gone")
"""The ways of taking long: with the file whole, whole and mapped, cut within a line or after one,
or not there at all."""
SPOILING = ("half", "some", "gone")
"""Those that leave nothing that can be trusted meanwhile."""


@dataclass(frozen=True, slots=True)
class _Slow:
    """A write that has begun."""

    how: str
    task: str
    found: float | None
    """The number it counts on from."""
    number: float | None
    """The number it writes."""
    finish: Callable[[], None]


class Strangers:
    """All of them, and what they have to find in the mission in the end."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.numbers: dict[str, float] = dict.fromkeys(TASKS, FIRST)
        self.added: set[str] = set()
        self._last = dict.fromkeys(TASKS, FIRST)
        self._slow: _Slow | None = None
        self._doubtful: dict[str, set[float]] = {each: set() for each in TASKS}

    @property
    def at_work(self) -> str:
        """Return how somebody takes long at this moment; empty where nobody does."""
        return "" if self._slow is None else self._slow.how

    def doubt(self) -> None:
        """Expect older numbers, too, where whoever reads now finds them for the last time.

        Who writes such a version came after the newer one, and has never seen it.
        """
        for task in TASKS:
            path = self._scene.file_of(task)
            found = number_in(path.read_text(), task) if path.exists() else None
            if found is not None:
                self._doubtful[task].add(found)

    def may_find(self, task: str, number: float, aside: Sequence[str]) -> bool:
        """Say whether a task may have a number, once nobody is at work.

        `aside` are versions that the program could not merge, and kept where it says.
        """
        doubtful, self._doubtful[task] = self._doubtful[task], set()
        newest = self.numbers[task]
        return number in {newest, *doubtful} or any(number_in(t, task) == newest for t in aside)

    def write(self, task: str, style: str) -> None:
        """Write the next number."""
        self.end()
        path = self._scene.file_of(task)
        text, number = self._counted(path.read_text(), task)
        STYLES[style](path, text)
        self._has_written(task, number)

    def add(self, task: str, style: str) -> None:
        """Add a task of their own behind another one."""
        self.end()
        path = self._scene.file_of(task)
        self._last[task] += 1
        name = f"{task}-{self._last[task]}"
        STYLES[style](path, with_task(path.read_text(), task, name))
        self.added.add(name)

    def forget_decisions(self, style: str) -> None:
        """Write the milestones as they were in the beginning, as who never looks at the file."""
        self.end()
        path = self._scene.head
        STYLES[style](path, undecided(path.read_text()))

    def overwrite(self, path: Path, text: str, style: str) -> None:
        """Write a file as it was at some time, with all that was said then."""
        self.end()
        STYLES[style](path, text)
        mission = self._scene.read()
        self.numbers = {each: mission.tasks[each].progress or 0 for each in TASKS}  # type: ignore[index]
        self.added &= set(mission.tasks)

    def begin(self, task: str, how: str) -> None:
        """Begin to write the next number; nothing where somebody is at work already."""
        path = self._scene.file_of(task)
        if self._slow is not None or not path.exists():
            return
        found = path.read_text()
        text, number = self._counted(found, task)
        finish = _BEGINNINGS[how](path, text)
        self._slow = _Slow(how, task, number_in(found, task), number, finish)

    def end(self) -> None:
        """Let who takes long come to an end."""
        if self._slow is None:
            return
        slow, self._slow = self._slow, None
        slow.finish()
        self._has_written(slow.task, slow.number)
        self._doubt_if_hidden(slow)

    def _doubt_if_hidden(self, slow: _Slow) -> None:
        """Expect the number of somebody else who counted on where this one was not seen.

        Who writes the whole file next, with that number, has never seen this one.
        """
        path = self._scene.file_of(slow.task)
        shown = number_in(path.read_text(), slow.task) if path.exists() else None
        if shown is not None and shown not in (slow.found, slow.number):
            self._doubtful[slow.task].add(shown)

    def _counted(self, text: str, task: str) -> tuple[str, float | None]:
        """Return the text with the next number, and that; nothing where there is none to count."""
        if number_in(text, task) is None:
            return text, None
        self._last[task] += 1
        return numbered(text, task, self._last[task]), self._last[task]

    def _has_written(self, task: str, number: float | None) -> None:
        if number is not None:
            self.numbers[task] = number


def _opened(path: Path, text: str) -> Callable[[], None]:
    descriptor = os.open(path, os.O_RDWR)
    raw = text.encode()

    def finish() -> None:
        os.pwrite(descriptor, raw, 0)
        os.ftruncate(descriptor, len(raw))
        os.close(descriptor)

    return finish


def _mapped(path: Path, text: str) -> Callable[[], None]:
    raw = text.encode()
    with path.open("r+b") as stream:
        memory = mmap.mmap(stream.fileno(), 0)

    def finish() -> None:
        memory[:] = raw
        memory.close()

    return finish


def _half(path: Path, text: str) -> Callable[[], None]:
    return _cut(path, text.encode(), len(text) * 2 // 3)


def _some(path: Path, text: str) -> Callable[[], None]:
    # what is there makes sense, and lacks the fields that we write
    return _cut(path, text.encode(), text.encode().rindex(b"    progress:"))


def _cut(path: Path, raw: bytes, at: int) -> Callable[[], None]:
    descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    os.write(descriptor, raw[:at])

    def finish() -> None:
        os.write(descriptor, raw[at:])
        os.close(descriptor)

    return finish


def _gone(path: Path, text: str) -> Callable[[], None]:
    aside = path.with_name("aside")
    path.rename(aside)

    def finish() -> None:
        path.write_text(text)
        aside.unlink()

    return finish


_BEGINNINGS = {"open": _opened, "mapped": _mapped, "half": _half, "some": _some, "gone": _gone}
