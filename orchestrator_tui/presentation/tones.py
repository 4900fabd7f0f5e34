"""The mark, the emoji and the tone of every word in which things stand."""

from typing import Final

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.standing import (
    AgentState,
    AttentionKind,
    CriterionState,
    EscalationLevel,
    Level,
    MilestoneStatus,
    Standing,
    TaskState,
)
from orchestrator_tui.engine.odds import EVEN, LIKELY
from orchestrator_tui.presentation.lines import Tone

GOOD_SCORE: Final = 85.0
"""From here a quality score is good; it is the default of a mission's own threshold."""
FAIR_SCORE: Final = 70.0
"""Below this a quality score is alarming."""

AGENT_MARKS: Final = {
    AgentState.AVAILABLE: "○",
    AgentState.ACTIVE: "●",
    AgentState.BLOCKED: "■",
    AgentState.REVIEWING: "◎",
    AgentState.ESCALATED: "▲",
    AgentState.COMPLETED: "✓",
}
TASK_MARKS: Final = {
    TaskState.WAITING: "◌",
    TaskState.READY: "○",
    TaskState.IN_HAND: "●",
    TaskState.FINISHED: "✓",
    TaskState.CANCELLED: "×",
}
MILESTONE_MARKS: Final = {
    MilestoneStatus.PENDING: "○",
    MilestoneStatus.IN_PROGRESS: "◐",
    MilestoneStatus.VERIFYING: "◕",
    MilestoneStatus.IN_REVIEW: "◎",
    MilestoneStatus.AWAITING_APPROVAL: "◆",
    MilestoneStatus.REWORK: "↺",
    MilestoneStatus.COMPLETED: "✓",
}
STANDING_EMOJI: Final = {
    Standing.AHEAD: "✅",
    Standing.ON_TRACK: "✅",
    Standing.AT_RISK: "⚠️",
    Standing.DELAYED: "❌",
}
_AGENT_TONES = {
    AgentState.AVAILABLE: Tone.MUTED,
    AgentState.ACTIVE: Tone.GOOD,
    AgentState.BLOCKED: Tone.WARN,
    AgentState.REVIEWING: Tone.ACCENT,
    AgentState.ESCALATED: Tone.ALARM,
    AgentState.COMPLETED: Tone.MUTED,
}
_TASK_TONES = {
    TaskState.WAITING: Tone.MUTED,
    TaskState.READY: Tone.PLAIN,
    TaskState.IN_HAND: Tone.ACCENT,
    TaskState.FINISHED: Tone.GOOD,
    TaskState.CANCELLED: Tone.MUTED,
}
_MILESTONE_TONES = {
    MilestoneStatus.PENDING: Tone.MUTED,
    MilestoneStatus.IN_PROGRESS: Tone.PLAIN,
    MilestoneStatus.VERIFYING: Tone.ACCENT,
    MilestoneStatus.IN_REVIEW: Tone.ACCENT,
    MilestoneStatus.AWAITING_APPROVAL: Tone.WARN,
    MilestoneStatus.REWORK: Tone.ALARM,
    MilestoneStatus.COMPLETED: Tone.GOOD,
}
_CRITERION_TONES = {
    CriterionState.PASSED: Tone.GOOD,
    CriterionState.FAILED: Tone.ALARM,
    CriterionState.MISSING: Tone.MUTED,
    CriterionState.STALE: Tone.WARN,
    CriterionState.UNTRUSTED: Tone.WARN,
    CriterionState.RUNNING: Tone.ACCENT,
    CriterionState.MANUAL: Tone.MUTED,
    CriterionState.WAIVED: Tone.MUTED,
}
_STANDING_TONES = {
    Standing.AHEAD: Tone.GOOD,
    Standing.ON_TRACK: Tone.GOOD,
    Standing.AT_RISK: Tone.WARN,
    Standing.DELAYED: Tone.ALARM,
}
_LEVEL_TONES = {
    Level.LOW: Tone.MUTED,
    Level.MEDIUM: Tone.PLAIN,
    Level.HIGH: Tone.WARN,
    Level.CRITICAL: Tone.ALARM,
}
_ESCALATION_TONES = {
    EscalationLevel.ROUTINE: Tone.MUTED,
    EscalationLevel.MODERATE: Tone.PLAIN,
    EscalationLevel.CRITICAL: Tone.WARN,
    EscalationLevel.MISSION_CRITICAL: Tone.ALARM,
}
_ATTENTION_TONES = {
    AttentionKind.APPROVAL: Tone.ACCENT,
    AttentionKind.ESCALATION: Tone.WARN,
    AttentionKind.REPLAN: Tone.ACCENT,
    AttentionKind.TRUST: Tone.ACCENT,
    AttentionKind.FORGED_APPROVAL: Tone.ALARM,
    AttentionKind.CONTRADICTION: Tone.WARN,
    AttentionKind.BROKEN_FILE: Tone.ALARM,
    AttentionKind.MANUAL_CHECK: Tone.ACCENT,
}
_EVENT_TONES = {
    EventKind.TASK_FINISHED: Tone.GOOD,
    EventKind.BLOCKER_RESOLVED: Tone.GOOD,
    EventKind.FILE_MENDED: Tone.GOOD,
    EventKind.BLOCKER_OPENED: Tone.WARN,
    EventKind.TASK_REGRESSED: Tone.WARN,
    EventKind.ESCALATED: Tone.WARN,
    EventKind.FILE_BROKEN: Tone.ALARM,
    EventKind.CHANNEL_FAILED: Tone.WARN,
    EventKind.CHANNEL_RECOVERED: Tone.GOOD,
    EventKind.MILESTONE_APPROVED: Tone.GOOD,
    EventKind.MILESTONE_REJECTED: Tone.WARN,
    EventKind.EVIDENCE_CHANGED: Tone.WARN,
    EventKind.APPROVAL_FORGED: Tone.ALARM,
}
_EVENT_EMOJI = {
    EventKind.TASK_FINISHED: "✅",
    EventKind.BLOCKER_RESOLVED: "✅",
    EventKind.FILE_MENDED: "✅",
    EventKind.TASK_STARTED: "🔄",
    EventKind.TASK_PROGRESSED: "🔄",
    EventKind.BLOCKER_OPENED: "⚠️",
    EventKind.TASK_REGRESSED: "⚠️",
    EventKind.FILE_BROKEN: "❌",
    EventKind.ESCALATED: "📢",
    EventKind.MILESTONE_APPROVED: "✅",
    EventKind.MILESTONE_REJECTED: "⚠️",
    EventKind.EVIDENCE_CHANGED: "⚠️",
    EventKind.APPROVAL_FORGED: "❌",
}


