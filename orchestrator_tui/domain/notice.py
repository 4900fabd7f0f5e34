"""What somebody is to be told: one thing about one subject, whatever channel it goes through."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import EscalationLevel

LEAD: Final = ""
"""The recipient who is no stakeholder of a mission: the tech lead whose settings these are."""


class NoticeKind(StrEnum):
    """What sort of news it is."""

    RAISED = "RAISED"
    """An escalation came to a level that the recipient wants to be told of."""
    RECOVERED = "RECOVERED"
    """What the recipient was told of has ended."""
    DECISION = "DECISION"
    """Something waits for a decision of the recipient."""


@dataclass(frozen=True, slots=True)
class Address:
    """One way to one recipient; what goes to the same one is grouped."""

    recipient: str
    """The id of a stakeholder, or `LEAD`."""
    channel: str
    """The name of a channel in the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that one recipient is told; its texts are safe to show."""

    mission: MissionId
    subject: str
    """The id of the escalation; of a decision `kind:subject`, such as `APPROVAL:M1`."""
    address: Address
    kind: NoticeKind
    level: EscalationLevel | None
    """Of a recovery the level that was told; absent for decisions."""
    since: datetime
    """Since when it is so."""
    mission_title: str
    title: str
    detail: str
    """Lines that say on whom it is, what is asked and what comes next."""
