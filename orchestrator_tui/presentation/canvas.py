"""Laying values onto a plot: hours, shares and moments as dots and cells."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil, floor, log10
from typing import Final, NamedTuple

from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.plots import (
    AXIS_CELLS,
    AXIS_LINES,
    Curve,
    Dots,
    Drawn,
    Marks,
    Plot,
    Point,
    Tick,
)
from orchestrator_tui.presentation.rows.gantt import tick_words
from orchestrator_tui.presentation.rows.timeline import Scale

Size = tuple[int, int]
"""Cells across and lines."""
MARGIN: Final = 0.03
"""Of a stretch of time, at either end."""
LEAST_STRETCH: Final = timedelta(minutes=2)
LEAST_CELLS: Final = 12
LEAST_LINES: Final = 3
"""A smaller canvas shows nothing."""
ACROSS, UP = 2, 4
"""Dots of a cell."""
_STEPS: Final = (1.0, 2.0, 5.0)
LEAST_APART: Final = 2
"""Rows between two labels."""
FEWEST, MOST = 2, 6
"""Labels above 0."""
LEAST_TOP: Final = 0.1


class Canvas(NamedTuple):
    """Room for a plot, and how values are laid onto it."""

    width: int
    height: int
    scale: Scale
    """Of time, across."""
    top: float
    """The value at the upper edge; 0 is at the lower one."""
    labels: tuple[tuple[float, str], ...]
    """Values that bear a label at the left."""

    def point(self, moment: datetime, value: float) -> Point:
        """Return where a value stands, to the dot."""
        x = (moment - self.scale.start) / self.scale.cell
        return dot(x, self.row(value))

    def row(self, value: float) -> float:
        """Return the row of a value."""
        return value / self.top * (self.height - 1)

    def has(self, moment: datetime) -> bool:
        """Say whether a moment is on the canvas."""
        return self.scale.start <= moment <= self.scale.start + self.scale.cell * (self.width - 1)

    def moments(self) -> tuple[datetime, ...]:
        """Return one moment a column of dots: more points than that nobody sees."""
        apart = self.scale.cell / ACROSS
        return tuple(self.scale.start + apart * each for each in range(self.width * ACROSS))

    def curve(self, points: Iterable[tuple[datetime, float]], tone: Tone) -> Curve:
        """Return values over time as a curve, thinned to the dots that there are."""
        return Curve(thinned(self.point(*each) for each in points), tone)

    def upright(self, moment: datetime, character: str, tone: Tone) -> Marks:
        """Return a line from the axis to the top at some moment."""
        x = cell(self.point(moment, 0.0)[0])
        return Marks(tuple((float(x), float(y)) for y in range(self.height)), character, tone)

    def band(
        self, low: Sequence[tuple[datetime, float]], high: Sequence[tuple[datetime, float]]
    ) -> Dots:
        """Return every other dot between two curves over the same moments."""
        found: list[Point] = []
        for (moment, least), (_moment, most) in zip(low, high, strict=True):
            x = round(self.point(moment, 0.0)[0] * ACROSS)
            first, last = ceil(self.row(least) * UP), floor(self.row(most) * UP)
            found += [(x / ACROSS, y / UP) for y in range(first, last + 1) if (x + y) % 2 == 0]
        return Dots(tuple(found), Tone.MUTED)

    def plot(self, *drawn: Drawn) -> Plot:
        """Return the plot of what is drawn, with its axes."""
        across = tuple(Tick(float(at), tick_words(moment)) for at, moment in self.scale.ticks())
        up = tuple(Tick(self.row(value), label) for value, label in self.labels)
        return Plot(self.width, self.height, fitting(across, self.width), up, drawn)


def canvas_of_time(
    size: Size,
    stretch: tuple[datetime, datetime],
    labels: Sequence[tuple[float, str]],
    top: float,
) -> Canvas | None:
    """Return a canvas in `size` cells and lines, axes included; None where that shows nothing."""
    beside = max((width_of(label) for _value, label in labels), default=0)
    width, height = size[0] - beside - AXIS_CELLS, size[1] - AXIS_LINES
    if width < LEAST_CELLS or height < LEAST_LINES:
        return None
    padded = tuple((value, label.rjust(beside)) for value, label in labels)
    start, end = stretch
    cell = max(timedelta(seconds=1), (end - start) / (width - 1))
    return Canvas(width, height, Scale(start, cell, width), top, padded)


def dot(x: float, y: float) -> Point:
    """Return the dot next to a place."""
    return round(x * ACROSS) / ACROSS, round(y * UP) / UP


def cell(place: float) -> int:
    """Return the cell that a place is drawn in; halfway it is the upper one, as plotext has it."""
    return floor(place + 0.5)


def thinned(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points without those that say nothing new: repeated, or inside a level run."""
    kept: list[Point] = []
    for each in points:
        if kept and kept[-1] == each:
            continue
        if len(kept) > 1 and kept[-2][1] == kept[-1][1] == each[1]:
            kept.pop()
        kept.append(each)
    return tuple(kept)


def fitting(ticks: Iterable[Tick], width: int) -> tuple[Tick, ...]:
    """Return the ticks whose labels, centred under them, neither touch nor leave the canvas."""
    kept: list[Tick] = []
    free = 0.0
    for each in ticks:
        half = width_of(each.label) / 2
        if each.at - half >= free - AXIS_CELLS and each.at + half <= width:
            kept.append(each)
            free = each.at + half + 1 + AXIS_CELLS
    return tuple(kept)


def even_labels(most: float, rows: int) -> tuple[tuple[float, ...], float]:
    """Return round values that stand equally far apart on `rows`, and the value at the top.

    Of the round steps that give a few labels it is the one with which the curves fill most.
    """
    most = max(most, LEAST_TOP)
    ten = 10.0 ** floor(log10(most))
    found = []
    for step in (each * unit for unit in (ten / 10, ten) for each in _STEPS):
        apart = floor(step * (rows - 1) / most)
        if LEAST_APART <= apart <= rows - 1:
            top = step * (rows - 1) / apart
            found.append((not FEWEST <= floor(top / step + 1e-9) <= MOST, top, step))
    _is_odd, top, step = min(found, default=(True, most, most))
    count = floor(top / step + 1e-9)
    return tuple(each * step for each in range(count + 1)), top
