"""A stakeholder: who is told what, and who may approve."""

from enum import StrEnum

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import Text
from orchestrator_tui.domain.policy import EscalationNumber


class ReportOccasion(StrEnum):
    """When a stakeholder gets a report."""

    MILESTONE = "milestone"
    REPLAN = "replan"
    DAILY = "daily"


class Stakeholder(Entry):
    """Somebody with an interest in the mission."""

    name: Text | None = None
    role: Text | None = None
    """The role `emergency` is told at levels 3 and 4."""
    notify: tuple[Text, ...] = ()
    """Names of channels in the user's own settings."""
    levels: tuple[EscalationNumber, ...] = (4,)
    reports: tuple[ReportOccasion, ...] = ()
