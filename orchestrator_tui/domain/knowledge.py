"""What a team knows and has decided."""

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import Instant, MilestoneRef, PathText, Skill, Text


class Knowledge(Entry):
    """Something worth reading when one is stuck."""

    title: Text
    url: Text | None = None
    path: PathText | None = None
    tags: tuple[Skill, ...] = ()


class Decision(Entry):
    """A key decision and why it was taken."""

    title: Text
    why: Text | None = None
    by: Text | None = None
    at: Instant | None = None
    milestone: MilestoneRef | None = None
