"""One writer of a mission at a time, among those that ask.

The lock is a file in the state folder, named for the real path of the mission. It is never the
mission's own file, which is another one after each write. It goes when its process goes, and tells
those who wait who has it.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.editing.refusal import reason, refused, shown
from orchestrator_tui.io.reading.discovery import MISSION_FILE, PART_FOLDERS, is_file, is_folder

LOCKS: Final = "locks"
_LONGEST_WAIT_SECONDS: Final = 0.02
_SHORTEST_WAIT_SECONDS: Final = 0.0005
_MOST_OF_A_NOTE: Final = 1_000


def lock_file(path: Path, state: Path) -> Path:
    """Return the file that stands for the mission at `path`, be it a part of a folder mission."""
    name = hashlib.sha256(os.fsencode(_mission_of(Path(os.path.realpath(path))))).hexdigest()
    return state / LOCKS / f"{name}.lock"


def private_folder(folder: Path) -> Path:
    """Return `folder`, made for this user alone where it was missing; raises WriteRefused."""
    if not is_folder(folder):
        try:
            private_folder(folder.parent).joinpath(folder.name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise no_state(folder, error) from None
    return folder


def no_state(folder: Path, error: OSError) -> WriteRefused:
    """Return the refusal that follows where the state folder cannot be written."""
    return WriteRefused(
        f"nothing was written: the state folder {shown(folder)} cannot be used:"
        f" {reason(error)}, or name another one with --state-dir"
    )


@contextmanager
def locked(file: Path, path: Path, *, patience_seconds: float, command: str) -> Iterator[None]:
    """Hold the lock that `file` is; raises WriteRefused, naming the holder, after the patience."""
    private_folder(file.parent)
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise no_state(file.parent, error) from None
    try:
        if not _taken(descriptor, patience_seconds):
            raise WriteRefused(
                f"{shown(path)} is locked by {_holder(descriptor)}: nothing was written;"
                " try again, and end that process if it does not go on"
            )
        _leave_note(descriptor, command)
        try:
            yield
        finally:
            # a child that this process forked meanwhile has the descriptor, too
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    except OSError as error:
        raise refused(path, error) from None
    finally:
        os.close(descriptor)


def _mission_of(real: Path) -> Path:
    """Return the folder of the mission that the file `real` is a part of, else `real` itself."""
    if is_folder(real):
        return real
    folders = [real.parent, *([real.parent.parent] if real.parent.name in PART_FOLDERS else [])]
    return next((each for each in folders if is_file(each / MISSION_FILE)), real)


def _taken(descriptor: int, patience_seconds: float) -> bool:
    """Take the lock, asking the more often the longer it takes: who came first gets it first."""
    began = time.monotonic()
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        waited = time.monotonic() - began
        if waited >= patience_seconds:
            return False
        share = 1 - waited / patience_seconds
        wait = max(_SHORTEST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS * share**3)
        time.sleep(min(wait, patience_seconds - waited))


def _leave_note(descriptor: int, command: str) -> None:
    note = {
        "process": os.getpid(),
        "command": command,
        "host": os.uname().nodename,
        "since": system_clock().isoformat(timespec="seconds"),
    }
    with suppress(OSError):  # who waits is told less, and nothing else is lost
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)


def _holder(descriptor: int) -> str:
    """Return who left a note in the lock: `process 123 (report) since 2024-01-15T08:00:00Z`."""
    try:
        note = json.loads(os.pread(descriptor, _MOST_OF_A_NOTE, 0))
        command = f" ({note['command']})" if note["command"] else ""
        elsewhere = f" on {note['host']}" if note["host"] != os.uname().nodename else ""
        since = str(note["since"]).replace("+00:00", "Z")
        return plain_text(f"process {note['process']}{command}{elsewhere} since {since}")
    except (ValueError, KeyError, TypeError):
        return "another process"
