"""Whether anybody has a file open for writing: then what it says is not the last word.

Linux grants a read lease on a file only while nobody has it open for writing. It is given back at
once; an opener that comes in between waits for that, and the signal this would cost us is one that
nobody minds.
"""

import errno
import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from typing import Final

_SHORTEST_WAIT_SECONDS: Final = 0.001
_LONGEST_WAIT_SECONDS: Final = 0.02


def wait_for_writers(path: Path, patience_seconds: float) -> bool:
    """Return once nobody has `path` open for writing; False if somebody still has at the end.

    Where the system cannot tell, nobody is waited for. Raises OSError where it cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    try:
        end = time.monotonic() + patience_seconds
        wait = _SHORTEST_WAIT_SECONDS
        while _is_being_written(descriptor):
            if time.monotonic() >= end:
                return False
            time.sleep(wait)
            wait = min(_LONGEST_WAIT_SECONDS, 2 * wait)
        return True
    finally:
        os.close(descriptor)


def _is_being_written(descriptor: int) -> bool:
    if sys.platform != "linux":
        return False
    try:
        # the signal of a broken lease would end this process; this one is ignored by default
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        # leases are for owners, and not every file system knows them
        return error.errno == errno.EAGAIN
    return False
