"""What a command may use."""

import os
from dataclasses import dataclass
from typing import Final

_GIGABYTE: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one command; the system keeps those of a process, the supervisor the tree's."""

    output_bytes: int = 64 * 1024
    """Kept of what it writes, half of the head and half of the tail."""
    memory_bytes: int = 4 * _GIGABYTE
    """Of all its processes together; on Linux alone."""
    address_bytes: int = 64 * _GIGABYTE
    """Of each process. Run-time systems reserve a multiple of what they use."""
    file_bytes: int = _GIGABYTE
    """Of each file that it writes."""
    open_files: int = 4096
    processes: int = 512
    """All that came of it, at one time; on Linux alone."""
    tasks: int = 2048
    """Processes and threads of this user beside those that run already; not kept for root."""
    spare_seconds: float = 5.0
    """Processor time of each process beyond its timeout on every processor."""
    grace_seconds: float = 1.0
    """Between being asked to end and being killed."""
    slack_seconds: float = 10.0
    """How much longer than all this its supervisor is waited for: the command may have stopped
    it."""

    def of_a_process(self, timeout_seconds: float) -> dict[str, int]:
        """Return the limits that the system keeps, by the names of `resource`."""
        processors = os.cpu_count() or 1
        return {
            "RLIMIT_AS": self.address_bytes,
            "RLIMIT_CORE": 0,
            "RLIMIT_CPU": int((timeout_seconds + self.spare_seconds) * processors) + 1,
            "RLIMIT_FSIZE": self.file_bytes,
            "RLIMIT_NOFILE": self.open_files,
        }


LIMITS: Final = Limits()
