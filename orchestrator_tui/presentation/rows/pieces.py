"""Cells that several tables have: an escalation level, a quality score."""

from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.tones import tone_of_escalation, tone_of_score
from orchestrator_tui.presentation.words import NOT_KNOWN, score


def level_piece(level: EscalationLevel | None) -> Piece:
    """Return `L2` in its tone; what is not escalated is a muted dash."""
    return Piece(NOT_KNOWN if level is None else f"L{level.value}", tone_of_escalation(level))


def quality_piece(value: float | None) -> Piece:
    """Return a quality score, in a tone only where it is worth a look."""
    tone = tone_of_score(value)
    return Piece(score(value), Tone.PLAIN if tone is Tone.GOOD else tone)
