"""What a report says of a mission, by whom it is for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.standing import AttentionKind, EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece
from orchestrator_tui.presentation.reports.escalations import escalation_sections
from orchestrator_tui.presentation.reports.report import Audience, Cell, Figure, Report, Section
from orchestrator_tui.presentation.reports.tables import (
    agent_table,
    blocker_table,
    criterion_table,
    milestone_table,
    task_table,
)
from orchestrator_tui.presentation.reports.work import work_sections
from orchestrator_tui.presentation.text.standing import (
    blocker_counts,
    critical_path_words,
    forecast_words,
    overall_words,
    planned_words,
    quality_words,
    timeline_words,
)
from orchestrator_tui.presentation.tones import tone_of_event, tone_of_level, tone_of_problem
from orchestrator_tui.presentation.words import count_words, date_time, hours_short, words_of

EVENTS_SHOWN: Final = 20
_FOR_MANAGEMENT: Final = frozenset({AttentionKind.APPROVAL, AttentionKind.REPLAN})
_READERS: Final = {
    Audience.LEAD: "for the lead",
    Audience.MANAGEMENT: "for management",
    Audience.AGENTS: "for the agents",
}


def mission_report(
    mission: MissionAssessment,
    now: datetime,
    audience: Audience,
    *,
    occasion: str = "Report",
    reader: str = "",
) -> Report:
    """Return the report of one mission; `reader` is the name of who gets it, safe to show."""
    judgement = mission.judgement
    whom = f"for {reader} ({audience.value})" if reader else _READERS[audience]
    title, subtitle = shorten(mission.title), f"{occasion} {whom}, {date_time(now)} UTC"
    if judgement is None:
        return Report(title, subtitle, "The mission cannot be read.", (), _problems(mission))
    sections = (*_sections(judgement, now, audience), *_seen(mission, audience))
    return Report(
        title,
        subtitle,
        _summary(judgement),
        _figures(judgement),
        tuple(each for each in sections if not each.is_empty),
    )


def _summary(judgement: Judgement) -> str:
    path = words_of(judgement.critical_path.status).lower()
    following = judgement.next_milestone
    then = (
        f" The next milestone is {shorten(following.title)}, in {hours_short(following.hours)}."
        if following
        else ""
    )
    finish = forecast_words(judgement.timeline).text
    return (
        f"{overall_words(judgement).text.capitalize()}, critical path {path}: "
        f"the forecast finish is {finish}.{then}"
    )


def _figures(judgement: Judgement) -> tuple[Figure, ...]:
    return (
        _figure("Progress", overall_words(judgement)),
        _figure("Timeline", timeline_words(judgement.timeline)),
        _figure("Critical path", critical_path_words(judgement.critical_path)),
        _figure("Forecast finish", forecast_words(judgement.timeline)),
        _figure("Planned finish", planned_words(judgement.timeline)),
        _figure("Quality", quality_words(judgement.quality_score)),
        _figure("Open blockers", blocker_counts(judgement.open_blockers)),
    )


def _figure(label: str, piece: Piece) -> Figure:
    return Figure(label, piece.text, piece.tone)


def _sections(judgement: Judgement, now: datetime, audience: Audience) -> tuple[Section, ...]:
    match audience:
        case Audience.LEAD:
            return _lead_sections(judgement, now)
        case Audience.MANAGEMENT:
            return _management_sections(judgement, now)
        case Audience.AGENTS:
            return work_sections(judgement, now)


def _lead_sections(judgement: Judgement, now: datetime) -> tuple[Section, ...]:
    return (
        Section("Waiting for a decision", items=_attention(judgement.attention)),
        *escalation_sections(judgement, now),
        Section("Milestones", table=milestone_table(judgement.milestones)),
        Section("Blockers", table=blocker_table(judgement, now)),
        Section("Recommended actions", items=_recommendations(judgement)),
        Section("Agents", table=agent_table(judgement.agents, now)),
        Section("Tasks", table=task_table(judgement.tasks)),
        *(
            Section(f"Criteria of {shorten(each.title)}", table=criterion_table(each))
            for each in judgement.milestones
        ),
        Section("Recent activity", items=_activity(judgement)),
    )


def _management_sections(judgement: Judgement, now: datetime) -> tuple[Section, ...]:
    urgent = tuple(
        Cell(f"{shorten(each.title)} ({each.severity.value})", tone_of_level(each.severity))
        for each in judgement.open_blockers
    )
    wanted = tuple(each for each in judgement.attention if each.kind in _FOR_MANAGEMENT)
    return (
        Section("Decisions that are waited for", items=_attention(wanted)),
        *escalation_sections(judgement, now, least=EscalationLevel.MODERATE),
        Section("Milestones", table=milestone_table(judgement.milestones)),
        Section("Risks", items=(*_risks(judgement), *urgent)),
        Section("Recommended actions", items=_recommendations(judgement)),
    )


def _risks(judgement: Judgement) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{shorten(each.title)}: {shorten(reason)}", tone_of_level(each.risk))
        for each in judgement.milestones
        for reason in each.risks
    )


def _attention(attention: Sequence[Attention]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            f"{shorten(each.text)} ({hours_short(each.hours_at_stake)} at stake)"
            if each.hours_at_stake
            else shorten(each.text)
        )
        for each in attention
    )


def _recommendations(judgement: Judgement) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{shorten(each.text)}: {shorten(each.why)}" if each.why else shorten(each.text))
        for each in judgement.recommendations
    )


def _activity(judgement: Judgement) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{date_time(each.at)} {shorten(each.text)}", tone_of_event(each.kind))
        for each in judgement.activity[-EVENTS_SHOWN:][::-1]
    )


def _seen(mission: MissionAssessment, audience: Audience) -> tuple[Section, ...]:
    if audience is Audience.LEAD:
        return _problems(mission)
    errors = sum(each.is_error for each in mission.problems)
    if not errors:
        return ()
    said = f"{count_words(errors, 'mistake')} in the mission's files kept some of it from counting."
    return (Section("Reservation", paragraphs=(said,)),)


def _problems(mission: MissionAssessment) -> tuple[Section, ...]:
    return (
        Section(
            "Problems in the files",
            items=tuple(
                Cell(str(each), tone_of_problem(each.severity)) for each in mission.problems
            ),
        ),
    )
