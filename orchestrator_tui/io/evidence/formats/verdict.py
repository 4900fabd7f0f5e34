"""What a report means for the criterion that asks for it."""

from dataclasses import dataclass

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import PlainText


@dataclass(frozen=True, slots=True)
class Verdict:
    """PASSED, FAILED, or MISSING where no limit was given, and why."""

    state: CriterionState
    detail: PlainText
    """One line of at most 200 characters, safe to show."""
    value: float | None = None
    """What was measured: tests passed, per cent covered, results above the level, seconds."""


def counted(count: int, thing: str) -> str:
    """Return `1 test`, `1,234 tests`."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
