"""A problem found in a mission, with its place."""

from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override


class Severity(StrEnum):
    """Whether a problem holds the file back (ERROR) or is only shown (WARNING)."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to write instead."""

    severity: Severity
    file: str
    """The path as the person named it, made safe to show."""
    line: int | None
    """Counted from 1; absent when the problem is the file itself."""
    column: int | None
    """Counted from 1, in characters."""
    message: str
    """One line, safe to show, with the hint at its end."""

    @property
    def where(self) -> str:
        """Return `file:line:column`, as far as it is known."""
        return ":".join(
            str(each) for each in (self.file, self.line, self.column) if each is not None
        )

    @property
    def is_error(self) -> bool:
        """Say whether this problem holds its file back."""
        return self.severity is Severity.ERROR

    @override
    def __str__(self) -> str:
        """Return the line that `check` prints."""
        return f"{self.where}: {self.severity.value.lower()}: {self.message}"
