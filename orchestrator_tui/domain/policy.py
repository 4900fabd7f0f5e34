"""The thresholds of a mission."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

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

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if not self.moderate <= self.critical <= self.mission_critical:
            raise ValueError(
                "is out of order: write moderate ≤ critical ≤ mission_critical, which are"
                " 2h, 4h and 8h where they are not given"
            )
        return self


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
