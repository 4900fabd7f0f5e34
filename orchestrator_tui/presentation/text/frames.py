"""Boxes of lines for a plain terminal, every line exactly as wide as the box."""

from typing import Final

from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.columns import fit_line

PADDING: Final = 4
"""Cells that the two borders and the space inside them take from a box's width."""


def top(width: int) -> Line:
    """Return the upper border."""
    return (Piece(f"┌{'─' * (width - 2)}┐", Tone.MUTED),)


def bottom(width: int) -> Line:
    """Return the lower border."""
    return (Piece(f"└{'─' * (width - 2)}┘", Tone.MUTED),)


def rule(width: int, heading: str = "", tone: Tone = Tone.STRONG) -> Line:
    """Return a line between two parts, with the heading of the second where it has one."""
    if not heading:
        return (Piece(f"├{'─' * (width - 2)}┤", Tone.MUTED),)
    shown = fit(heading, min(width_of(heading), width - 6))
    rest = width - 5 - width_of(shown)
    return (
        Piece("├─ ", Tone.MUTED),
        Piece(shown, tone),
        Piece(f" {'─' * rest}┤", Tone.MUTED),
    )


def framed(line: Line, width: int) -> Line:
    """Return `line` between the borders, padded or cut to fit."""
    left, right = Piece("│ ", Tone.MUTED), Piece(" │", Tone.MUTED)
    return (left, *fit_line(line, width - PADDING), right)
