"""Lines as text for a terminal: in colour where somebody can see it, plain everywhere else."""

import os
import sys
from collections.abc import Iterable
from typing import Final

from orchestrator_tui.presentation.lines import Line, Piece, Tone

_CODES: Final = {
    Tone.PLAIN: "",
    Tone.STRONG: "1",
    Tone.MUTED: "2",
    Tone.ACCENT: "36",
    Tone.GOOD: "32",
    Tone.WARN: "33",
    Tone.ALARM: "1;31",
    Tone.BAR: "36",
    Tone.TRACK: "2",
}
"""Only the terminal's own 16 colours: they fit its background, whatever that is."""


def wants_colour() -> bool:
    """Say whether standard output shows colour: a terminal, and nobody set NO_COLOR."""
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") not in {None, "", "dumb"}
    )


def painted(lines: Iterable[Line], *, in_colour: bool) -> str:
    """Return `lines` as text; what is not in colour has no escape sequence at all."""
    paint = _in_colour if in_colour else _plainly
    return "".join("".join(paint(each) for each in line) + "\n" for line in lines)


def _plainly(piece: Piece) -> str:
    return piece.text


def _in_colour(piece: Piece) -> str:
    code = _CODES[piece.tone]
    return f"\x1b[{code}m{piece.text}\x1b[0m" if code else piece.text