def tone_of_agent(state: AgentState) -> Tone:
    """Return the tone an agent's state is shown in."""
    return _AGENT_TONES[state]


def tone_of_task(state: TaskState) -> Tone:
    """Return the tone a task's state is shown in."""
    return _TASK_TONES[state]


def tone_of_milestone(status: MilestoneStatus) -> Tone:
    """Return the tone a milestone's status is shown in."""
    return _MILESTONE_TONES[status]


def tone_of_criterion(state: CriterionState) -> Tone:
    """Return the tone a criterion's state is shown in."""
    return _CRITERION_TONES[state]


def tone_of_standing(standing: Standing) -> Tone:
    """Return the tone of a timeline or a critical path."""
    return _STANDING_TONES[standing]


def tone_of_level(level: Level) -> Tone:
    """Return the tone of a severity, a priority or a risk."""
    return _LEVEL_TONES[level]


def tone_of_trouble(level: Level) -> Tone:
    """Return the tone of a severity or a risk by itself, where even MEDIUM is worth a look."""
    return Tone.WARN if level is Level.MEDIUM else _LEVEL_TONES[level]


def tone_of_escalation(level: EscalationLevel | None) -> Tone:
    """Return the tone of an escalation level."""
    return Tone.MUTED if level is None else _ESCALATION_TONES[level]


def tone_of_attention(kind: AttentionKind) -> Tone:
    """Return the tone of what waits for a person."""
    return _ATTENTION_TONES[kind]


def tone_of_event(kind: EventKind) -> Tone:
    """Return the tone of something that happened; most of it is plain."""
    return _EVENT_TONES.get(kind, Tone.PLAIN)


def tone_of_problem(severity: Severity) -> Tone:
    """Return the tone of a problem."""
    return Tone.ALARM if severity is Severity.ERROR else Tone.WARN


def tone_of_score(value: float | None) -> Tone:
    """Return the tone of a quality score."""
    if value is None:
        return Tone.MUTED
    if value >= GOOD_SCORE:
        return Tone.GOOD
    return Tone.WARN if value >= FAIR_SCORE else Tone.ALARM


def emoji_of_event(kind: EventKind) -> str:
    """Return the emoji of something that happened; most of it has none."""
    return _EVENT_EMOJI.get(kind, "")


def tone_of_chance(probability: float | None) -> Tone:
    """Return the tone of a probability, from 0 to 1, to be in time."""
    if probability is None:
        return Tone.MUTED
    if probability >= LIKELY:
        return Tone.GOOD
    return Tone.WARN if probability >= EVEN else Tone.ALARM
