"""Metrics as a box of text."""

from collections.abc import Iterator

from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.metrics import metric_lines, metric_rows, window_words
from orchestrator_tui.presentation.text.frames import bottom, framed, rule, top

_LONGEST_NAME = 64


def metrics_box(all_metrics: tuple[Metrics, ...], width: int) -> Iterator[Line]:
    """Yield one box: what is measured of all missions together, then of each."""
    yield top(width)
    for place, each in enumerate(all_metrics):
        whose = f"Mission {plain_text(each.mission, limit=_LONGEST_NAME)}" if each.mission else ""
        name = whose or "All missions"
        if place:
            yield rule(width, f"{name} · {window_words(each)}")
        else:
            yield from _headed(f"{name} · {window_words(each)}", width)
        for line in metric_lines(tuple(metric_rows(each))):
            yield framed(line, width)
    yield bottom(width)


def _headed(heading: str, width: int) -> Iterator[Line]:
    yield framed((Piece(heading, Tone.STRONG),), width)
    yield rule(width)
