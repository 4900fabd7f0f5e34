"""The line that says that the past is shown, and which moment of it."""

from typing import TYPE_CHECKING, Final

from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.columns import fit_steady
from orchestrator_tui.presentation.rows.events import sentence_of
from orchestrator_tui.presentation.rows.frame import cells_of
from orchestrator_tui.presentation.words import day

if TYPE_CHECKING:
    from orchestrator_tui.domain.history import RecordedEvent

WAYS: Final[Line] = (
    Piece("[ ]", Tone.ACCENT),
    Piece(" step  ", Tone.MUTED),
    Piece("esc", Tone.ACCENT),
    Piece(" now ", Tone.MUTED),
)
"""How to get elsewhere; always in sight."""
LEAST_WORDS: Final = 24
"""Of what happened so much is shown before the ways elsewhere go."""


def past_line(recorded: "RecordedEvent", width: int) -> Line:
    """Return the line in `width` cells: the moment, what happened, and the ways elsewhere."""
    room = width - cells_of(WAYS) - 1
    if room < LEAST_WORDS:
        return fit_steady(_moment(recorded), width)
    words = (*_moment(recorded), Piece(sentence_of(recorded.event)))
    return (*fit_steady(words, room), Piece(" "), *WAYS)


def way_at(x: int, width: int) -> str:
    """Return the action that a click at cell `x` runs; empty where none is."""
    ways = cells_of(WAYS)
    if width - ways - 1 < LEAST_WORDS or x < width - ways:
        return ""
    actions = {0: "screen.step(-1)", 1: "screen.step(-1)", 2: "screen.step(1)"}
    return actions.get(x - (width - ways), "screen.leave_past")


def _moment(recorded: "RecordedEvent") -> Line:
    seen = recorded.seen
    return (
        Piece(" PAST ", Tone.ACCENT),
        Piece(f" {seen:%a} {day(seen)} {seen:%H:%M:%S} ", Tone.STRONG),
        Piece("· ", Tone.MUTED),
    )
