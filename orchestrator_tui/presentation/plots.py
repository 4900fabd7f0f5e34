"""Plots as values: curves, bands and ticks on a grid of cells, whoever draws them.

Everything is in cells from the lower left one, whose centre is 0, 0, and rounded to what a cell
can show: a plot in which nothing has moved by a dot is equal to the one before.
"""

from typing import Final, NamedTuple

from orchestrator_tui.presentation.lines import Line, Tone

Point = tuple[float, float]
AXIS_CELLS: Final = 1
AXIS_LINES: Final = 2


class Tick(NamedTuple):
    """A label of an axis."""

    at: float
    label: str


class Curve(NamedTuple):
    """Points joined by lines of dots."""

    points: tuple[Point, ...]
    tone: Tone


class Dots(NamedTuple):
    """Dots, each for itself."""

    points: tuple[Point, ...]
    tone: Tone


class Marks(NamedTuple):
    """The same character in some cells."""

    cells: tuple[Point, ...]
    character: str
    tone: Tone


Drawn = Curve | Dots | Marks


class Plot(NamedTuple):
    """A canvas with two axes; what comes later is drawn over what comes first."""

    width: int
    height: int
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    drawn: tuple[Drawn, ...]


class Picture(NamedTuple):
    """What a panel shows of a plot: words above it, the plot, and words beside it."""

    above: tuple[Line, ...] = ()
    plot: Plot | None = None
    beside: tuple[Line, ...] = ()
