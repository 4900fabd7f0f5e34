"""What came of a command."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ending(StrEnum):
    """How a command came to its end."""

    EXITED = "EXITED"
    """By itself, with an exit code."""
    SIGNALLED = "SIGNALLED"
    """By a signal that it was not sent from here, or by a limit that the system keeps."""
    TIMED_OUT = "TIMED_OUT"
    TOO_MUCH_MEMORY = "TOO_MUCH_MEMORY"
    TOO_MANY_PROCESSES = "TOO_MANY_PROCESSES"
    CANCELLED = "CANCELLED"
    """Here: by a person, or because the program ends."""
    NOT_STARTED = "NOT_STARTED"
    """Its program or folder is not there, or may not be used."""
    NOT_ALLOWED = "NOT_ALLOWED"
    """It is not what was allowed any more, and did not run."""
    VOID = "VOID"
    """It ran, and its mission, beside reports, or what it runs was changed: it says nothing."""
    LOST = "LOST"
    """Nobody knows: who watched over it was ended first."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """How a command ended, and what it said."""

    ending: Ending
    why: str
    """One line, safe to show, such as "exited with 1"."""
    exit_code: int | None
    """Absent where it did not exit by itself."""
    output: str
    """What it wrote, the head and the tail: lines that are each safe to show."""
    ended: datetime
    seconds: float
    left_out: int = 0
    """Bytes of output between the head and the tail."""
    strays: int = 0
    """Processes that it left behind, and which were ended."""

    @property
    def passed(self) -> bool:
        """Say whether it exited by itself with 0."""
        return self.ending is Ending.EXITED and self.exit_code == 0
