"""The burn-up of a mission: planned, earned and actual hours, and the cone of what may be done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.forecasting.burn_up import burn_up
from orchestrator_tui.presentation.canvas import (
    LEAST_LINES,
    LEAST_STRETCH,
    MARGIN,
    Canvas,
    Size,
    canvas_of_time,
    even_labels,
)
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.plots import AXIS_LINES, Curve, Dots, Marks, Plot
from orchestrator_tui.presentation.rows.forecast_chances import tone_of_due

BURN_LEGEND: Final[Line] = (
    Piece("──", Tone.MUTED), Piece(" planned  ", Tone.MUTED),
    Piece("──", Tone.GOOD), Piece(" earned  ", Tone.MUTED),
    Piece("──", Tone.PLAIN), Piece(" actual  ", Tone.MUTED),
)  # fmt: skip
CONE_LEGEND: Final[Line] = (
    Piece("──", Tone.ACCENT), Piece(" P50 ", Tone.MUTED),
    Piece("⢕⢕", Tone.MUTED), Piece(" P10–P90  ", Tone.MUTED),
)  # fmt: skip


def burn_legend(judgement: Judgement) -> Line:
    """Return what the lines of the burn-up are."""
    has_cone = judgement.foresight is not None and bool(judgement.foresight.cone)
    due = judgement.timeline.deadline is not None
    return (
        *BURN_LEGEND,
        *(CONE_LEGEND if has_cone else ()),
        Piece("│", Tone.ACCENT),
        Piece(" now", Tone.MUTED),
        *((Piece("  ┊", _due_tone(judgement)), Piece(" due", Tone.MUTED)) if due else ()),
    )


def burn_plot(
    judgement: Judgement, now: datetime, size: Size, *, mission: Mission | None = None
) -> Plot | None:
    """Return planned value, earned value, actual cost and the cone of what may be done."""
    stretch = _burn_stretch(judgement, now)
    cone = () if judgement.foresight is None else judgement.foresight.cone
    roughly = burn_up(judgement, now, (), mission=mission)
    spent = max(roughly.actual[-1][1], roughly.earned[-1][1])
    most = max(roughly.whole_hours, spent, *(each.high for each in cone), 0.0)
    canvas = canvas_of_time(size, stretch, *_hour_labels(most, size[1]))
    if canvas is None:
        return None
    burnt = burn_up(judgement, now, canvas.moments(), mission=mission)
    band, middle = _cone(canvas, judgement)
    return canvas.plot(
        canvas.curve(burnt.planned, Tone.MUTED),
        *band,
        *_uprights(canvas, judgement, now),
        *middle,
        canvas.curve(burnt.actual, Tone.PLAIN),
        canvas.curve(burnt.earned, Tone.GOOD),
    )


def _burn_stretch(judgement: Judgement, now: datetime) -> tuple[datetime, datetime]:
    """Return the time to show: all of the work, and the due date where that is not far away."""
    timeline, foresight = judgement.timeline, judgement.foresight
    known = [now, timeline.baseline_finish, timeline.forecast_finish]
    if foresight is not None and foresight.cone:
        known.append(foresight.cone[-1].at)
    start = min(now, judgement.started)
    end = max(start + LEAST_STRETCH, *(each for each in known if each is not None))
    due = timeline.deadline
    if due is not None and end < due <= end + (end - start):
        end = due
    return start, end + (end - start) * MARGIN


def _hour_labels(most: float, lines: int) -> tuple[tuple[tuple[float, str], ...], float]:
    """Return the labels of hours of work, and the value at the upper edge."""
    unit, name = (1.0, "h") if most >= 1 else (1 / 60, "m")
    values, top = even_labels(most / unit, max(LEAST_LINES, lines - AXIS_LINES))
    return tuple((each * unit, f"{each:,g}{name}") for each in values), top * unit


def _cone(canvas: Canvas, judgement: Judgement) -> tuple[tuple[Dots, ...], tuple[Curve, ...]]:
    """Return the band of the cone and the line in its middle; nothing before it was drawn."""
    foresight = judgement.foresight
    if foresight is None or not foresight.cone:
        return (), ()
    points = foresight.cone
    columns = [each for each in canvas.moments() if points[0].at <= each <= points[-1].at]
    low = _between(columns, [(each.at, each.low) for each in points])
    high = _between(columns, [(each.at, each.high) for each in points])
    middle = [(each.at, each.middle) for each in points]
    return (canvas.band(low, high),), (canvas.curve(middle, Tone.ACCENT),)


def _between(
    moments: Sequence[datetime], points: Sequence[tuple[datetime, float]]
) -> list[tuple[datetime, float]]:
    """Return the values at `moments` on the straight lines between `points`."""
    found: list[tuple[datetime, float]] = []
    at = 0
    for moment in moments:
        while at + 1 < len(points) and points[at + 1][0] < moment:
            at += 1
        (start, before), (end, after) = points[at], points[min(at + 1, len(points) - 1)]
        share = (moment - start) / (end - start) if end > start else 0.0
        found.append((moment, before + (after - before) * min(1.0, max(0.0, share))))
    return found


def _uprights(canvas: Canvas, judgement: Judgement, now: datetime) -> tuple[Marks, ...]:
    deadline = judgement.timeline.deadline
    found = [canvas.upright(now, "│", Tone.ACCENT)]
    if deadline is not None and canvas.has(deadline):
        found.append(canvas.upright(deadline, "┊", _due_tone(judgement)))
    return tuple(found)


def _due_tone(judgement: Judgement) -> Tone:
    return tone_of_due(judgement.timeline.probability_on_time)
