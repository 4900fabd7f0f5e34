"""An external dependency, and a change of scope: what comes from outside the team."""

from enum import StrEnum

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import Instant, StakeholderRef, TaskRef, Text
from orchestrator_tui.domain.task import Task


class ExternalStatus(StrEnum):
    """How a dependency outside the team is doing."""

    OK = "OK"
    DEGRADED = "DEGRADED"
    FAILED = "FAILED"
    CHANGED = "CHANGED"


class External(Entry):
    """A dependency outside the team."""

    title: Text
    status: ExternalStatus
    since: Instant | None = None
    tasks: tuple[TaskRef, ...] = ()


class ChangeVerdict(StrEnum):
    """What was decided about a change request."""

    ACCEPTED = "ACCEPTED"
    DISMISSED = "DISMISSED"


class ChangeDecision(Entry):
    """The decision on a change request, written by the app."""

    by: Text
    at: Instant
    decision: ChangeVerdict
    comment: Text | None = None


class Change(Entry):
    """A request to change the scope."""

    title: Text
    by: StakeholderRef | None = None
    at: Instant | None = None
    add: dict[TaskRef, Task] = {}
    remove: tuple[TaskRef, ...] = ()
    decision: ChangeDecision | None = None
