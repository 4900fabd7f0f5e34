"""The paragraphs of the feeds: what happened, what blocks, what to do."""

from datetime import datetime

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone, fit
from orchestrator_tui.presentation.rows.events import event_tone, mark_of, sentence_of
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import (
    tone_of_escalation,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import hours_between, hours_short, when

EVENTS_SHOWN = 200
STAMPS_ALIGNED = 12
"""Of so many of the newest the texts stand below each other; an old stamp may be longer."""

_KINDS = {
    EscalationKind.BLOCKER: "BLOCKER",
    EscalationKind.QUALITY_GATE: "GATE",
    EscalationKind.CRITICAL_PATH_DELAY: "DELAY",
    EscalationKind.AGENT_OVERLOAD: "OVERLOAD",
    EscalationKind.EXTERNAL: "EXTERNAL",
    EscalationKind.SILENT_AGENT: "SILENT",
}


def activity_paragraphs(judgement: Judgement, now: datetime) -> tuple[Paragraph, ...]:
    """Return what happened, newest first."""
    return event_paragraphs(judgement.activity, now)


def event_paragraphs(events: tuple[Event, ...], now: datetime) -> tuple[Paragraph, ...]:
    """Return `events`, which are given oldest first, newest first."""
    newest = events[-EVENTS_SHOWN:][::-1]
    stamps = [when(each.at, now) for each in newest]
    width = max(map(len, stamps[:STAMPS_ALIGNED]), default=0)
    return tuple(
        Paragraph(
            (
                Piece(stamp.ljust(width) + " ", Tone.MUTED),
                mark_of(each.kind),
                Piece(" "),
            ),
            sentence_of(each),
            event_tone(each.kind),
            most=3,
            key=each.subject,
        )
        for stamp, each in zip(stamps, newest, strict=True)
    )


def blocker_paragraphs(judgement: Judgement, now: datetime) -> tuple[Paragraph, ...]:
    """Return the open blockers with their level and age, then what else is escalated."""
    by_subject = {
        each.subject: each for each in judgement.escalations if each.kind is EscalationKind.BLOCKER
    }
    blockers = [_blocker(each, by_subject.get(each.id), now) for each in judgement.open_blockers]
    others = [
        _escalation(each)
        for each in judgement.escalations
        if each.kind is not EscalationKind.BLOCKER
    ]
    return (*blockers, *others)


def _blocker(
    blocker: OpenBlocker, escalation: EscalationAssessment | None, now: datetime
) -> Paragraph:
    age = hours_between(blocker.opened, now)
    level = None if escalation is None else escalation.level
    words = "  " if level is None else f"L{level.value}"
    whom = "".join(
        (
            f"on {blocker.agent}" if blocker.agent else "",
            f" · {blocker.task}" if blocker.task else "",
            f" → needs {blocker.needs}" if blocker.needs else "",
        )
    ).strip(" ·")
    under = " · ".join(
        each for each in (whom, _next_level(escalation, now), _held(escalation)) if each
    )
    return Paragraph(
        (
            Piece(words + " ", tone_of_escalation(level)),
            Piece(fit(blocker.severity.value, 9), tone_of_trouble(blocker.severity)),
            Piece(fit(hours_short(age), 6), Tone.MUTED),
        ),
        shorten(blocker.title),
        Tone.STRONG,
        under=under,
        most=2,
        key=blocker.id,
    )


def _next_level(escalation: EscalationAssessment | None, now: datetime) -> str:
    if escalation is None or escalation.next_level_at is None:
        return ""
    until = hours_between(now, escalation.next_level_at)
    return f"L{escalation.level.value + 1} in {hours_short(until)}"


def _held(escalation: EscalationAssessment | None) -> str:
    if escalation is None:
        return ""
    if escalation.inhibited_by is not None:
        return f"held back by {escalation.inhibited_by}"
    return f"seen by {escalation.acknowledged_by}" if escalation.acknowledged_by else ""


def _escalation(each: EscalationAssessment) -> Paragraph:
    return Paragraph(
        (
            Piece(f"L{each.level.value} ", tone_of_escalation(each.level)),
            Piece(fit(_KINDS[each.kind], 9), tone_of_escalation(each.level)),
            Piece(fit(hours_short(each.age_hours), 6), Tone.MUTED),
        ),
        shorten(each.title),
        most=2,
        key=each.subject,
    )


def recommendation_paragraphs(judgement: Judgement) -> tuple[Paragraph, ...]:
    """Return what is worth doing, with why."""
    return tuple(
        Paragraph(
            (Piece(f"{number}. ", Tone.ACCENT),),
            shorten(each.text),
            under=shorten(each.why),
            most=2,
            key=each.id,
        )
        for number, each in enumerate(judgement.recommendations, 1)
    )
