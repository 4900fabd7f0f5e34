"""A message to an agent: what its mission asks of it, or has to tell it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

NEWS_LASTS: Final = timedelta(hours=24)
"""How long an agent is told what is over: that its blocker was resolved, that a last milestone was
reached."""


class MessageKind(StrEnum):
    """What sort of message it is."""

    ADVICE = "ADVICE"
    """The response protocol asks it of the agent. Subject: the escalation's id."""
    REVIEW_REQUEST = "REVIEW_REQUEST"
    """A milestone waits for its review. Subject: the milestone."""
    REWORK = "REWORK"
    """A reviewer sent a milestone back that it works on. Subject: the milestone."""
    HANDOVER = "HANDOVER"
    """What was approved is the ground of its next work, and where it is told. Subject: the
    milestone that was approved."""
    REPLAN = "REPLAN"
    """A plan was accepted that changes what it does. Subject: the mission."""
    ASSIGNMENT = "ASSIGNMENT"
    """A task that it can begin. Subject: the task."""
    HELP_WANTED = "HELP_WANTED"
    """A blocker that it can resolve. Subject: the blocker."""
    BLOCKER_RESOLVED = "BLOCKER_RESOLVED"
    """A blocker of its own is out of the way. Subject: the blocker."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; the same for as long as what it tells is so."""

    id: str
    """Made from what it tells, never from when it was asked for."""
    at: datetime
    """Since when it is so."""
    kind: MessageKind
    subject: str
    text: str
    """One line, safe to show."""
    is_read: bool = False
