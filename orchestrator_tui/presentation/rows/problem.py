"""The lines that say what is wrong with a mission's file, and how live the picture is."""

from datetime import datetime

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.clock_face import face
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import tone_of_problem
from orchestrator_tui.presentation.words import when

NAMES_SHOWN = 3


def problem_line(mission: MissionAssessment, assessment: Assessment) -> Line:
    """Return the one line about what is wrong; empty where nothing is."""
    errors = [each for each in mission.problems if each.is_error]
    now = assessment.at
    if mission.missing_since is not None:
        words = f"{mission.path}: the file is gone since {when(mission.missing_since, now)}"
        return (Piece(f" ✗ {shorten(words)} ", Tone.ALARM),)
    if errors:
        return _broken(errors)
    if mission.vanishing:
        names = ", ".join(mission.vanishing[:NAMES_SHOWN])
        return (Piece(f" ? missing: {shorten(names)} ", Tone.WARN),)
    if mission.is_being_written:
        return (Piece(" … the file is being written ", Tone.MUTED),)
    return _warned(mission, assessment)


def _broken(errors: list[Problem]) -> Line:
    first = errors[0]
    more = f"  +{len(errors) - 1} more" if len(errors) > 1 else ""
    return (
        Piece(f" ✗ {first.where} ", Tone.ALARM),
        Piece(shorten(first.message), Tone.ALARM),
        Piece(more, Tone.MUTED),
    )


def _warned(mission: MissionAssessment, assessment: Assessment) -> Line:
    warnings = [*mission.problems, *assessment.problems]
    if warnings:
        first = warnings[0]
        more = f"  +{len(warnings) - 1} more" if len(warnings) > 1 else ""
        tone = tone_of_problem(first.severity)
        return (Piece(f" ! {first.where} {shorten(first.message)}", tone), Piece(more, Tone.MUTED))
    if assessment.notices:
        return (Piece(f" · {shorten(assessment.notices[0])}", Tone.MUTED),)
    return ()


def live_line(mission: MissionAssessment | None, now: datetime, *, is_past: bool = False) -> Line:
    """Return what stands at the right of the header: whether the picture is live, and the time."""
    clock = Piece(face().second_and_zone(now), Tone.MUTED)
    if is_past:
        return (Piece("past", Tone.ACCENT), Piece(" · ", Tone.MUTED), clock)
    if mission is not None and mission.stale_since is not None:
        word = "broken" if mission.judgement is None else "stale"
        return (
            Piece(f"{word} since {when(mission.stale_since, now)}", Tone.ALARM),
            Piece(" · ", Tone.MUTED),
            clock,
        )
    if mission is not None and mission.missing_since is not None:
        return (Piece("file missing", Tone.ALARM), Piece(" · ", Tone.MUTED), clock)
    return (Piece("● ", Tone.ACCENT), Piece("live · ", Tone.MUTED), clock)


def problem_paragraphs(problems: tuple[Problem, ...]) -> tuple[Paragraph, ...]:
    """Return every problem with its place, the errors first."""
    in_order = sorted(problems, key=lambda each: not each.is_error)
    return tuple(
        Paragraph(
            (Piece("✗ " if each.is_error else "! ", tone_of_problem(each.severity)),),
            each.where,
            Tone.STRONG,
            under=shorten(each.message),
        )
        for each in in_order
    )


def folder_problems(assessment: Assessment) -> tuple[Paragraph, ...]:
    """Return what is wrong in the folder and in each mission, and the notices."""
    of_missions = tuple(problem for each in assessment.missions for problem in each.problems)
    notices = tuple(
        Paragraph((Piece("· ", Tone.MUTED),), shorten(each), Tone.MUTED)
        for each in assessment.notices
    )
    return (*problem_paragraphs((*assessment.problems, *of_missions)), *notices)
