"""The last result of each command, kept by its pin in the state folder.

One file a pin, replaced in one step. What cannot be read, or was written by somebody else, counts
as never run.
"""

import json
import os
import re
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final

from orchestrator_tui.domain.instant import format_instant, parse_instant
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.shown_output import clean_lines
from orchestrator_tui.io.history.place import PRIVATE_FILE, make_folder
from orchestrator_tui.io.reading.safe_read import FileRefused, read_bytes

MOST_KEPT: Final = 500
"""Results that are kept; beyond, the oldest are removed."""
FOLDER: Final = "commands"

_PIN: Final = re.compile("[0-9a-f]{64}")
_SUFFIX: Final = ".json"
_VERSION: Final = 1
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_INTERRUPTED: Final = "it was running when the program ended, or another one runs it now"


class CommandResults:
    """The last result of each command, and which commands run now in this process."""

    def __init__(self, state: Path, *, clock: Clock = system_clock, most: int = MOST_KEPT) -> None:
        self._folder = state / FOLDER
        self._clock = clock
        self._most = most
        self._running: Counter[str] = Counter()
        self._lock = Lock()

    def get(self, pin: str) -> CommandResult | None:
        """Return the last result of the command with that pin; None where it never ran."""
        if _PIN.fullmatch(pin) is None:
            return None
        path = self._path(pin)
        try:
            if not _is_ours(path.lstat()):
                return None
            raw, _ = read_bytes(path, follows_link=False)
            return _decoded(json.loads(raw), pin)
        except (OSError, FileRefused, ValueError, KeyError, TypeError, RecursionError):
            return None

    def keep(self, pin: str, result: CommandResult) -> None:
        """Keep `result` in place of the one before; raises OSError, and ValueError for no pin."""
        if _PIN.fullmatch(pin) is None:
            raise ValueError(f"{plain_text(pin)!r} is no pin")
        make_folder(self._folder)
        descriptor, name = tempfile.mkstemp(prefix=".result-", dir=self._folder)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                os.fchmod(stream.fileno(), PRIVATE_FILE)
                json.dump(_encoded(pin, result), stream)
            draft.replace(self._path(pin))
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self._prune()

    @contextmanager
    def running(self, pin: str) -> Iterator[None]:
        """Count the command as running, as long as the context is open.

        The result before is replaced by one that is LOST: should this program end meanwhile, no
        older result is taken for what came of it.
        """
        with self._lock:
            self._running[pin] += 1
        try:
            with suppress(OSError, ValueError):
                self.keep(pin, _interrupted(self._clock))
            yield
        finally:
            with self._lock:
                self._running[pin] -= 1
                self._running += Counter()  # forgets what is counted down to nothing

    def is_running(self, pin: str) -> bool:
        """Say whether the command with that pin runs now, started by this process."""
        with self._lock:
            return self._running[pin] > 0

    def running_now(self) -> frozenset[str]:
        """Return the pins of the commands that run now, started by this process."""
        with self._lock:
            return frozenset(self._running)

    def _path(self, pin: str) -> Path:
        return self._folder / f"{pin}{_SUFFIX}"

    def _prune(self) -> None:
        """Remove the oldest results beyond what is kept; another process may do so, too."""
        with suppress(OSError):
            kept: list[tuple[int, Path]] = []
            for each in self._folder.iterdir():
                if each.suffix == _SUFFIX:
                    with suppress(FileNotFoundError):
                        kept.append((each.lstat().st_mtime_ns, each))
            kept.sort(reverse=True)
            for _, each in kept[self._most :]:
                each.unlink(missing_ok=True)


def _is_ours(found: os.stat_result) -> bool:
    """Say whether nobody but this user can have written there."""
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _interrupted(clock: Clock) -> CommandResult:
    return CommandResult(
        ending=Ending.LOST,
        why=_INTERRUPTED,
        exit_code=None,
        output="",
        ended=clock(),
        seconds=0.0,
    )


def _encoded(pin: str, result: CommandResult) -> dict[str, object]:
    return {
        "version": _VERSION,
        "pin": pin,
        "ending": result.ending.value,
        "why": result.why,
        "exit_code": result.exit_code,
        "output": result.output,
        "ended": format_instant(result.ended),
        "seconds": result.seconds,
        "left_out": result.left_out,
        "strays": result.strays,
    }


def _decoded(stored: Any, pin: str) -> CommandResult | None:
    """Return the result that stands there; raises ValueError, KeyError or TypeError for none."""
    if stored["version"] != _VERSION or stored["pin"] != pin:
        return None
    code = stored["exit_code"]
    return CommandResult(
        ending=Ending(stored["ending"]),
        why=plain_text(stored["why"]),
        exit_code=None if code is None else _count(code),
        output=clean_lines(stored["output"]),
        ended=parse_instant(stored["ended"]),
        seconds=float(stored["seconds"]),
        left_out=_count(stored["left_out"]),
        strays=_count(stored["strays"]),
    )


def _count(stored: object) -> int:
    if type(stored) is not int:
        raise TypeError("is no whole number")
    return stored
