"""Changes to a mission's files, named as facts: which field of which entry is to say what.

An edit says nothing of lines or files. It is applied to the mission as it is at that moment, on top
of whatever others wrote in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

Value: TypeAlias = (
    str | bool | int | float | datetime | timedelta | tuple["Value", ...] | Mapping[str, "Value"]
)
"""What a field is to say: texts as they are meant, times aware, durations as hours of work."""
Place: TypeAlias = tuple[str, ...]
"""From the top of the mission: `("tasks", "chat-ui", "progress")`, `("blockers", "b1")`."""


@dataclass(frozen=True, slots=True)
class Put:
    """Let a place say `value`; the entry, and its section, are made where they are missing."""

    place: Place
    value: Value


@dataclass(frozen=True, slots=True)
class Remove:
    """Let a place say nothing any more; nothing happens where it says nothing already."""

    place: Place


Edit: TypeAlias = Put | Remove
