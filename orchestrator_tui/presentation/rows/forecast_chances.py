"""How likely it is, date by date, that a milestone or the whole mission has ended."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.foresight import LEVELS, FinishRange
from orchestrator_tui.engine.odds import LIKELY
from orchestrator_tui.presentation.canvas import (
    LEAST_STRETCH,
    MARGIN,
    Canvas,
    Size,
    canvas_of_time,
    cell,
)
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.plots import AXIS_LINES, Marks, Plot
from orchestrator_tui.presentation.tones import tone_of_chance
from orchestrator_tui.presentation.words import chance, when

SHARES: Final = ((0.0, "0%"), (0.5, "50%"), (0.8, "80%"), (1.0, "100%"))
COARSE_SHARES: Final = ((0.0, "0%"), (0.5, "50%"), (1.0, "100%"))
NEAR: Final = 2
"""Lengths of the curve from which on a due date would leave nothing of it to see."""
FINE_LINES: Final = 11
"""From here a label at 80 % has a line of its own."""


def chance_words(drawn: FinishRange, now: datetime) -> Line:
    """Return the one thing that matters most about a range."""
    never = 1 - max((level for level, _at in _known(drawn)), default=0.0)
    if drawn.due is not None and drawn.on_time is not None:
        tone = tone_of_chance(drawn.on_time)
        due = Piece(f" by {when(drawn.due, now)}, when it is due", Tone.MUTED)
        return (Piece(chance(drawn.on_time), tone), due)
    if never > 1 - LIKELY:
        return (Piece("It may never end: somebody is away for ever", Tone.WARN),)
    return (Piece("Nothing is due: 80% by ", Tone.MUTED), Piece(when(drawn.by(0.8), now)))


def tone_of_due(likely: float | None) -> Tone:
    """Return the tone of a due date by the probability, from 0 to 1, that it is kept."""
    return Tone.STRONG if likely is None or likely >= LIKELY else tone_of_chance(likely)


def chance_plot(drawn: FinishRange, now: datetime, size: Size) -> Plot | None:
    """Return how likely it is, date by date, that something has ended."""
    known = _known(drawn)
    if not known:
        return None
    start, end = _stretch(drawn, known)
    shares = SHARES if size[1] - AXIS_LINES >= FINE_LINES else COARSE_SHARES
    canvas = canvas_of_time(size, (start, end), shares, 1.0)
    if canvas is None:
        return None
    guides = [Marks(_dotted(canvas, each), "·", Tone.TRACK) for each, _label in shares[1:-1]]
    if drawn.due is not None and not canvas.has(drawn.due):
        drawn = replace(drawn, due=None, on_time=None)
    curve = canvas.curve(_through_the_due_date(drawn, known), Tone.ACCENT)
    present = [canvas.upright(now, "│", Tone.ACCENT)] if canvas.has(now) else []
    return canvas.plot(
        *guides, *present, *_due_marks(canvas, drawn), curve, *_meeting(canvas, drawn)
    )


def _stretch(drawn: FinishRange, known: list[tuple[float, datetime]]) -> tuple[datetime, datetime]:
    """Return the time to show: all of the curve, and the due date where that is not far away."""
    first, last = known[0][1], known[-1][1]
    near = max(last - first, LEAST_STRETCH) * NEAR
    if drawn.due is not None and first - near <= drawn.due <= last + near:
        first, last = min(first, drawn.due), max(last, drawn.due)
    spare = max((last - first) * MARGIN, LEAST_STRETCH / 2)
    return first - spare, last + spare


def _through_the_due_date(
    drawn: FinishRange, known: list[tuple[float, datetime]]
) -> list[tuple[datetime, float]]:
    """Return the points of the curve, that at the due date among them."""
    points = [(at, level) for level, at in known]
    if drawn.due is None or drawn.on_time is None:
        return points
    before = [each for each in points if each[0] < drawn.due]
    after = points[len(before) :]
    least = before[-1][1] if before else 0.0
    most = after[0][1] if after else 1.0
    return [*before, (drawn.due, min(most, max(least, drawn.on_time))), *after]


def _known(drawn: FinishRange) -> list[tuple[float, datetime]]:
    pairs = zip(LEVELS, drawn.finishes, strict=True)
    return [(level, at) for level, at in pairs if at is not None]


def _dotted(canvas: Canvas, share: float) -> tuple[tuple[float, float], ...]:
    row = float(cell(canvas.row(share)))
    return tuple((float(x), row) for x in range(0, canvas.width, 2))


def _due_marks(canvas: Canvas, drawn: FinishRange) -> tuple[Marks, ...]:
    if drawn.due is None:
        return ()
    return (canvas.upright(drawn.due, "┊", tone_of_due(drawn.on_time)),)


def _meeting(canvas: Canvas, drawn: FinishRange) -> tuple[Marks, ...]:
    """Return the mark where the curve meets the due date."""
    if drawn.due is None or drawn.on_time is None:
        return ()
    x, y = canvas.point(drawn.due, drawn.on_time)
    return (Marks(((float(cell(x)), float(cell(y))),), "◆", tone_of_chance(drawn.on_time)),)
