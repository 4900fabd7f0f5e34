"""A folder that is watched for a test: every version that was read, in order, in a queue."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from orchestrator_tui.io.watching.hints import StartHints, start_hints
from orchestrator_tui.io.watching.watching import Watching

DEADLINE_SECONDS = 8.0
OLD = "mission: old\n"
NEW = "mission: new, and longer\n"
SHORTER_THAN_ANY_REST = 0.03
"""Seconds; a pause this short in the middle of a write must never show."""


def renamed(path: Path) -> None:
    """Put the new text in place by a rename from a name that is none of a mission."""
    other = path.with_name(".m.yaml.tmp")
    other.write_text(NEW)
    other.replace(path)


class WatchedFolder:
    """Reads every mission file of a folder when it is settled, as a library does."""

    def __init__(self, folder: Path, start: StartHints) -> None:
        self.folder = folder
        self.versions: queue.Queue[tuple[str, str | None]] = queue.Queue()
        self.watching = Watching(start=start)
        self.rounds = 0
        self._seen: dict[str, str | None] = {}
        self._stopped = Event()
        self._thread = Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self.watching.poke()
        self._thread.join()

    def next_version(self, name: str = "m.yaml") -> str | None:
        """Return the next text that was read of `name`; None says that it is gone."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            found, text = self.versions.get(timeout=max(0.001, deadline - time.monotonic()))
            if found == name:
                return text

    def until(self, wanted: Callable[[str | None], bool], name: str = "m.yaml") -> list[str | None]:
        """Return the versions of `name` up to the first that is `wanted`."""
        found = [self.next_version(name)]
        while not wanted(found[-1]):
            found.append(self.next_version(name))
        return found

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._look()
            self.watching.follow((self.folder,))
            self.watching.wait(time.monotonic() + self.watching.sweep_seconds)
        self.watching.close()

    def _look(self) -> None:
        self.rounds += 1
        paths = _missions_in(self.folder)
        for path in paths:
            if self.watching.is_settled(path):
                try:
                    self._note(path.name, path.read_text())
                except OSError:
                    continue
        for name in self._seen.keys() - {each.name for each in paths}:
            self._note(name, None)

    def _note(self, name: str, text: str | None) -> None:
        if self._seen.get(name) != text:
            self._seen[name] = text
            self.versions.put((name, text))


def _missions_in(folder: Path) -> list[Path]:
    """Return the mission files of `folder`: none where it is gone, or goes meanwhile."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    return [each for each in paths if each.suffix == ".yaml" and not each.name.startswith(".")]


@contextmanager
def watched(folder: Path, start: StartHints = start_hints) -> Iterator[WatchedFolder]:
    """Watch `folder` while the block runs."""
    one = WatchedFolder(folder, start)
    one.start()
    try:
        yield one
    finally:
        one.stop()
