"""Processes that are to end."""

import os
import select
from pathlib import Path

PATIENCE_MILLISECONDS = 5_000


def gone(*pids: int) -> bool:
    """Say whether all of these processes end within a moment."""
    return all(_ends(each) for each in pids)


def _ends(pid: int) -> bool:
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        waiting = select.poll()
        waiting.register(process, select.POLLIN)
        return bool(waiting.poll(PATIENCE_MILLISECONDS))
    finally:
        os.close(process)


def is_running(pid: int) -> bool:
    """Say whether a process has not ended yet."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started, whichever thread of it did."""
    return [
        int(each)
        for thread in Path(f"/proc/{pid}/task").iterdir()
        for each in (thread / "children").read_text().split()
    ]
