"""Hints by Linux's own inotify: at once, and at no cost while nothing happens.

The watchfiles package asks a hundred times a second whether something came, which alone costs most
of the one per cent of a core that this program may use at rest, and is 10 ms late besides.
"""

import ctypes
import os
import select
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

from orchestrator_tui.io.watching.hints import Dirty, Failed, Matters, matters

_MODIFY = 0x2
_ATTRIB = 0x4
_CLOSE_WRITE = 0x8
_MOVED = 0xC0
_CREATE = 0x100
_DELETE = 0x200
_DELETE_SELF = 0x400
_MOVE_SELF = 0x800
_GONE = 0x8000 | _DELETE_SELF | _MOVE_SELF
_ONLY_FOLDERS = 0x0100_0000
_WATCHED = _MODIFY | _ATTRIB | _CLOSE_WRITE | _MOVED | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF
_IS_FOLDER = 0x4000_0000
_EVENT = struct.Struct("iIII")
_READ_BYTES = 65_536
_PAUSE_MILLISECONDS = 5
"""After a hint, so that a thousand changes a second are no thousand hints."""


class Inotify:
    """Watches folders in a thread of its own."""

    def __init__(
        self,
        folders: tuple[Path, ...],
        dirty: Dirty,
        failed: Failed,
        *,
        matters: Matters = matters,
    ) -> None:
        self._matters = matters
        self._dirty = dirty
        self._failed = failed
        self._is_deaf = False
        self._events = _opened(folders)
        self._stop, self._stopper = os.pipe2(os.O_CLOEXEC)
        self._thread = Thread(target=self._run, name="hints", daemon=True)
        self._thread.start()

    @property
    def is_deaf(self) -> bool:
        """Say whether a folder it watched is gone, so that it must be started anew."""
        return self._is_deaf

    def close(self) -> None:
        """Stop; no hint comes after this returns."""
        os.close(self._stopper)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._listen()
        except Exception as error:  # noqa: BLE001 - whatever it was, watching goes on without it
            self._failed(str(error))
        finally:
            os.close(self._events)
            os.close(self._stop)

    def _listen(self) -> None:
        waiting, stopped = select.poll(), select.poll()
        stopped.register(self._stop, select.POLLIN | select.POLLHUP)
        waiting.register(self._stop, select.POLLIN | select.POLLHUP)
        waiting.register(self._events, select.POLLIN)
        while all(ready != self._stop for ready, _ in waiting.poll()):
            seen = tuple(_entries(os.read(self._events, _READ_BYTES)))
            if any(mask & _GONE for mask, _ in seen):
                self._is_deaf = True
            if any(self._may_matter(mask, name) for mask, name in seen):
                self._dirty()
                stopped.poll(_PAUSE_MILLISECONDS)

    def _may_matter(self, mask: int, name: str) -> bool:
        # An event without a name is about the folder itself, or says that events were lost.
        is_folder = bool(mask & _IS_FOLDER and not name.startswith("."))
        return not name or self._matters(name) or is_folder


def _opened(folders: tuple[Path, ...]) -> int:
    """Return a descriptor that reports on `folders`; raise OSError if one cannot be watched."""
    system = ctypes.CDLL(None, use_errno=True)
    events = _checked(system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
    try:
        for each in folders:
            # One folder that may not be read must not make the others deaf.
            with suppress(PermissionError):
                name = os.fsencode(each)
                _checked(system.inotify_add_watch(events, name, _WATCHED | _ONLY_FOLDERS))
    except OSError:
        os.close(events)
        raise
    return events


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def _entries(raw: bytes) -> Iterator[tuple[int, str]]:
    """Yield mask and name of every event; the name is empty for the folder itself."""
    at = 0
    while at < len(raw):
        _, mask, _, length = _EVENT.unpack_from(raw, at)
        start = at + _EVENT.size
        yield mask, os.fsdecode(raw[start : start + length].rstrip(b"\0"))
        at = start + length
