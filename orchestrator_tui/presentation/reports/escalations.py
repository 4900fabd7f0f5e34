"""What a report tells of escalations: how far each rose, on whom it is, and what is asked."""

from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.asking import asked_of, newly_asked
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.reports.report import Cell, Section, Table
from orchestrator_tui.presentation.rows.escalations import due_words
from orchestrator_tui.presentation.tones import tone_of_escalation
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    count_words,
    date_time,
    hours_between,
    hours_short,
    level_words,
)

NEWS_LASTS: Final = timedelta(hours=24)
"""How long a report tells what recovered."""


def escalation_sections(
    judgement: Judgement, now: datetime, *, least: EscalationLevel = EscalationLevel.ROUTINE
) -> tuple[Section, ...]:
    """Return what is escalated at `least` so far, highest first, and what is over since a day."""
    held_back: dict[str, int] = {}
    shown = []
    for each in judgement.escalations:
        if each.inhibited_by is not None:
            held_back[each.inhibited_by] = held_back.get(each.inhibited_by, 0) + 1
        elif each.level >= least:
            shown.append(each)
    rows = tuple(_row(each, held_back.get(each.id, 0), now) for each in shown)
    headings = ("Escalation", "Level", "Open for", "SLA", "On", "Taken care of", "Asked")
    return (
        Section("Escalations", table=Table(headings, rows)),
        Section("Recovered in the last 24 hours", items=_recovered(judgement, now)),
    )


def asked_of_agent(judgement: Judgement, agent: AgentId) -> tuple[Cell, ...]:
    """Return what the open escalations ask of an agent."""
    return tuple(
        Cell(
            f"Asked of you, {level_words(each.level)}: {shorten(each.title)}: {asked}",
            tone_of_escalation(each.level),
        )
        for each in judgement.escalations
        if each.inhibited_by is None
        for asked in asked_of(each, agent)
    )


def _row(one: EscalationAssessment, held_back: int, now: datetime) -> tuple[Cell, ...]:
    more = f" (and {count_words(held_back, 'that waits', 'that wait')} for it)" if held_back else ""
    left = due_words(one, now)
    return (
        Cell(f"{shorten(one.title)}{more}", Tone.STRONG),
        Cell(level_words(one.level), tone_of_escalation(one.level)),
        Cell(hours_short(hours_between(one.since, now))),
        Cell(left.text, left.tone),
        Cell(shorten(one.agent) if one.agent else NOT_KNOWN),
        Cell(_care(one)),
        Cell("; ".join(newly_asked(one)) or NOT_KNOWN),
    )


def _care(one: EscalationAssessment) -> str:
    said = [f"given to {shorten(one.assigned_to)}"] if one.assigned_to else []
    if one.acknowledged_by:
        said.append(f"acknowledged by {shorten(one.acknowledged_by)}")
    if one.snoozed_until is not None:
        said.append(f"snoozed until {date_time(one.snoozed_until)}")
    return ", ".join(said) or "by nobody"


def _recovered(judgement: Judgement, now: datetime) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{date_time(each.at)} {shorten(each.text)}", Tone.GOOD)
        for each in reversed(judgement.activity)
        if each.kind is EventKind.RECOVERED and now - NEWS_LASTS <= each.at <= now
    )
