"""Ranges of time as whiskers: from the early end over the middle to the late end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.foresight import LEVELS, FinishRange
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.timeline import Scale

_SECOND: Final = timedelta(seconds=1)
_EARLY, _LATE = LEVELS.index(0.1), LEVELS.index(0.9) + 1


def shared_scale(ranges: Sequence[FinishRange], cells: int) -> Scale | None:
    """Return a scale of so many cells on which all ranges can be compared."""
    found = [at for each in ranges for at in (*each.finishes[_EARLY:_LATE], each.due) if at]
    if not found:
        return None
    first, last = min(found), max(found)
    arrow = any(each.by(0.9) is None for each in ranges)
    return Scale(first, max(_SECOND, (last - first) // (cells - 1 - arrow)), cells)


def whisker_line(drawn: FinishRange, scale: Scale) -> Line:
    """Return `├──◆───┤ ◇` in the cells of `scale`: P10, P50, P90, and the due date."""
    cells = [(" ", Tone.PLAIN)] * scale.width
    put_whiskers(cells, drawn, scale)
    due, middle = drawn.due, drawn.by(0.5)
    if due is not None:
        is_likely_late = middle is None or due < middle
        _put(cells, scale.cell_of(due), "◇", Tone.WARN if is_likely_late else Tone.MUTED)
    if middle is not None:
        _put(cells, scale.cell_of(middle), "◆", Tone.STRONG)
    return tuple(Piece(*each) for each in cells)


def put_whiskers(cells: list[tuple[str, Tone]], drawn: FinishRange, scale: Scale) -> None:
    """Draw `├──────┤` from P10 to P90 into `cells`, as far as it is seen on `scale`."""
    early, late = drawn.by(0.1), drawn.by(0.9)
    if early is None:
        return
    first = scale.cell_of(early)
    last = scale.width - 1 if late is None else scale.cell_of(late)
    for at in range(max(0, first), min(scale.width - 1, last) + 1):
        cells[at] = ("─", Tone.MUTED)
    _put(cells, first, "├", Tone.MUTED)
    _put(cells, last, "→" if late is None else "┤", Tone.MUTED)


def _put(cells: list[tuple[str, Tone]], at: int, character: str, tone: Tone) -> None:
    if 0 <= at < len(cells):
        cells[at] = (character, tone)
