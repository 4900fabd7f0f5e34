"""From where the missions are looked at, and what a person can do from there."""

from typing import TYPE_CHECKING, Final, NamedTuple

from orchestrator_tui.presentation.keys import key_of

if TYPE_CHECKING:
    from orchestrator_tui.domain.history import RecordedEvent


WRITING: Final = frozenset(
    {
        "acknowledge",
        "snooze",
        "delegate",
        "resolve",
        "prioritize",
        "assign",
        "note",
        "tick",
        "approve",
        "allow",
        "accept",
        "dismiss_plans",
    }
)
"""Actions that write."""
REMEMBERING: Final = frozenset({"history", "step"})
"""Actions that need a history."""
PLANNING: Final = frozenset({"replan"})
"""Actions that look for plans, which there are for the present alone."""
NO_DESK: Final = "Nothing can be written from here: the missions are only looked at"
NO_ARCHIVE: Final = "No history is kept here"
NO_PLANNER: Final = "No plans are looked for here"


class Standpoint(NamedTuple):
    """Now, or a moment of the past; with or without a desk and an archive."""

    past: "RecordedEvent | None" = None
    """What had just happened at the moment that is looked at; None is now."""
    can_write: bool = False
    can_remember: bool = False
    can_plan: bool = False

    @property
    def is_past(self) -> bool:
        """Say whether a moment of the past is looked at."""
        return self.past is not None

    def reason_against(self, action: str) -> str:
        """Return why an action is not to be had; empty where nothing speaks against it."""
        name = action.rpartition(".")[2].partition("(")[0]
        if name in WRITING:
            if not self.can_write:
                return NO_DESK
            return in_the_past() if self.is_past else ""
        if name in PLANNING:
            if not self.can_plan:
                return NO_PLANNER
            return in_the_past() if self.is_past else ""
        return NO_ARCHIVE if name in REMEMBERING and not self.can_remember else ""


def in_the_past() -> str:
    """Return why nothing is written from the past."""
    return f"You are looking at the past: {key_of('screen.back', 'esc')} returns to now"
