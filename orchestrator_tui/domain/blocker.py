"""A blocker: what keeps an agent from going on."""

from datetime import datetime

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import (
    AgentRef,
    AnyRef,
    CriterionRef,
    Elapsed,
    ExternalRef,
    Instant,
    MilestoneRef,
    Skill,
    TaskRef,
    Text,
)
from orchestrator_tui.domain.standing import Level


class Blocker(Entry):
    """One blocker, open until `resolved`."""

    title: Text
    opened: Instant
    agent: AgentRef | None = None
    task: TaskRef | None = None
    severity: Level = Level.MEDIUM
    needs: AnyRef | None = None
    """Who can resolve it: an agent or a stakeholder."""
    external: ExternalRef | None = None
    milestone: MilestoneRef | None = None
    criterion: CriterionRef | None = None
    plan: Text | None = None
    """How it will be resolved."""
    sla: Elapsed | None = None
    resolved: Instant | None = None
    resolution: Text | None = None
    tags: tuple[Skill, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Say whether it was opened by `now` and is not resolved by then."""
        return self.opened <= now and (self.resolved is None or self.resolved > now)
