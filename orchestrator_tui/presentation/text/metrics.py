"""Metrics as a box of text."""

from collections.abc import Iterator

from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.metrics import metric_lines, metric_rows, window_words
from orchestrator_tui.presentation.text.frames import Part, boxed

_LONGEST_NAME = 64


def metrics_box(all_metrics: tuple[Metrics, ...], width: int) -> tuple[Line, ...]:
    """Return one box: what is measured of all missions together, then of each."""
    return boxed(_parts(all_metrics), width)


def _parts(all_metrics: tuple[Metrics, ...]) -> Iterator[Part]:
    for place, each in enumerate(all_metrics):
        whose = f"Mission {plain_text(each.mission, limit=_LONGEST_NAME)}" if each.mission else ""
        heading = f"{whose or 'All missions'} · {window_words(each)}"
        if not place:
            yield Part("", ((Piece(heading, Tone.STRONG),),))
        lines = tuple(metric_lines(tuple(metric_rows(each))))
        yield Part(heading if place else "", lines)
