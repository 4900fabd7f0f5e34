"""What the past teaches as a box of text."""

from collections.abc import Iterator
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.text import SHOWN_LIMIT, plain_text, shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.learned import NO_ADVICE, NO_PATTERNS, saves_words
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from orchestrator_tui.presentation.text.frames import PADDING, bottom, framed, rule, top

_LONGEST_NAME: Final = 64


def learned_box(mission: MissionAssessment, judgement: Judgement, width: int) -> Iterator[Line]:
    """Yield one box: what is advised for a mission, and the patterns that the records carry."""
    yield top(width)
    yield framed((Piece(shorten(mission.title, _LONGEST_NAME), Tone.STRONG),), width)
    yield rule(width, "Advice")
    yield from _framed(tuple(_advice(judgement)) or NO_ADVICE, width)
    yield rule(width, "Patterns")
    yield from _framed(tuple(_patterns(judgement)) or NO_PATTERNS, width)
    yield bottom(width)


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


def _framed(paragraphs: tuple[Paragraph, ...], width: int) -> Iterator[Line]:
    for line in prose_lines(paragraphs, width - PADDING):
        yield framed(line, width)
