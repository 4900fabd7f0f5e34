"""What waits for a person, why, and what is worth doing."""

from dataclasses import dataclass

from orchestrator_tui.domain.standing import (
    AttentionKind,
    TriggerKind,
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A reason to re-plan."""

    kind: TriggerKind
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits for a person."""

    kind: AttentionKind
    subject: str
    hours_at_stake: float
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Something worth doing, and why."""

    id: str
    text: str
    why: str
