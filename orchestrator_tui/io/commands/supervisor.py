"""Watches over one command as a program of its own, and leaves nothing of it behind.

It imports only what starts quickly. Its input is one line, the order; then it stays open for as
long as anybody waits: its end cancels the command. Its output is a line of JSON when the command
has started, a line when it has ended, and then the bytes that were kept of what it wrote.
"""

import json
import os
import select
import signal
import time

from orchestrator_tui.io.commands.order import Order
from orchestrator_tui.io.commands.output_pipe import OutputPipe
from orchestrator_tui.io.commands.process_tree import ProcessTree, tasks_of_the_system
from orchestrator_tui.io.commands.starting import (
    CHILD_SUBREAPER,
    PARENT_DEATH_SIGNAL,
    NotStarted,
    ask_linux,
    start,
)

LOOK_SECONDS = 0.1
"""Between two looks at the whole tree while the command runs."""
LOOK_SHARE = 20
"""It is longer where a look takes long: this many times as long."""
GLANCE_SECONDS = 0.02
"""Between two glances at how many tasks the system has: a storm of processes rises in no time, and
then whoever is to end it hardly gets to work."""
GLANCE_SHARE = 2
CHUNK = 1 << 16
CANCELLING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
TOO_BIG = ("TOO_MUCH_MEMORY", "TOO_MANY_PROCESSES")


class Looks:
    """Looks at the whole tree now and then, and at once where the system fills up."""

    def __init__(self, order: Order) -> None:
        self.next_glance = time.monotonic() + GLANCE_SECONDS
        self._order = order
        self._tasks = tasks_of_the_system()
        self._due = time.monotonic() + LOOK_SECONDS
        self._soonest = 0.0

    def excess(self, tree: ProcessTree) -> str:
        """Return which bound the tree has left behind, if it is time to look; else nothing."""
        began = time.monotonic()
        if began < self.next_glance:
            return ""
        self.next_glance = began + GLANCE_SECONDS
        is_storm = began >= self._soonest and self._is_filling_up()
        if began < self._due and not is_storm:
            return ""
        if is_storm:
            tree.freeze()
        found = tree.excess(self._order.processes, self._order.memory_bytes)
        if is_storm and not found:
            tree.thaw()
            self._tasks = tasks_of_the_system()
        now = time.monotonic()
        self._soonest = now + GLANCE_SHARE * (now - began)
        self._due = now + max(LOOK_SECONDS, LOOK_SHARE * (now - began))
        return found

    def _is_filling_up(self) -> bool:
        return tasks_of_the_system() - self._tasks > self._order.processes // 2


def main() -> None:
    """Run the command that is ordered, and say how it ended."""
    ask_linux(CHILD_SUBREAPER, 1)
    ask_linux(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    order = Order(_line(0))
    signals = _signals()
    output = OutputPipe(order.output_bytes)
    began = time.monotonic()
    try:
        tree = ProcessTree(start(order, output.writing, lambda leader: _say({"leader": leader})))
    except NotStarted as error:
        _say({"ending": "NOT_STARTED", "why": str(error), "kept": 0})
        return
    try:
        ending = _watched(order, tree, output, signals)
    except BaseException:
        tree.end(0.0, order.processes, output.drain)
        raise
    seconds = time.monotonic() - began
    strays = len(tree.members()) if tree.status is not None and tree.reap() else 0
    # what has grown too big would grow on while it is asked
    grace = order.grace_seconds if ending not in TOO_BIG else 0.0
    tree.end(grace, order.processes, output.drain)
    output.drain()
    told: dict[str, object] = {
        "ending": ending,
        "status": tree.status,
        "seconds": seconds,
        "strays": strays,
        "left_out": output.left_out,
        "head": len(output.head),
        "kept": len(output.head) + len(output.tail),
    }
    _say(told, bytes(output.head + output.tail))


def _watched(order: Order, tree: ProcessTree, output: OutputPipe, signals: int) -> str:
    """Wait for the end of the command, or until it is to be ended: return why, else nothing."""
    waiting = select.poll()
    for each in (0, signals, output.reading):
        waiting.register(each, select.POLLIN | select.POLLHUP)
    looks = Looks(order)
    now = time.monotonic()
    until = now + order.seconds
    while now < until:
        pause = max(0.0, min(until, looks.next_glance) - now)
        ready = {each for each, _ in waiting.poll(pause * 1000 + 1)}
        if output.reading in ready and not output.drain():
            waiting.unregister(output.reading)
        tree.reap()
        if tree.status is not None:
            return ""
        if _is_cancelled(ready, signals):
            return "CANCELLED"
        if excess := looks.excess(tree):
            return excess
        now = time.monotonic()
    return "TIMED_OUT"


def _signals() -> int:
    """Return a descriptor from which the numbers of the signals that come can be read."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for each in (signal.SIGCHLD, *CANCELLING):
        signal.signal(each, _noted)
    return reading


def _noted(number: int, frame: object) -> None:
    """Do nothing: that it came stands in the pipe."""


def _is_cancelled(ready: set[int], signals: int) -> bool:
    """Say whether nobody waits any more, or a signal came that says so."""
    numbers = os.read(signals, CHUNK) if signals in ready else b""
    return 0 in ready or any(each in numbers for each in CANCELLING)


def _line(descriptor: int) -> bytes:
    """Return the first line that comes; nothing else is sent before the command is cancelled."""
    line = bytearray()
    while not line.endswith(b"\n"):
        piece = os.read(descriptor, CHUNK)
        if not piece:
            raise SystemExit(1)
        line += piece
    return bytes(line)


def _say(told: dict[str, object], kept: bytes = b"") -> None:
    """Write a line of JSON, and what follows it; nobody may be there to read it."""
    rest = memoryview(json.dumps(told).encode() + b"\n" + kept)
    try:
        while rest:
            rest = rest[os.write(1, rest) :]
    except OSError:
        pass
