"""A command that a mission asks for, as a person is shown it before allowing it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """Exactly what would run, and the digest by which it is allowed."""

    argv: tuple[str, ...]
    """As the mission writes them: untrusted text, shown escaped, one on a line."""
    program: str
    """What its first word resolves to; empty where nothing is found."""
    folder: str
    """Where it runs, absolute."""
    timeout: timedelta
    environment: tuple[tuple[str, str], ...]
    """All that it is given, by name."""
    files: tuple[tuple[str, str], ...]
    """The files that its words name, each with the SHA-256 of its content."""
    pin: str
    """SHA-256 over all of the above, the mission and the criterion, in hexadecimal."""
