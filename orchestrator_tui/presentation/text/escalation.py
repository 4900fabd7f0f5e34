"""One escalation as lines of text: on whom it is, who takes care of it, what is done, what next."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.asking import is_telling, without_title
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.columns import fit_line
from orchestrator_tui.presentation.rows.escalation import YOU, actions_by_level
from orchestrator_tui.presentation.rows.escalations import (
    GIVEN,
    HIGHEST,
    SEEN,
    SEEN_BEFORE,
    SNOOZED,
    due_words,
    hours_or_now,
)
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from orchestrator_tui.presentation.tones import tone_of_escalation, tone_of_trouble
from orchestrator_tui.presentation.words import hours_between, level_words, when, words_of

HELD_BACK_SHOWN: Final = 20
LONGEST_NAME: Final = 18
LINES_OF_AN_ACTION: Final = 4
IS_TOLD: Final = "is told of it"
_LABEL_CELLS: Final = 7
_LEVEL_CELLS: Final = 3


def escalation_lines(
    one: EscalationAssessment,
    *,
    task: str,
    name_cells: int,
    held_back: Sequence[EscalationAssessment],
    now: datetime,
    width: int,
) -> tuple[Line, ...]:
    """Return what is known of an escalation, and of those that it holds back.

    `task` is the title of the task that it is about, empty where it is about none. The names of
    who is asked take `name_cells`, the space behind them included.
    """
    title = Piece(shorten(one.title), Tone.STRONG)
    paragraphs = (
        _on(one, now),
        *_fact("Task", task),
        *_fact("Needs", one.needs or ""),
        *_care(one, now),
        *_asked(one, name_cells),
        *_coming(one, now),
        *_held_back(held_back, now),
    )
    return (both_ends((title,), _clock(one, now), width), *prose_lines(paragraphs, width))


def name_cells_of(escalations: Iterable[EscalationAssessment]) -> int:
    """Return the cells that the names of all take who are asked for anything."""
    names = {_asked_of(action) for each in escalations for action in each.actions}
    return max(map(width_of, names), default=0) + 1


def both_ends(left: Line, right: Piece, width: int) -> Line:
    """Return a line that begins with `left`, cut if need be, and ends with `right`."""
    room = max(0, width - width_of(right.text) - 2)
    return (*fit_line(left, room), Piece("  "), right)


def _clock(one: EscalationAssessment, now: datetime) -> Piece:
    """Return `due in 1h45`, or `1h10 over`."""
    words = due_words(one, now)
    if now >= one.due:
        return words
    left = hours_or_now(hours_between(now, one.due))
    return Piece("due now" if left == "now" else f"due in {left}", words.tone)


def _on(one: EscalationAssessment, now: datetime) -> Paragraph:
    """Return on whom it is and since when, what it is, and when it is due."""
    lead = [_label("Since")]
    if one.agent is not None:
        lead = [_label("On"), Piece(_name(one.agent)), Piece(" since ", Tone.MUTED)]
    lead += [Piece(when(one.since, now)), Piece(f", {hours_or_now(one.age_hours)} · ", Tone.MUTED)]
    if one.severity is not None:
        lead.append(Piece(f"{words_of(one.severity)} ", tone_of_trouble(one.severity)))
    kind = words_of(one.kind).lower()
    return Paragraph(tuple(lead), f"{kind} · due {when(one.due, now)}", Tone.MUTED)


def _asked_of(action: Action) -> str:
    return YOU if action.to is None else _name(action.to)


def _name(text: str) -> str:
    return shorten(text, LONGEST_NAME)


def _label(text: str) -> Piece:
    return Piece(f"  {fit(text, _LABEL_CELLS)}", Tone.MUTED)


def _fact(label: str, text: str, tone: Tone = Tone.PLAIN) -> Iterator[Paragraph]:
    if text:
        yield Paragraph((_label(label),), shorten(text), tone)


def _care(one: EscalationAssessment, now: datetime) -> Iterator[Paragraph]:
    """Yield who has seen it, who it was given to, and until when nobody is told."""
    told: list[tuple[str, str, Tone]] = []
    if one.acknowledged_by is not None and one.is_held:
        seen = f"{shorten(one.acknowledged_by)} acknowledged it: it stays at its level"
        told.append((SEEN, seen, Tone.GOOD))
    elif one.acknowledged_by is not None:
        before = f"{shorten(one.acknowledged_by)} acknowledged it a while ago: it rises again"
        told.append((SEEN_BEFORE, before, Tone.PLAIN))
    if one.assigned_to is not None:
        told.append((GIVEN, f"given to {shorten(one.assigned_to)}", Tone.ACCENT))
    if one.snoozed_until is not None:
        until = f"snoozed until {when(one.snoozed_until, now)}: nobody is told before"
        told.append((SNOOZED, until, Tone.ACCENT))
    if not told and one.level >= EscalationLevel.CRITICAL:
        yield Paragraph((_label("Care"),), "nobody yet", Tone.WARN)
    for at, (mark, text, tone) in enumerate(told):
        yield Paragraph((_label("" if at else "Care"), Piece(f"{mark} ", tone)), text, tone)


def _asked(one: EscalationAssessment, name_cells: int) -> Iterator[Paragraph]:
    """Yield what is asked of whom, level by level."""
    title = shorten(one.title)
    before: EscalationLevel | None = None
    for level, each in actions_by_level(one):
        label = "Asked" if before is None else ""
        step = "" if level is before else f"L{level.value}"
        tone = Tone.ACCENT if each.to is None else Tone.MUTED
        lead = (
            _label(label),
            Piece(fit(step, _LEVEL_CELLS), Tone.MUTED),
            Piece(fit(_asked_of(each), name_cells), tone),
        )
        text = IS_TOLD if is_telling(each) else without_title(each.text, title)
        yield Paragraph(lead, text, most=LINES_OF_AN_ACTION)
        before = level


def _strong(tone: Tone) -> Tone:
    return Tone.PLAIN if tone is Tone.MUTED else tone


def _coming(one: EscalationAssessment, now: datetime) -> Iterator[Paragraph]:
    if one.level is HIGHEST:
        yield from _fact("Next", "nothing above: this is the top of the ladder", Tone.MUTED)
    if one.level is HIGHEST or one.next_level_at is None:
        return
    higher = EscalationLevel(one.level.value + 1)
    ahead = hours_or_now(hours_between(now, one.next_level_at))
    at = "now" if ahead == "now" else f"in {ahead}, {when(one.next_level_at, now)}"
    words = f"{level_words(higher)} {at}"
    yield from _fact("Next", words, _strong(tone_of_escalation(higher)))


def _held_back(waiting: Sequence[EscalationAssessment], now: datetime) -> Iterator[Paragraph]:
    """Yield what it holds back; of those nobody is told."""
    for at, each in enumerate(waiting[:HELD_BACK_SHOWN]):
        whom = "" if each.agent is None else f", {_name(each.agent)}"
        age = hours_or_now(hours_between(each.since, now))
        lead = (_label("" if at else "Holds"), Piece("└ ", Tone.TRACK))
        text = f"{shorten(each.title)} · L{each.level.value}, {age}{whom}"
        yield Paragraph(lead, text, Tone.MUTED)
    if len(waiting) > HELD_BACK_SHOWN:
        more = f"and {len(waiting) - HELD_BACK_SHOWN:,} more"
        yield Paragraph((_label(""), Piece("└ ", Tone.TRACK)), more, Tone.MUTED)
