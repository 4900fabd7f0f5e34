"""From where the missions are looked at, and what a person can do from there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from orchestrator_tui.domain.history import RecordedEvent


WRITING: Final = frozenset({"acknowledge", "resolve", "prioritize", "assign", "note", "tick"})
"""Actions that write."""
REMEMBERING: Final = frozenset({"history", "step"})
"""Actions that need a history."""
NO_DESK: Final = "Nothing can be written from here: the missions are only looked at"
NO_ARCHIVE: Final = "No history is kept here"
NO_KEYMAP: Final[Mapping[str, str]] = MappingProxyType({})
IN_THE_PAST: Final = "You are looking at the past: esc returns to now"


class Standpoint(NamedTuple):
    """Now, or a moment of the past; with or without a desk and an archive."""

    past: "RecordedEvent | None" = None
    """What had just happened at the moment that is looked at; None is now."""
    can_write: bool = False
    can_remember: bool = False
    keymap: Mapping[str, str] = NO_KEYMAP
    """By the id of a key: what does it instead."""

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
            return IN_THE_PAST if self.is_past else ""
        return NO_ARCHIVE if name in REMEMBERING and not self.can_remember else ""
