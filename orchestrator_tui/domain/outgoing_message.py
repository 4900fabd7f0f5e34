"""A message that leaves this program: to a person, through a channel that may be down."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.text import KEPT_LIMIT, plain_text, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One message to be delivered; its texts are safe to show, whatever was given."""

    id: str
    """Made from what it tells, so that it is the same after a restart; receivers drop repeats."""
    mission: MissionId
    channel: str
    """Where it is to go, as the settings name it."""
    made: datetime
    subject: str
    """The id of what it is about: an escalation, an entry or the mission."""
    body: str
    """One or more lines."""

    def __post_init__(self) -> None:
        """Make the texts safe: they quote what agents wrote."""
        for name, text in (("channel", self.channel), ("subject", self.subject)):
            object.__setattr__(self, name, plain_text(text))
        object.__setattr__(self, "body", plain_lines(self.body))


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredMessage:
    """A message that waits, and how it fared so far."""

    message: OutgoingMessage
    attempts: int
    """How often it could not be delivered."""
    why: str
    """Why not, the last time: one line, safe to show; empty before the first attempt."""
    tried: datetime | None
    """When that was."""
    again_at: datetime | None
    """When it is tried again; absent where that may be at once."""


def plain_lines(raw: str) -> str:
    """Return `raw` safe to show, its lines kept; the same again where it is safe already."""
    lines = raw[:KEPT_LIMIT].replace("\r\n", "\n").split("\n")
    return shorten("\n".join(plain_text(each) for each in lines), KEPT_LIMIT)
