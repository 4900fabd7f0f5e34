"""What waits for a person, why, and what is worth doing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.standing import (
    AttentionKind,
    TriggerKind,
)

_RANKS: Final = {kind: rank for rank, kind in enumerate(AttentionKind)}


class AdvicePlace(StrEnum):
    """Where something can be done that no single edit does."""

    REPLAN = "REPLAN"
    ESCALATIONS = "ESCALATIONS"
    MILESTONES = "MILESTONES"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A reason to re-plan."""

    kind: TriggerKind
    subject: str
    detail: str
    """The sentence that says why."""
    cause: str = ""
    """What brought it about, as words with spaces between them: the same as long as that is the
    same. It is decided once each of its words is, also by several decisions."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits for a person."""

    kind: AttentionKind
    subject: str
    hours_at_stake: float
    """Of the longest chain of work that waits for it."""
    text: str
    why: str = ""
    """What makes it urgent: one line, safe to show."""
    delay_cost: float = 0.0
    """By how many hours the mission's finish moves if it waits for another hour, from 0 to 1."""
    cause: str = ""
    """What tells it from others of its kind about the same subject: the id of the escalation, or
    `trigger:subject`; empty where there is one of its kind at most."""

    @property
    def key(self) -> str:
        """Return what it is known by while it waits."""
        return f"{self.kind}:{self.cause or self.subject}"

    @property
    def urgency(self) -> tuple[float, float, int, str, str]:
        """Return what it is ranked by: what costs most to leave comes first."""
        rank = _RANKS[self.kind]
        return -self.delay_cost, -self.hours_at_stake, rank, self.subject, self.cause


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Something worth doing, and why."""

    id: str
    text: str
    why: str
    saves_hours: float | None = None
    """By how much earlier the mission is then forecast to end; None where nobody computed it."""
    cause: str = ""
    """What brought it about: once it is dismissed it stays away while this is the same."""
    edits: tuple[Edit, ...] = ()
    """What doing it writes into the mission; empty where it is no edit."""
    opens: AdvicePlace | None = None
    """The screen on which it can be done, where it is no edit."""
