"""The words in which things stand: every enumeration of an assessment."""

from enum import IntEnum, StrEnum


class AgentState(StrEnum):
    """What an agent says it is doing."""

    AVAILABLE = "AVAILABLE"
    ACTIVE = "ACTIVE"
    BLOCKED = "BLOCKED"
    REVIEWING = "REVIEWING"
    ESCALATED = "ESCALATED"
    COMPLETED = "COMPLETED"


class Level(StrEnum):
    """How severe a blocker or how urgent a task is, lowest first."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"

    @property
    def rank(self) -> int:
        """Return 0 for LOW up to 3 for CRITICAL."""
        return _RANKS[self]


class MilestoneType(StrEnum):
    """Which four criteria a milestone begins with; CUSTOM begins with none."""

    DESIGN_COMPLETE = "DESIGN_COMPLETE"
    IMPLEMENTATION_READY = "IMPLEMENTATION_READY"
    DEPLOYMENT_READY = "DEPLOYMENT_READY"
    CUSTOM = "CUSTOM"


class TaskState(StrEnum):
    """Where a task is in its life."""

    WAITING = "WAITING"
    READY = "READY"
    IN_HAND = "IN_HAND"
    FINISHED = "FINISHED"
    CANCELLED = "CANCELLED"


class Standing(StrEnum):
    """How the timeline or the critical path stands."""

    AHEAD = "AHEAD"
    ON_TRACK = "ON_TRACK"
    AT_RISK = "AT_RISK"
    DELAYED = "DELAYED"


class MilestoneStatus(StrEnum):
    """Where a milestone is in its life."""

    PENDING = "PENDING"
    IN_PROGRESS = "IN_PROGRESS"
    VERIFYING = "VERIFYING"
    IN_REVIEW = "IN_REVIEW"
    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    REWORK = "REWORK"
    COMPLETED = "COMPLETED"


class Verdict(StrEnum):
    """What a reviewer says."""

    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    REWORK = "REWORK"


class ApprovalDecision(StrEnum):
    """What an approver says."""

    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class CriterionState(StrEnum):
    """What is known of a criterion."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    MISSING = "MISSING"
    STALE = "STALE"
    UNTRUSTED = "UNTRUSTED"
    RUNNING = "RUNNING"
    MANUAL = "MANUAL"
    WAIVED = "WAIVED"


class EscalationLevel(IntEnum):
    """How far up something has gone."""

    ROUTINE = 1
    MODERATE = 2
    CRITICAL = 3
    MISSION_CRITICAL = 4


class ReportOccasion(StrEnum):
    """When somebody gets a report."""

    MILESTONE = "milestone"
    REPLAN = "replan"
    DAILY = "daily"


class EscalationKind(StrEnum):
    """What is escalated."""

    BLOCKER = "BLOCKER"
    QUALITY_GATE = "QUALITY_GATE"
    CRITICAL_PATH_DELAY = "CRITICAL_PATH_DELAY"
    AGENT_OVERLOAD = "AGENT_OVERLOAD"
    EXTERNAL = "EXTERNAL"
    SILENT_AGENT = "SILENT_AGENT"


class TriggerKind(StrEnum):
    """Why a plan should be made again."""

    MILESTONE_DELAY = "MILESTONE_DELAY"
    CRITICAL_BLOCKER = "CRITICAL_BLOCKER"
    AGENT_UNAVAILABLE = "AGENT_UNAVAILABLE"
    SCOPE_CHANGE = "SCOPE_CHANGE"
    QUALITY_GATE_FAILURE = "QUALITY_GATE_FAILURE"
    EXTERNAL_CHANGE = "EXTERNAL_CHANGE"


class AttentionKind(StrEnum):
    """What a person is needed for."""

    APPROVAL = "APPROVAL"
    ESCALATION = "ESCALATION"
    REPLAN = "REPLAN"
    TRUST = "TRUST"
    FORGED_APPROVAL = "FORGED_APPROVAL"
    CONTRADICTION = "CONTRADICTION"
    BROKEN_FILE = "BROKEN_FILE"
    MANUAL_CHECK = "MANUAL_CHECK"


_RANKS = {level: rank for rank, level in enumerate(Level)}
