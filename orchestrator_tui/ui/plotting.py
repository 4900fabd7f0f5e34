"""Plots drawn with plotext, as lines in the tones of everything else.

plotext is told numbers and labels of our own alone, never what agents wrote. It answers with text
and colours as escape sequences: the colours are read back as tones, and nothing of the sequences
is left.
"""

import re
from typing import Any, Final

from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.plots import AXIS_CELLS, AXIS_LINES, Curve, Marks, Plot

DOTS: Final = "braille"
_TONES: Final = tuple(Tone)
_COLOURED: Final = re.compile(r"\x1b\[([0-9;]*)m")
_FOREGROUND: Final = re.compile(r"38;2;(\d+);0;0")


def plotted(plot: Plot) -> tuple[Line, ...]:
    """Return `plot` with its axes, one line a row."""
    figure = _figure_for(plot)
    for each in plot.drawn:
        places = each.cells if isinstance(each, Marks) else each.points
        if not places:
            continue
        xs, ys = [x for x, _y in places], [y for _x, y in places]
        if isinstance(each, Curve):
            figure.plot(xs, ys, marker=DOTS, color=_colour(each.tone))
        else:
            marker = each.character if isinstance(each, Marks) else DOTS
            figure.scatter(xs, ys, marker=marker, color=_colour(each.tone))
    return tuple(_toned(each) for each in str(figure.build()).splitlines())


def _figure_for(plot: Plot) -> Any:
    # it takes longer to import than to draw, and only one screen draws
    from textual_plotext import Plot as Figure  # noqa: PLC0415 - only when a plot is drawn

    figure: Any = Figure()
    beside = max((width_of(each.label) for each in plot.y_ticks), default=0)
    size = plot.width + beside + AXIS_CELLS, plot.height + AXIS_LINES
    figure.plotsize(*size)
    figure._set_size(*size)  # noqa: SLF001 - as its own widget does: the size is kept only so
    figure.canvas_color("default")
    figure.axes_color("default")
    figure.ticks_color(_colour(Tone.MUTED))
    figure.xaxes(True, False)  # noqa: FBT003 - lower, upper: it takes no names
    figure.yaxes(True, False)  # noqa: FBT003 - left, right: likewise
    figure.xlim(0, plot.width - 1)
    figure.ylim(0, plot.height - 1)
    figure.xticks([each.at for each in plot.x_ticks], [each.label for each in plot.x_ticks])
    figure.yticks([each.at for each in plot.y_ticks], [each.label for each in plot.y_ticks])
    return figure


def _colour(tone: Tone) -> tuple[int, int, int]:
    """Return a colour that stands for a tone: the number of the tone is its red."""
    return _TONES.index(tone) + 1, 0, 0


def _toned(line: str) -> Line:
    pieces: list[Piece] = []
    tone = Tone.PLAIN
    for at, part in enumerate(_COLOURED.split(line)):
        if at % 2:
            found = _FOREGROUND.search(part)
            tone = _TONES[int(found[1]) - 1] if found else Tone.PLAIN
        elif text := "".join(each for each in part if each.isprintable()):
            pieces.append(Piece(text, tone))
    return tuple(pieces)
