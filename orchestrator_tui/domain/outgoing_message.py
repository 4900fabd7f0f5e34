"""A message that leaves this program: to a person, through a channel that may be down."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import KEPT_LIMIT, plain_text, shorten


@dataclass(frozen=True, slots=True)
class MessageItem:
    """One thing that a message tells, for programs that receive it."""

    kind: str
    """RAISED, RECOVERED, DECISION, REPORT or TEST."""
    mission: MissionId
    subject: str
    level: EscalationLevel | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One message to be delivered; its texts are safe to show, whatever was given."""

    id: str
    """The same after a restart; receivers drop repeats by it."""
    mission: MissionId
    """Empty where it tells of several."""
    channel: str
    """Where it is to go, as the settings name it."""
    made: datetime
    subject: str
    """The id of what it is about: an escalation, an entry or the mission."""
    body: str
    """One or more lines; the first is the title."""
    recipient: str = ""
    """The id of a stakeholder; empty for the lead."""
    items: tuple[MessageItem, ...] = ()
    markdown: str = ""
    """The same as Markdown, and below as a page of HTML: reports alone are more than a text."""
    html: str = ""
    carries: tuple[str, ...] = ()
    """Of a digest: the ids of the messages that it stands for."""

    def __post_init__(self) -> None:
        """Make the texts safe: they quote what agents wrote."""
        for name, text in (("channel", self.channel), ("subject", self.subject)):
            object.__setattr__(self, name, plain_text(text))
        object.__setattr__(self, "body", plain_lines(self.body))

    @property
    def title(self) -> str:
        """Return the first line of the body."""
        return self.body.partition("\n")[0]

    @property
    def level(self) -> EscalationLevel | None:
        """Return the highest level that it raises; None where it raises none."""
        raised = (each.level for each in self.items if each.kind == "RAISED")
        return max((each for each in raised if each is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredMessage:
    """A message that waits, and how it fared so far."""

    message: OutgoingMessage
    attempts: int
    """How often it was tried."""
    why: str
    """Why it could not be delivered, the last time: one line, safe to show; empty before that."""
    tried: datetime | None
    """When that was."""
    again_at: datetime | None
    """When it is tried again; absent where that may be at once."""


def plain_lines(raw: str) -> str:
    """Return `raw` safe to show, its lines kept; the same again where it is safe already."""
    lines = raw[:KEPT_LIMIT].replace("\r\n", "\n").split("\n")
    return shorten("\n".join(plain_text(each) for each in lines), KEPT_LIMIT)
