"""The dashboard of a mission as a box of text, in 60 to 200 columns."""

from datetime import UTC, datetime
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.escalation_assessment import OpenBlocker
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.needs import Recommendation
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.rows.forecast_score import rests_line
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from orchestrator_tui.presentation.text.agents import agent_table
from orchestrator_tui.presentation.text.frames import PADDING, Part, boxed
from orchestrator_tui.presentation.text.milestones import coming_milestones, milestone_words
from orchestrator_tui.presentation.text.standing import (
    blocker_counts,
    critical_path_words,
    forecast_words,
    overall_words,
    quality_words,
    range_words,
    timeline_words,
)
from orchestrator_tui.presentation.tones import (
    emoji_of_event,
    tone_of_event,
    tone_of_level,
    tone_of_problem,
)
from orchestrator_tui.presentation.words import hours_short, when

EVENTS_SHOWN: Final = 8
MILESTONES_SHOWN: Final = 8
BLOCKERS_SHOWN: Final = 6
PROBLEMS_SHOWN: Final = 20
_INDENT: Final = Piece("  ")


def mission_box(mission: MissionAssessment, now: datetime, width: int) -> tuple[Line, ...]:
    """Return the box of one mission, every line `width` cells wide."""
    inner = width - PADDING
    parts = [mission_title(mission)]
    if mission.judgement is not None:
        parts.extend(_judged(mission.judgement, now, inner))
    parts.append(problem_part(mission.problems, inner))
    return boxed(parts, width)


def mission_title(mission: MissionAssessment) -> Part:
    """Return the part that says which mission it is."""
    return Part("", ((Piece(f"MISSION: {shorten(mission.title)}", Tone.STRONG),),))


def _judged(judgement: Judgement, now: datetime, width: int) -> list[Part]:
    return [
        Part("", _agents(judgement, now, width)),
        Part("", _standing(judgement, width)),
        Part(f"Real-Time Mission Status · {utc_stamp(now)}", _overall(judgement, now, width)),
        Part("Recent Activity", _activity(judgement.activity, now, width)),
        Part("Next Critical Milestones", _milestones(judgement, now, width)),
        Part("Recommended Actions", _recommendations(judgement.recommendations, width)),
    ]


def utc_stamp(now: datetime) -> str:
    """Return the moment that a box shows."""
    return f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _agents(judgement: Judgement, now: datetime, width: int) -> tuple[Line, ...]:
    if not judgement.agents:
        return ((Piece("No agents yet: name them under 'agents:'", Tone.MUTED),),)
    return agent_table(judgement.agents, now, width)


def _standing(judgement: Judgement, width: int) -> tuple[Line, ...]:
    following = judgement.next_milestone
    milestone = (
        f"{shorten(following.title)} ({hours_short(following.hours)})" if following else "none left"
    )
    return prose_lines(
        (
            _labelled("Critical Path Status", critical_path_words(judgement.critical_path)),
            _labelled("Next Milestone", Piece(milestone)),
            *_blockers(judgement.open_blockers),
        ),
        width,
    )


def _labelled(label: str, piece: Piece) -> Paragraph:
    return Paragraph((Piece(f"{label}: "),), piece.text, piece.tone)


def _blockers(blockers: tuple[OpenBlocker, ...]) -> list[Paragraph]:
    label = "Active Blockers: "
    if not blockers:
        return [_labelled("Active Blockers", Piece("none", Tone.GOOD))]
    shown = [
        Paragraph(
            (Piece(label if at == 0 else " " * len(label)),),
            f"{shorten(each.title)} ({each.severity.value})",
            tone_of_level(each.severity),
        )
        for at, each in enumerate(blockers[:BLOCKERS_SHOWN])
    ]
    return shown + _more(len(blockers) - BLOCKERS_SHOWN, "blockers", Piece(" " * len(label)))


def _more(count: int, what: str, before: Piece) -> list[Paragraph]:
    return [Paragraph((before,), f"and {count} more {what}", Tone.MUTED)] if count > 0 else []


def _overall(judgement: Judgement, now: datetime, width: int) -> tuple[Line, ...]:
    return prose_lines(
        (
            _labelled("Overall Progress", overall_words(judgement)),
            _labelled("Timeline Status", timeline_words(judgement.timeline)),
            _labelled("Forecast Finish", forecast_words(judgement.timeline, now)),
            *_drawn(judgement, now),
            _labelled("Quality Score", quality_words(judgement.quality_score)),
            _labelled("Active Blockers", blocker_counts(judgement.open_blockers)),
        ),
        width,
    )


def _drawn(judgement: Judgement, now: datetime) -> list[Paragraph]:
    """Return when it may finish, and what that rests on; nothing where it was not drawn."""
    foresight = judgement.foresight
    if foresight is None or WHOLE not in foresight.ranges:
        return []
    rests = rests_line(judgement.calibration, foresight, now)
    return [
        _labelled("Finish Range", range_words(foresight.ranges[WHOLE], now)),
        _labelled("Forecast Quality", Piece(plain(rests))),
    ]


def _activity(events: tuple[Event, ...], now: datetime, width: int) -> tuple[Line, ...]:
    return prose_lines(
        tuple(
            Paragraph(
                (_INDENT, Piece(f"{when(each.at, now)} - ", Tone.MUTED)),
                f"{shorten(each.text)} {emoji_of_event(each.kind)}".rstrip(),
                tone_of_event(each.kind),
            )
            for each in events[-EVENTS_SHOWN:]
        ),
        width,
    )


def _milestones(judgement: Judgement, now: datetime, width: int) -> tuple[Line, ...]:
    coming = coming_milestones(judgement)
    titles = {each.id: each.title for each in judgement.milestones}
    shown = [
        Paragraph(
            (_INDENT, Piece(f"{when(each.eta, now)} - ", Tone.MUTED)),
            milestone_words(each, titles),
            Tone.PLAIN if each.risk is Level.LOW else tone_of_level(each.risk),
        )
        for each in coming[:MILESTONES_SHOWN]
    ]
    rest = _more(len(coming) - MILESTONES_SHOWN, "milestones", _INDENT)
    return prose_lines((*shown, *rest), width)


def _recommendations(recommendations: tuple[Recommendation, ...], width: int) -> tuple[Line, ...]:
    return prose_lines(
        tuple(
            Paragraph(
                (_INDENT, Piece(f"{number}. ", Tone.ACCENT)), shorten(each.text), under=each.why
            )
            for number, each in enumerate(recommendations, 1)
        ),
        width,
    )


def problem_part(problems: tuple[Problem, ...], width: int) -> Part:
    """Return the part that says what is wrong with its files."""
    shown = [
        Paragraph((_INDENT,), str(each), tone_of_problem(each.severity), most=6)
        for each in problems[:PROBLEMS_SHOWN]
    ]
    rest = _more(len(problems) - PROBLEMS_SHOWN, "problems", _INDENT)
    return Part("Problems", prose_lines((*shown, *rest), width))
