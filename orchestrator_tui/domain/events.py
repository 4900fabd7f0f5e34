"""What happened: the entries of the activity and of the history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What sort of thing happened."""

    MISSION_STARTED = "MISSION_STARTED"
    MISSION_CHANGED = "MISSION_CHANGED"
    """The plan itself: title, deadline, policy, a decision, …"""
    TASK_ADDED = "TASK_ADDED"
    TASK_REMOVED = "TASK_REMOVED"
    TASK_CHANGED = "TASK_CHANGED"
    TASK_REESTIMATED = "TASK_REESTIMATED"
    """Its estimate changed after it was started."""
    TASK_STARTED = "TASK_STARTED"
    TASK_PROGRESSED = "TASK_PROGRESSED"
    TASK_REGRESSED = "TASK_REGRESSED"
    """Progress went down, or a finished task is unfinished again."""
    TASK_FINISHED = "TASK_FINISHED"
    AGENT_ADDED = "AGENT_ADDED"
    AGENT_REMOVED = "AGENT_REMOVED"
    AGENT_CHANGED = "AGENT_CHANGED"
    AGENT_REPORTED = "AGENT_REPORTED"
    BLOCKER_OPENED = "BLOCKER_OPENED"
    BLOCKER_CHANGED = "BLOCKER_CHANGED"
    BLOCKER_RESOLVED = "BLOCKER_RESOLVED"
    MILESTONE_ADDED = "MILESTONE_ADDED"
    MILESTONE_REMOVED = "MILESTONE_REMOVED"
    MILESTONE_CHANGED = "MILESTONE_CHANGED"
    MILESTONE_REVIEWED = "MILESTONE_REVIEWED"
    MILESTONE_APPROVED = "MILESTONE_APPROVED"
    """By a person in the app; subject: the milestone."""
    MILESTONE_REJECTED = "MILESTONE_REJECTED"
    APPROVAL_FORGED = "APPROVAL_FORGED"
    """A mission's file claims a decision that nobody took."""
    EVIDENCE_CHANGED = "EVIDENCE_CHANGED"
    """What speaks for an approved milestone is no longer what was shown to the approver."""
    EXTERNAL_CHANGED = "EXTERNAL_CHANGED"
    CHANGE_REQUESTED = "CHANGE_REQUESTED"
    DECISION_TAKEN = "DECISION_TAKEN"
    ESCALATED = "ESCALATED"
    RECOVERED = "RECOVERED"
    """What escalated has ended. Subject: the escalation's id, as for those of one that began."""
    ACKNOWLEDGED = "ACKNOWLEDGED"
    CRITERION_TICKED = "CRITERION_TICKED"
    COMMAND_TRUSTED = "COMMAND_TRUSTED"
    """Exactly one command may run; subject: `milestone/criterion`."""
    COMMAND_DISTRUSTED = "COMMAND_DISTRUSTED"
    NOTE_ADDED = "NOTE_ADDED"
    RULING_WITHDRAWN = "RULING_WITHDRAWN"
    """A person took back what it had decided."""
    RULING_REAPPLIED = "RULING_REAPPLIED"
    """A decision was written into the mission's file again, because somebody overwrote it."""
    BASELINE_FROZEN = "BASELINE_FROZEN"
    MISSION_ADDED = "MISSION_ADDED"
    """First recorded."""
    MISSION_REMOVED = "MISSION_REMOVED"
    FILE_BROKEN = "FILE_BROKEN"
    FILE_MENDED = "FILE_MENDED"


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One thing that happened."""

    at: datetime
    kind: EventKind
    subject: str
    """The id of the entry it is about; the mission's own id where it is about the whole."""
    text: str
    """A sentence a person can read, safe to show."""
    actor: str = ""
    """Who did it: an agent's id, or a person's name; empty where nobody can tell."""
    before: str = ""
    """What the changed field said, as it would be written; empty where nothing was there."""
    after: str = ""
    """What it says now."""
