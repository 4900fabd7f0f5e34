"""Watchers as a test has them: what time it is to them, what they judged, how they are killed."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from tests.hub.watcher import Order, written_order

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20.0
A_MOMENT_SECONDS = 0.01


@dataclass(frozen=True)
class Look:
    """What a watcher said: what it judged, or that people were told what follows from that."""

    at: datetime
    is_told: bool
    shown: Mapping[str, str]
    """By the id of what escalates: its level, and `held` or `silent`."""
    notices: tuple[str, ...]


class Watcher:
    """One process that watches."""

    def __init__(self, number: int, commands: int, said: int) -> None:
        self.number = number
        self._commands = commands
        self._said = said
        self._pending = b""
        self._is_gone = False
        self.latest: Look | None = None

    def go_to(self, moment: datetime) -> None:
        """Let it be `moment` from now on."""
        os.write(self._commands, f"{moment.isoformat()}\n".encode())

    def look(self, seconds: float = PATIENCE_SECONDS) -> Look | None:
        """Return what it judges next; None where it says nothing for so long."""
        until = time.monotonic() + seconds
        while b"\n" not in self._pending:
            ready, _, _ = select.select([self._said], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            read = os.read(self._said, 65_536)
            if not read:
                raise AssertionError(f"the watcher ended by itself, and said {self.latest}")
            self._pending += read
        line, _, self._pending = self._pending.partition(b"\n")
        found = _look(json.loads(line), self.latest)
        self.latest = found
        return found

    def until(self, wanted: Callable[[Look], bool], seconds: float = PATIENCE_SECONDS) -> Look:
        """Return the first look that is `wanted`, which may be the latest one."""
        deadline = time.monotonic() + seconds
        found = self.latest
        while found is None or not wanted(found):
            found = self.look(max(0.0, deadline - time.monotonic()))
            if found is None:
                raise AssertionError(f"that was never so; the latest is {self.latest}")
        return found

    def listen(self, seconds: float) -> None:
        """Take in for so long what it judges."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self.look(left) is not None:
            pass

    def kill(self) -> None:
        """Kill it, and return when it is gone."""
        if not self._is_gone:
            os.kill(self.number, signal.SIGKILL)
            self._bury()

    def end(self) -> None:
        """Let it end by itself, and return when it is gone."""
        if not self._is_gone:
            os.close(self._commands)
            self._commands = -1
            self._bury()

    def _bury(self) -> None:
        while os.read(self._said, 65_536):
            pass
        os.close(self._said)
        if self._commands >= 0:
            os.close(self._commands)
        self._is_gone = True


class Nursery:
    """The process that all watchers of a test are forked from."""

    def __init__(self, complaints: Path) -> None:
        self.complaints = complaints
        self._asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._watchers: list[Watcher] = []
        with theirs, complaints.open("wb") as file:
            self._program = subprocess.Popen(
                [sys.executable, "-m", "tests.hub.watcher"],
                cwd=ROOT,
                stdin=theirs.fileno(),
                stderr=file,
            )

    def watcher(self, order: Order) -> Watcher:
        """Return one more that watches."""
        their_commands, commands = os.pipe()
        said, they_say = os.pipe()
        socket.send_fds(self._asking, [written_order(order)], [their_commands, they_say])
        os.close(their_commands)
        os.close(they_say)
        self._asking.settimeout(PATIENCE_SECONDS)
        watcher = Watcher(int(self._asking.recv(64)), commands, said)
        self._watchers.append(watcher)
        return watcher

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._watchers:
            each.kill()
        self._asking.close()
        self._program.wait(PATIENCE_SECONDS)


@contextmanager
def nursery(complaints: Path) -> Iterator[Nursery]:
    """Return where watchers come from; in the end nobody may have had anything to complain of."""
    with Nursery(complaints) as found:
        yield found
    said = complaints.read_text()
    assert not said, said


def wait_until(is_so: Callable[[], object], what: object = "that", seconds: float = 20.0) -> None:
    """Look again and again until `is_so`."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"it never came to {what() if callable(what) else what}")
        select.select([], [], [], A_MOMENT_SECONDS)


def _look(line: Mapping[str, Any], before: Look | None) -> Look:
    at = datetime.fromisoformat(line["at"])
    if "told" in line:
        shown = Look(at, is_told=True, shown={}, notices=())
        return replace(before or shown, at=at, is_told=True)
    return Look(at, is_told=False, shown=line["shown"], notices=tuple(line["notices"]))
