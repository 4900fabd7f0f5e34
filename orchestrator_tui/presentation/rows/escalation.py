"""What is known of one escalation: why it is open, what is done, what comes next, who was told."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.dossier import BLANK, LABEL_CELLS, fact, listed
from orchestrator_tui.presentation.rows.escalations import (
    HIGHEST,
    LEVEL_MEANS,
    due_words,
    hours_or_now,
)
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import tone_of_escalation, tone_of_trouble
from orchestrator_tui.presentation.words import (
    hours_between,
    hours_short,
    level_words,
    stamp,
    when,
    words_of,
)

TELLING: Final = frozenset({EventKind.NOTIFIED, EventKind.ADVISED})
TOLD_SHOWN: Final = 8
ENDS_WHEN: Final = {
    EscalationKind.BLOCKER: "the blocker is resolved",
    EscalationKind.QUALITY_GATE: "the criterion holds, or a blocker with a plan names it",
    EscalationKind.CRITICAL_PATH_DELAY: "the critical path is on track again",
    EscalationKind.AGENT_OVERLOAD: "the agent has no more in hand or ready than it has room for",
    EscalationKind.EXTERNAL: "its status in the mission is OK again",
    EscalationKind.SILENT_AGENT: "the agent reports",
}
_LEVEL_OF_ACTION: Final = {
    "read": EscalationLevel.ROUTINE,
    "like": EscalationLevel.ROUTINE,
    "ask": EscalationLevel.ROUTINE,
    "self-resolve": EscalationLevel.ROUTINE,
    "assign-mentor": EscalationLevel.MODERATE,
    "alternative": EscalationLevel.MODERATE,
    "split-task": EscalationLevel.MODERATE,
    "open-replan": EscalationLevel.MODERATE,
    "more-hands": EscalationLevel.MODERATE,
    "tech-lead": EscalationLevel.CRITICAL,
    "reallocate": EscalationLevel.CRITICAL,
    "reduce-scope": EscalationLevel.CRITICAL,
    "notify": EscalationLevel.MISSION_CRITICAL,
    "expert": EscalationLevel.MISSION_CRITICAL,
    "adjust-timeline": EscalationLevel.MISSION_CRITICAL,
}
"""With which level an action comes, by what its id begins with."""
YOU: Final = "you"
LONGEST_NAME: Final = 18


class Around(NamedTuple):
    """What is known of the things around an escalation, by name."""

    task: str = ""
    """The task that it is about."""
    root: str = ""
    """What it waits for; empty where it waits for nothing."""
    held_back: tuple[str, ...] = ()
    """What waits for it."""


def around(judgement: Judgement, one: EscalationAssessment) -> Around:
    """Return what is known of the things around an escalation."""
    titles = {each.id: each.title for each in judgement.escalations}
    return Around(
        task=_task_of(judgement, one),
        root="" if one.inhibited_by is None else titles.get(one.inhibited_by, one.inhibited_by),
        held_back=tuple(
            each.title for each in judgement.escalations if each.inhibited_by == one.id
        ),
    )


def about_escalation(
    one: EscalationAssessment, known: Around, events: Sequence[Event], now: datetime
) -> tuple[Paragraph, ...]:
    """Return what is known of an escalation; `events` are those of it, oldest first."""
    return (
        Paragraph((), shorten(one.title), Tone.STRONG),
        *_standing(one, now),
        *_care(one, now),
        BLANK,
        *_reasons(one, known, now),
        BLANK,
        *_doing(one),
        *_told([each for each in events if each.at >= one.since], now),
        BLANK,
        fact("Ends when", ENDS_WHEN[one.kind]),
    )


def ends_when(kind: EscalationKind) -> str:
    """Return what ends an escalation of that kind: `it ends when the agent reports`."""
    return f"it ends when {ENDS_WHEN[kind]}"


def actions_by_level(one: EscalationAssessment) -> tuple[tuple[EscalationLevel, Action], ...]:
    """Return what is being done, each with the level that it came with.

    They are given lowest level first; what may come with any level came with the one before it.
    """
    found: list[tuple[EscalationLevel, Action]] = []
    level = EscalationLevel.ROUTINE
    for each in one.actions:
        named = (known for start, known in _LEVEL_OF_ACTION.items() if _is_named(each, start))
        level = min(one.level, max(level, next(named, level)))
        found.append((level, each))
    return tuple(found)


def _is_named(action: Action, start: str) -> bool:
    return action.id == start or action.id.startswith(f"{start}-")


def _task_of(judgement: Judgement, one: EscalationAssessment) -> str:
    if one.kind is not EscalationKind.BLOCKER:
        return ""
    task = next((each.task for each in judgement.open_blockers if each.id == one.subject), None)
    if task is None:
        return ""
    title = next((each.title for each in judgement.tasks if each.id == task), task)
    return title if title == task else f"{shorten(title)} ({task})"


def _standing(one: EscalationAssessment, now: datetime) -> Iterator[Paragraph]:
    tone = tone_of_escalation(one.level)
    level = Piece(level_words(one.level), Tone.PLAIN if tone is Tone.MUTED else tone)
    yield _pair("Level", level, LEVEL_MEANS[one.level])
    yield _pair("SLA", due_words(one, now), f"due {when(one.due, now)}")
    if one.inhibited_by is not None:
        return
    if one.next_level_at is None or one.level is HIGHEST:
        yield fact("Next", "nothing above: this is the top of the ladder")
        return
    higher = EscalationLevel(one.level.value + 1)
    ahead = hours_or_now(hours_between(now, one.next_level_at))
    at = when(one.next_level_at, now)
    yield fact(
        "Next",
        f"{level_words(higher)} at {at}, in {ahead}" if ahead != "now" else level_words(higher),
        under=f"then {LEVEL_MEANS[higher]}",
    )


def _pair(label: str, first: Piece, more: str) -> Paragraph:
    """Return a labelled line that begins with a word in its own tone."""
    lead = (Piece(fit(label, LABEL_CELLS), Tone.MUTED), first, Piece(" · ", Tone.MUTED))
    return Paragraph(lead, more)


def _care(one: EscalationAssessment, now: datetime) -> Iterator[Paragraph]:
    if one.acknowledged_by is not None and one.is_held:
        yield fact("Seen by", f"{one.acknowledged_by}: it stays at its level", Tone.GOOD)
    elif one.acknowledged_by is not None:
        yield fact("Seen by", f"{one.acknowledged_by}, a while ago: it rises again")
    if one.snoozed_until is not None:
        yield fact("Snoozed", f"until {when(one.snoozed_until, now)}: nobody is told", Tone.ACCENT)
    if one.assigned_to is not None:
        yield fact("Given to", one.assigned_to, Tone.ACCENT)


def _reasons(one: EscalationAssessment, known: Around, now: datetime) -> Iterator[Paragraph]:
    age = hours_short(hours_between(one.since, now))
    yield fact("Since", f"{stamp(one.since)} · {age}")
    kind = words_of(one.kind).lower()
    if one.severity is None:
        yield fact("Kind", kind)
    else:
        severity = Piece(words_of(one.severity), tone_of_trouble(one.severity))
        yield _pair("Kind", severity, kind)
    if one.agent is not None:
        yield fact("On", one.agent)
    if known.task:
        yield fact("Task", known.task)
    if one.needs is not None:
        yield fact("Needs", one.needs)
    if known.root:
        yield fact("Waits for", known.root, under="Of this one nobody is told.")
    yield from listed("Holds back", known.held_back)


def _doing(one: EscalationAssessment) -> Iterator[Paragraph]:
    """Yield what is asked of whom, level by level."""
    names = [YOU if each.to is None else shorten(each.to) for each in one.actions]
    cells = min(LONGEST_NAME, max(map(width_of, names), default=0)) + 1
    before: EscalationLevel | None = None
    for (level, each), name in zip(actions_by_level(one), names, strict=True):
        label = "" if level is before else f"At L{level.value}"
        tone = Tone.ACCENT if each.to is None else Tone.MUTED
        lead = (Piece(fit(label, LABEL_CELLS), Tone.MUTED), Piece(fit(name, cells), tone))
        yield Paragraph(lead, shorten(each.text))
        before = level


def _told(events: Sequence[Event], now: datetime) -> Iterator[Paragraph]:
    told = [each for each in events if each.kind in TELLING][::-1]
    for at, each in enumerate(told[:TOLD_SHOWN]):
        if not at:
            yield BLANK
        said = f"{when(each.at, now)} {shorten(each.text)}"
        yield fact("" if at else "Told", said)
    if len(told) > TOLD_SHOWN:
        yield fact("", f"… and {len(told) - TOLD_SHOWN} more", Tone.MUTED)
