"""The line that says that the past is shown, and which moment of it."""

from typing import TYPE_CHECKING, Final

from orchestrator_tui.presentation.clock_face import face
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import fit_steady
from orchestrator_tui.presentation.rows.events import sentence_of
from orchestrator_tui.presentation.rows.frame import cells_of
from orchestrator_tui.presentation.words import weekday_and_day

if TYPE_CHECKING:
    from orchestrator_tui.domain.history import RecordedEvent

LEAST_WORDS: Final = 24
"""Of what happened so much is shown before the ways elsewhere go."""


def past_line(recorded: "RecordedEvent", width: int) -> Line:
    """Return the line in `width` cells: the moment, what happened, and the ways elsewhere."""
    ways = _ways()
    room = width - cells_of(ways) - 1
    if room < LEAST_WORDS:
        return fit_steady(_moment(recorded), width)
    words = (*_moment(recorded), Piece(sentence_of(recorded.event)))
    return (*fit_steady(words, room), Piece(" "), *ways)


def way_at(x: int, width: int) -> str:
    """Return the action that a click at cell `x` runs; empty where none is."""
    ways = _ways()
    start = width - cells_of(ways)
    if start - 1 < LEAST_WORDS or x < start:
        return ""
    back, between, forth = (width_of(each.text) for each in ways[:3])
    if x < start + back + between:
        return "screen.step(-1)"
    return "screen.step(1)" if x < start + back + between + forth else "screen.leave_past"


def _ways() -> Line:
    """Return how to get elsewhere, which is always in sight."""
    return (
        Piece(key_of("time.back", "["), Tone.ACCENT),
        Piece(" "),
        Piece(key_of("time.forth", "]"), Tone.ACCENT),
        Piece(" step  ", Tone.MUTED),
        Piece(key_of("screen.back", "esc"), Tone.ACCENT),
        Piece(" now ", Tone.MUTED),
    )


def _moment(recorded: "RecordedEvent") -> Line:
    seen = recorded.seen
    return (
        Piece(" PAST ", Tone.ACCENT),
        Piece(f" {weekday_and_day(seen)} {face().second(seen)} ", Tone.STRONG),
        Piece("· ", Tone.MUTED),
    )
