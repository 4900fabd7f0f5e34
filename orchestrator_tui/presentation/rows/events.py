"""What sorts of things happen: their groups, their marks, and the sentence that is shown."""

from typing import Final, NamedTuple

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.tones import tone_of_event


class Group(NamedTuple):
    """Kinds of events that are looked at together."""

    key: str
    label: str
    kinds: frozenset[EventKind]


_AGENTS: Final = frozenset(
    {
        EventKind.AGENT_ADDED,
        EventKind.AGENT_REMOVED,
        EventKind.AGENT_CHANGED,
        EventKind.AGENT_REPORTED,
    }
)
_TASKS: Final = frozenset(
    {
        EventKind.TASK_ADDED,
        EventKind.TASK_REMOVED,
        EventKind.TASK_CHANGED,
        EventKind.TASK_REESTIMATED,
        EventKind.TASK_STARTED,
        EventKind.TASK_PROGRESSED,
        EventKind.TASK_REGRESSED,
        EventKind.TASK_FINISHED,
    }
)
_BLOCKERS: Final = frozenset(
    {
        EventKind.BLOCKER_OPENED,
        EventKind.BLOCKER_CHANGED,
        EventKind.BLOCKER_RESOLVED,
        EventKind.EXTERNAL_CHANGED,
        EventKind.ESCALATED,
        EventKind.RECOVERED,
        EventKind.ACKNOWLEDGED,
        EventKind.SNOOZED,
        EventKind.ASSIGNED,
        EventKind.ADVISED,
        EventKind.NOTIFIED,
        EventKind.CHANNEL_FAILED,
        EventKind.CHANNEL_RECOVERED,
    }
)
_MILESTONES: Final = frozenset(
    {
        EventKind.MILESTONE_ADDED,
        EventKind.MILESTONE_REMOVED,
        EventKind.MILESTONE_CHANGED,
        EventKind.MILESTONE_REVIEWED,
        EventKind.MILESTONE_APPROVED,
        EventKind.MILESTONE_REJECTED,
        EventKind.APPROVAL_FORGED,
        EventKind.EVIDENCE_CHANGED,
        EventKind.CRITERION_TICKED,
        EventKind.COMMAND_TRUSTED,
        EventKind.COMMAND_DISTRUSTED,
    }
)
_FILES: Final = frozenset(
    {
        EventKind.MISSION_ADDED,
        EventKind.MISSION_REMOVED,
        EventKind.FILE_BROKEN,
        EventKind.FILE_MENDED,
    }
)
_DECISIONS: Final = frozenset(EventKind) - _AGENTS - _TASKS - _BLOCKERS - _MILESTONES - _FILES
"""The plan as a whole, and what people decided: whatever belongs to nothing smaller."""

GROUPS: Final = (
    Group("all", "History", frozenset(EventKind)),
    Group("agents", "Agents", _AGENTS),
    Group("tasks", "Tasks", _TASKS),
    Group("blockers", "Blockers", _BLOCKERS),
    Group("milestones", "Milestones", _MILESTONES),
    Group("decisions", "Decisions", _DECISIONS),
    Group("files", "Files", _FILES),
)

_MARKS: Final = {
    EventKind.TASK_FINISHED: "✓",
    EventKind.BLOCKER_RESOLVED: "✓",
    EventKind.RECOVERED: "✓",
    EventKind.CRITERION_TICKED: "✓",
    EventKind.MILESTONE_REVIEWED: "✓",
    EventKind.MILESTONE_APPROVED: "✓",
    EventKind.COMMAND_TRUSTED: "✓",
    EventKind.FILE_MENDED: "✓",
    EventKind.TASK_STARTED: "▸",
    EventKind.MISSION_STARTED: "▸",
    EventKind.TASK_PROGRESSED: "▸",
    EventKind.BLOCKER_OPENED: "■",
    EventKind.TASK_REGRESSED: "▾",
    EventKind.ESCALATED: "▲",
    EventKind.ACKNOWLEDGED: "◉",
    EventKind.SNOOZED: "☾",
    EventKind.ASSIGNED: "→",
    EventKind.ADVISED: "›",
    EventKind.NOTIFIED: "»",
    EventKind.CHANNEL_FAILED: "✗",
    EventKind.CHANNEL_RECOVERED: "✓",
    EventKind.NOTE_ADDED: "✎",
    EventKind.DECISION_TAKEN: "◆",
    EventKind.BASELINE_FROZEN: "◆",
    EventKind.PLAN_ACCEPTED: "◆",
    EventKind.PLAN_DISMISSED: "◇",
    EventKind.PLAN_GRADED: "◆",
    EventKind.RULING_WITHDRAWN: "↺",
    EventKind.RULING_REAPPLIED: "↻",
    EventKind.TASK_ADDED: "+",
    EventKind.AGENT_ADDED: "+",
    EventKind.MILESTONE_ADDED: "+",
    EventKind.MISSION_ADDED: "+",
    EventKind.TASK_REMOVED: "−",
    EventKind.AGENT_REMOVED: "−",
    EventKind.MILESTONE_REMOVED: "−",
    EventKind.MISSION_REMOVED: "−",
    EventKind.FILE_BROKEN: "✗",
    EventKind.MILESTONE_REJECTED: "✗",
    EventKind.COMMAND_DISTRUSTED: "✗",
    EventKind.APPROVAL_FORGED: "▲",
    EventKind.EVIDENCE_CHANGED: "▲",
}


def mark_of(kind: EventKind) -> Piece:
    """Return the mark of a kind of event, in its tone."""
    return Piece(_MARKS.get(kind, "·"), tone_of_event(kind))


def event_tone(kind: EventKind) -> Tone:
    """Return the tone of the sentence: most of what happens is plain."""
    tone = tone_of_event(kind)
    return tone if tone in {Tone.WARN, Tone.ALARM} else Tone.PLAIN


def sentence_of(event: Event) -> str:
    """Return the sentence of an event, and who did it where the sentence does not say so."""
    text = shorten(event.text)
    if not event.actor or event.actor in event.text:
        return text
    return f"{text} · by {shorten(event.actor)}"
