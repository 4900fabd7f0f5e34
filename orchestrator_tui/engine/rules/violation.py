"""A rule across entries that a mission breaks."""

from dataclasses import dataclass

from orchestrator_tui.domain.problem import Severity

Path = tuple[str | int, ...]
"""A place in a mission: keys and positions from the top, such as `("tasks", "ui", "after", 0)`."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong between entries, and where."""

    path: Path
    message: str
    """Safe to show: ids are checked characters."""
    severity: Severity = Severity.ERROR
    other: Path | None = None
    """A second place that a person has to look at."""


def dotted(path: Path) -> str:
    """Return a path as it is written in a message: `tasks.chat-ui.after[1]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
