"""What happened to one escalation, and what is said where nothing is escalated."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.policy import EscalationPolicy
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel
from orchestrator_tui.presentation.lines import Piece, Tone, fit
from orchestrator_tui.presentation.rows.escalations import LEVEL_MEANS
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.words import hours_short, level_words

STORY_KINDS: Final = frozenset(
    {
        EventKind.ESCALATED,
        EventKind.RECOVERED,
        EventKind.ACKNOWLEDGED,
        EventKind.SNOOZED,
        EventKind.ASSIGNED,
        EventKind.ADVISED,
        EventKind.NOTIFIED,
    }
)
"""What happens to escalations alone."""
_ENTRIES: Final = frozenset({EscalationKind.BLOCKER, EscalationKind.EXTERNAL})
"""Kinds of which all that happens to the entry belongs to the story; of the others only notes."""
_LEVEL_CELLS: Final = 21
_AGE_CELLS: Final = 11


def entry_of(one: EscalationAssessment) -> str:
    """Return the id of the entry of the mission that an escalation is about."""
    return one.subject.partition("/")[0]


def subjects_of(one: EscalationAssessment) -> tuple[str, ...]:
    """Return the subjects of the events that may belong to the story of an escalation."""
    return (one.id, entry_of(one))


def story_of(
    one: EscalationAssessment, activity: Iterable[Event], recorded: Iterable[Event]
) -> tuple[Event, ...]:
    """Return what happened to an escalation, oldest first.

    What both tell is told once: the activity holds the newest of what is recorded, and what the
    stamps in the mission say.
    """
    found = [each for each in activity if is_about(each, one)]
    told: dict[tuple[EventKind, str, str], Event] = {}
    for each in found:
        told.setdefault((each.kind, each.subject, each.text), each)
    for each in recorded:
        same = told.get((each.kind, each.subject, each.text))
        is_new = same is None or each.at < same.at
        if is_new and is_about(each, one) and not _is_told_by_its_blocker(each, one):
            found.append(each)
    return tuple(sorted(found, key=lambda each: each.at))


def stories_told(activity: Iterable[Event]) -> tuple[Event, ...]:
    """Return what happened to escalations, whichever they were, oldest first."""
    return tuple(each for each in activity if each.kind in STORY_KINDS)


def is_about(event: Event, one: EscalationAssessment) -> bool:
    """Say whether an event belongs to the story of an escalation."""
    if event.subject == one.id:
        return True
    is_of_the_entry = one.kind in _ENTRIES or event.kind is EventKind.NOTE_ADDED
    return is_of_the_entry and event.subject == entry_of(one)


def _is_told_by_its_blocker(event: Event, one: EscalationAssessment) -> bool:
    """Say whether an event is only that the escalation of a blocker began, as it itself did."""
    has_begun = (EventKind.ESCALATED, EscalationLevel.ROUTINE.name) == (event.kind, event.after)
    return has_begun and one.kind is EscalationKind.BLOCKER


def calm_paragraphs(policy: EscalationPolicy | None) -> tuple[Paragraph, ...]:
    """Return what is said where nothing is escalated: the ladder that waits, and its thresholds."""
    ages = {} if policy is None else _ages(policy)
    steps = (
        Paragraph(
            (
                Piece(f"  {fit(level_words(level), _LEVEL_CELLS)}", Tone.PLAIN),
                Piece(fit(ages.get(level, ""), _AGE_CELLS if ages else 0), Tone.MUTED),
            ),
            LEVEL_MEANS[level],
            Tone.MUTED,
        )
        for level in sorted(EscalationLevel, reverse=True)
    )
    return (
        Paragraph((), ""),
        Paragraph((Piece("✓ ", Tone.GOOD),), "Nothing is escalated.", Tone.STRONG),
        Paragraph((), ""),
        Paragraph((), "What stays open climbs this ladder by itself:", Tone.MUTED),
        Paragraph((), ""),
        *steps,
    )


def _ages(policy: EscalationPolicy) -> dict[EscalationLevel, str]:
    """Return from which age on each level is reached."""
    reached = {
        EscalationLevel.MODERATE: policy.moderate,
        EscalationLevel.CRITICAL: policy.critical,
        EscalationLevel.MISSION_CRITICAL: policy.mission_critical,
    }
    ages = {
        level: f"after {hours_short(age / timedelta(hours=1))}" for level, age in reached.items()
    }
    return ages | {EscalationLevel.ROUTINE: "at once"}
