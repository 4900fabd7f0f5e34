"""What the past teaches as a box of text."""

from collections.abc import Iterator

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.text import SHOWN_LIMIT, plain_text
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.learned import NO_ADVICE, NO_PATTERNS, saves_words
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from orchestrator_tui.presentation.text.box import mission_title, problem_part
from orchestrator_tui.presentation.text.frames import PADDING, Part, boxed


def learned_box(mission: MissionAssessment, width: int) -> tuple[Line, ...]:
    """Return one box: what is advised for a mission, and the patterns that the records carry."""
    inner = width - PADDING
    parts = [mission_title(mission)]
    if mission.judgement is not None:
        advice = tuple(_advice(mission.judgement)) or NO_ADVICE
        patterns = tuple(_patterns(mission.judgement)) or NO_PATTERNS
        parts.append(Part("Advice", prose_lines(advice, inner)))
        parts.append(Part("Patterns", prose_lines(patterns, inner)))
    parts.append(problem_part(mission.problems, inner))
    return boxed(parts, width)


def _advice(judgement: Judgement) -> Iterator[Paragraph]:
    for each in judgement.recommendations:
        saves = f"saves {saves_words(each)}  " if each.saves_hours is not None else ""
        text = plain_text(each.text, limit=SHOWN_LIMIT)
        why = plain_text(each.why, limit=SHOWN_LIMIT)
        yield Paragraph((Piece(saves, Tone.GOOD),), text, under=why)


def _patterns(judgement: Judgement) -> Iterator[Paragraph]:
    for each in judgement.patterns:
        lead = (Piece("· ", Tone.MUTED),)
        yield Paragraph(lead, plain_text(each.text, limit=SHOWN_LIMIT))
