"""How often things had ended by each level of their forecast: on the diagonal, if all is well."""

from typing import Final

from orchestrator_tui.domain.calibration import Calibration
from orchestrator_tui.presentation.canvas import LEAST_CELLS, LEAST_LINES, Size, cell, dot, thinned
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.plots import AXIS_CELLS, AXIS_LINES, Curve, Marks, Plot, Tick

LEVEL_TICKS: Final = (0.0, 0.2, 0.5, 0.8, 1.0)
COARSE_TICKS: Final = (0.0, 0.5, 1.0)
FINE_CELLS: Final = 36
"""From here there is room for more labels below."""
LEVEL_LEGEND: Final[Line] = (
    Piece("──", Tone.ACCENT), Piece(" ended by then  ", Tone.MUTED),
    Piece("··", Tone.MUTED), Piece(" as forecast", Tone.MUTED),
)  # fmt: skip


def level_plot(calibration: Calibration, size: Size) -> Plot | None:
    """Return the curve of the calibration beside the diagonal; None where that shows nothing."""
    beside = max(len(_percent(each)) for each in COARSE_TICKS)
    width, height = size[0] - beside - AXIS_CELLS, size[1] - AXIS_LINES
    if width < LEAST_CELLS or height < LEAST_LINES or not calibration.curve:
        return None
    across, up = width - 1, height - 1
    diagonal = tuple((float(x), float(cell(x / across * up))) for x in range(width))
    points = ((0.0, 0.0), *calibration.curve, (1.0, 1.0))
    ticks = LEVEL_TICKS if width >= FINE_CELLS else COARSE_TICKS
    return Plot(
        width,
        height,
        tuple(Tick(each * across, _percent(each)) for each in ticks),
        tuple(Tick(each * up, _percent(each).rjust(beside)) for each in COARSE_TICKS),
        (
            Marks(diagonal, "·", Tone.MUTED),
            Curve(thinned(dot(x * across, y * up) for x, y in points), Tone.ACCENT),
        ),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
