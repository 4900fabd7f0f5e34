"""Two names of a folder exchanged in one step, so that what was replaced can still be looked at."""

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD of Linux: paths are as they stand."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS."""
_NOT_OFFERED: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})

_Call = Callable[[bytes, bytes, int], int]


def exchange(one: Path, other: Path, *, folder: int = _HERE) -> bool:
    """Let two files have each other's name; False where this system or file system cannot.

    Both are in `folder`, an open one, where that is given. Raises OSError where they could be
    exchanged in general, and were not.
    """
    call = _system_call()
    if call is None or (folder != _HERE and sys.platform == "darwin"):
        return False
    number = call(os.fsencode(one), os.fsencode(other), folder)
    if number in _NOT_OFFERED:
        return False
    if number:
        raise OSError(number, os.strerror(number), str(one), None, str(other))
    return True


def prepare_exchange() -> None:
    """Find the system's call, which takes a while for the first time, before it is in a hurry."""
    _system_call()


@cache
def _system_call() -> _Call | None:
    """Return what exchanges two paths and answers with an error number, 0 for none."""
    import ctypes  # noqa: PLC0415 - needed only where something is written

    library = ctypes.CDLL(None, use_errno=True)
    try:
        swap = library.renamex_np if sys.platform == "darwin" else library.renameat2
    except AttributeError:
        return None

    def call(one: bytes, other: bytes, folder: int) -> int:
        names = (one, other) if sys.platform == "darwin" else (folder, one, folder, other)
        return ctypes.get_errno() if swap(*names, _EXCHANGE) else 0

    return call
