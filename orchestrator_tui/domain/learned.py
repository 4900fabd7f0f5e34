"""What a team's past teaches: patterns that its records carry, and what they advise."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orchestrator_tui.domain.needs import Recommendation


class PatternKind(StrEnum):
    """What a pattern is about."""

    AGENT_BIAS = "AGENT_BIAS"
    """An agent's work takes longer, or shorter, than it is estimated."""
    SKILL_BIAS = "SKILL_BIAS"
    """The same of work of one skill, whoever does it, or of one agent's work of one skill."""
    SIZE_BIAS = "SIZE_BIAS"
    """The same of small tasks, or of large ones."""
    BLOCKERS = "BLOCKERS"
    """Blockers of one cause take longer to resolve, or come more often, than others."""
    REWORK = "REWORK"
    """Reviews send work of one milestone type, or of one reviewer, back."""
    SILENCE = "SILENCE"
    """At certain hours, or by certain agents, nothing is reported."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that the records carry: the interval excludes that there is no effect."""

    id: str
    kind: PatternKind
    subject: str
    """What it is about: an agent, a skill, a cause, …"""
    text: str
    """A sentence, with its numbers, safe to show."""
    n: int
    """How many records it rests on: 5 at least."""
    effect: float
    """In its `unit`: a ratio (1 is no effect), hours or per cent (0 is none)."""
    low: float
    high: float
    """The ends of the 95 % interval of `effect`."""
    unit: str
    """`×`, `h` or `%`."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What follows from a team's past for one mission, at one instant."""

    at: datetime
    patterns: tuple[Pattern, ...] = ()
    """The strongest first."""
    recommendations: tuple[Recommendation, ...] = ()
    """What saves most hours first; those that were dismissed for the same cause are not here."""
