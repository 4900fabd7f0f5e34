"""Boxes of lines for a plain terminal, every line exactly as wide as the box."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.columns import fit_line

PADDING: Final = 4
"""Cells that the two borders and the space inside them take from a box's width."""


class Part(NamedTuple):
    """A part of a box; without lines it is left out."""

    heading: str
    """Empty for none."""
    lines: tuple[Line, ...]
    tone: Tone = Tone.STRONG


def boxed(parts: Iterable[Part], width: int) -> tuple[Line, ...]:
    """Return the parts as one box, each under its heading; the first one stands without."""
    lines: list[Line] = []
    for heading, inside, tone in parts:
        if inside:
            lines.append(_rule(width, heading, tone) if lines else _top(width))
            lines.extend(_framed(each, width) for each in inside)
    return (*lines, _bottom(width))


def _top(width: int) -> Line:
    """Return the upper border."""
    return (Piece(f"┌{'─' * (width - 2)}┐", Tone.MUTED),)


def _bottom(width: int) -> Line:
    """Return the lower border."""
    return (Piece(f"└{'─' * (width - 2)}┘", Tone.MUTED),)


def _rule(width: int, heading: str, tone: Tone) -> Line:
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


def _framed(line: Line, width: int) -> Line:
    """Return `line` between the borders, padded or cut to fit."""
    left, right = Piece("│ ", Tone.MUTED), Piece(" │", Tone.MUTED)
    return (left, *fit_line(line, width - PADDING), right)
