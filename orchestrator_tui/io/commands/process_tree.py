"""A command and every process that came of it, also those that left its session.

Imported by the supervisor, so it imports only what starts quickly. On Linux the supervisor adopts
every process whose parent has ended, so the tree is whole. Elsewhere only the command's process
group is known: what leaves it may stay behind, and is not counted.
"""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable

LINUX = sys.platform == "linux"
KILL_SECONDS = 5.0
"""How long processes are killed: one that the system holds back cannot be."""
ASK_PAUSE, KILL_PAUSE = 0.01, 0.005
MOST_REAPED = 64
"""At one go: in a storm there is always one more that has ended."""
STAT_BYTES = 4096


class Member:
    """One process."""

    def __init__(self, pid: int, stat: bytes) -> None:
        """Read a line of `/proc/PID/stat`; proc(5) counts its fields from 1."""
        fields = stat[stat.rindex(b")") + 2 :].split()
        self.pid = pid
        self.is_dead = fields[0] in (b"Z", b"X")
        self.parent = int(fields[1])
        self.group = int(fields[2])
        self.memory = int(fields[21]) * resource.getpagesize()

    def fair_memory(self) -> int:
        """Return its share of the memory that it uses together with others."""
        try:
            _, _, rest = read_start(f"/proc/{self.pid}/smaps_rollup").partition(b"\nPss:")
        except (FileNotFoundError, ProcessLookupError):
            return 0  # it ended meanwhile
        except OSError:
            return self.memory
        return int(rest.split()[0]) * 1024 if rest else 0


def all_members() -> list[Member]:
    """Return every process that may be seen."""
    found: list[Member] = []
    for pid in process_ids():
        try:
            found.append(Member(pid, read_start(f"/proc/{pid}/stat")))
        except (OSError, ValueError, IndexError):
            continue  # it ended meanwhile
    return found


def process_ids() -> list[int]:
    """Return the id of every process that may be seen."""
    try:
        with os.scandir("/proc") as entries:
            return [int(each.name) for each in entries if each.name.isdigit()]
    except OSError:
        return []  # where it is not mounted, only the command's group is known


def tasks_of_the_system() -> int:
    """Return how many processes and threads there are, as far as the system says so cheaply."""
    try:
        _, _, tasks = read_start("/proc/loadavg").split()[3].partition(b"/")
        return int(tasks)
    except (OSError, IndexError, ValueError):
        return 0


def read_start(path: str) -> bytes:
    """Return what a small file of the system holds; raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, STAT_BYTES)
    finally:
        os.close(descriptor)


class ProcessTree:
    """The processes below this one: it starts nothing but the command."""

    def __init__(self, leader: int) -> None:
        self.leader = leader
        self.status: int | None = None
        """How the command itself ended, as `wait` says it; None while it runs."""

    def reap(self) -> bool:
        """Take note of the processes that have ended; say whether any is left."""
        for _ in range(MOST_REAPED):
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return not LINUX and tell(os.killpg, self.leader, 0)
            if pid == 0:
                return True
            if pid == self.leader:
                self.status = status
        return True

    def members(self) -> list[Member]:
        """Return the living processes of the tree; elsewhere than on Linux none is known."""
        if not LINUX:
            return []
        children: dict[int, list[Member]] = {}
        for each in all_members():
            children.setdefault(each.parent, []).append(each)
        found: list[Member] = []
        waiting = [os.getpid()]
        while waiting:
            below = children.pop(waiting.pop(), [])
            found += [each for each in below if not each.is_dead]
            waiting += [each.pid for each in below]
        return found

    def excess(self, processes: int, memory: int) -> str:
        """Return which bound the tree as a whole has left behind; nothing for none."""
        members = self.members()
        if len(members) > processes:
            return "TOO_MANY_PROCESSES"
        # what processes share was counted for each of them, so it is looked at more closely
        if sum(each.memory for each in members) > memory and (
            sum(each.fair_memory() for each in members) > memory
        ):
            return "TOO_MUCH_MEMORY"
        return ""

    def freeze(self) -> None:
        """Stop the command's group, so that it does not grow while it is looked at."""
        tell(os.killpg, self.leader, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the command's group go on."""
        tell(os.killpg, self.leader, signal.SIGCONT)

    def end(self, grace: float, most: int, meanwhile: Callable[[], object]) -> None:
        """Ask every process to end; kill what is left after `grace` seconds, or if over `most`."""
        until = time.monotonic() + grace
        asked: set[int] = set()
        while self.reap() and time.monotonic() < until:
            members = self.members()
            if len(members) > most:
                break
            if not members and not asked:
                asked.add(self.leader)
                tell(os.killpg, self.leader, signal.SIGTERM)
            for each in members:
                if each.pid not in asked:
                    tell(os.kill, each.pid, signal.SIGTERM)
                    asked.add(each.pid)
            meanwhile()
            time.sleep(ASK_PAUSE)
        until = time.monotonic() + KILL_SECONDS
        while self.reap() and time.monotonic() < until:
            self._kill()
            meanwhile()
            time.sleep(KILL_PAUSE)

    def _kill(self) -> None:
        # a group is killed at once: none of it can fork meanwhile
        if self.status is None or not LINUX:
            tell(os.killpg, self.leader, signal.SIGKILL)
        members = self.members()
        for group in {each.group for each in members} - {os.getpgrp()}:
            tell(os.killpg, group, signal.SIGKILL)
        for each in members:
            tell(os.kill, each.pid, signal.SIGKILL)


def tell(how: Callable[[int, int], None], whom: int, number: int) -> bool:
    """Send a signal; say whether there was anybody to take it."""
    try:
        how(whom, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
