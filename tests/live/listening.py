"""A listener for tests: every assessment that was told, and a way to wait for the one wanted."""

import os
import queue
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.loop import LiveLoop

DEADLINE_SECONDS = 10.0

TEXT = """\
mission: {title}
started: 2024-01-15T08:00Z
agents:
  writer: {{state: ACTIVE, task: draft, updated: 2024-01-15T09:00Z}}
tasks:
  draft: {{title: Draft, agent: writer, estimate: 4h, progress: {progress}}}
"""


def mission_text(*, title: str = "Chat", progress: int = 10) -> str:
    """Return a small mission as a person would write it."""
    return TEXT.format(title=title, progress=progress)


def save(path: Path, text: str) -> None:
    """Put `text` in place by a rename, as careful writers do."""
    other = path.with_name(f".{path.name}.tmp")
    other.write_text(text)
    other.replace(path)


def read_until(descriptor: int, wanted: str) -> list[str]:
    """Return the lines that come out of `descriptor`, up to the one that is `wanted`."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    text = ""
    while wanted not in text.splitlines():
        left = max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([descriptor], [], [], left)
        read = os.read(descriptor, 65_536) if ready else b""
        if not read:
            raise AssertionError(f"never said {wanted!r}, only {text!r}")
        text += read.decode()
    return text.splitlines()


class Listener:
    """Takes what a live loop tells."""

    def __init__(self) -> None:
        self._told: queue.Queue[Assessment] = queue.Queue()

    def take(self, assessment: Assessment) -> None:
        self._told.put(assessment)

    def until(self, wanted: Callable[[Assessment], bool]) -> Assessment:
        """Return the first assessment from now on that is `wanted`."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            found = self._told.get(timeout=max(0.001, deadline - time.monotonic()))
            if wanted(found):
                return found

    def count_until(self, wanted: Callable[[Assessment], bool]) -> int:
        """Return how many are told from now on, up to the first that is `wanted`."""
        count = 1
        while not wanted(self.until(lambda _: True)):
            count += 1
        return count

    def until_mission(self, wanted: Callable[[MissionAssessment], bool]) -> MissionAssessment:
        """Return the only mission of the first assessment in which it is `wanted`."""
        return self.until(
            lambda found: len(found.missions) == 1 and wanted(found.missions[0])
        ).missions[0]

    def has_heard(self, wanted: Callable[[Assessment], bool]) -> bool:
        """Say whether one that was told and not taken yet is `wanted`; take them up to it."""
        while not self._told.empty():
            if wanted(self._told.get()):
                return True
        return False

    def is_silent(self) -> bool:
        """Say whether everything that was told was also taken."""
        return self._told.empty()


def progress_of(mission: MissionAssessment) -> float | None:
    """Return the progress of the mission's only task."""
    return mission.judgement.tasks[0].progress_percent if mission.judgement else None


@contextmanager
def live(
    path: Path, *, clock: Clock = system_clock, watching: Watching | None = None
) -> Iterator[tuple[LiveLoop, Listener]]:
    """Run a live loop on `path` until the block ends."""
    listener = Listener()
    loop = LiveLoop(path, clock=clock, tell=listener.take, watching=watching)
    loop.start()
    try:
        yield loop, listener
    finally:
        loop.stop()
