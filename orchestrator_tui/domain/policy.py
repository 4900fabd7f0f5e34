"""The thresholds of a mission."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import Elapsed, Integer, PerCent
from orchestrator_tui.domain.standing import Level

EscalationNumber = Annotated[Integer, Field(ge=1, le=4)]


class EscalationPolicy(Entry):
    """At which age a subject rises to each level."""

    moderate: Elapsed = timedelta(hours=2)
    critical: Elapsed = timedelta(hours=4)
    mission_critical: Elapsed = timedelta(hours=8)
    floor: dict[Level, EscalationNumber] = {}
    """The lowest level of a blocker of that severity, whatever its age."""


class ReplanPolicy(Entry):
    """What triggers re-planning."""

    milestone_delay: PerCent = 20.0
    critical_blocker: Elapsed = timedelta(hours=4)


class Policy(Entry):
    """The thresholds of a mission; the defaults are the field's own."""

    fresh_within: Elapsed = timedelta(minutes=15)
    escalation: EscalationPolicy = EscalationPolicy()
    acknowledge_holds: Elapsed = timedelta(hours=1)
    replan: ReplanPolicy = ReplanPolicy()
    coverage: PerCent = 80.0
    quality: PerCent = 85.0
    suspicious_approval: Elapsed = timedelta(seconds=10)
