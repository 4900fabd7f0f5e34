"""The columns of the timeline of a plan: what is done, by whom, and by how much that moves."""

from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.columns import Column, cells_needed
from orchestrator_tui.presentation.rows.gantt import chart_column
from orchestrator_tui.presentation.rows.replan_chart import NEXT_TO_NOTHING, PlanRow
from orchestrator_tui.presentation.rows.timeline import Scale, TimelineRow
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    TASK_MARKS,
    tone_of_milestone,
    tone_of_task,
)
from orchestrator_tui.presentation.words import NOT_KNOWN, hours_short

LABELS_FROM: Final = 64
"""From this width on, who does it and by how much it moves stand beside the title."""
LEFT_OUT: Final = Piece(TASK_MARKS[TaskState.CANCELLED], Tone.WARN)
IN_PARTS: Final = Piece("÷", Tone.ACCENT)
LEGEND: Final[Line] = (
    Piece("▒", Tone.ACCENT), Piece(" changed  ", Tone.MUTED),
    Piece("▒", Tone.MUTED), Piece(" as it is  ", Tone.MUTED),
    Piece("╌", Tone.MUTED), Piece(" if nothing is decided", Tone.MUTED),
)  # fmt: skip
KEPT_LEGEND: Final[Line] = (
    Piece("▒", Tone.MUTED), Piece(" forecast  ", Tone.MUTED),
    Piece("▒", Tone.WARN), Piece(" late  ", Tone.MUTED),
    Piece("╌", Tone.MUTED), Piece(" as planned", Tone.MUTED),
)  # fmt: skip


def plan_label_cells(width: int) -> int:
    """Return the cells before the chart, its gap included, in a panel of `width` cells."""
    return cells_needed((*_labels(width), Column("", _mark, 0)))


def plan_columns(scale: Scale, width: int) -> tuple[Column, ...]:
    """Return the columns of a plan's timeline in a panel of `width` cells."""
    return (*_labels(width), chart_column(scale, _bar))


def _bar(row: PlanRow) -> TimelineRow:
    return row.bar


def _labels(width: int) -> tuple[Column, ...]:
    title = max(16, min(30, width // 5))
    mark, name = Column("", _mark, 1), Column("Task", _title, title)
    if width < LABELS_FROM:
        return mark, name
    return (
        mark,
        name,
        Column("Agent", _who, max(14, min(34, width // 6))),
        Column("Moves", _moved, 6, is_right=True),
    )


def _mark(row: PlanRow) -> Line:
    if row.bar.milestone is not None:
        status = row.bar.milestone.status
        return (Piece(MILESTONE_MARKS[status], tone_of_milestone(status)),)
    if row.is_gone:
        return (IN_PARTS,) if row.is_in_parts else (LEFT_OUT,)
    if row.is_new:
        return (Piece("+", Tone.ACCENT),)
    task = row.bar.task
    return () if task is None else (Piece(TASK_MARKS[task.state], tone_of_task(task.state)),)


def _title(row: PlanRow) -> Line:
    if row.bar.milestone is not None:
        return (Piece(shorten(row.title), Tone.STRONG),)
    is_critical = row.bar.task is not None and row.bar.task.is_critical
    tone = Tone.MUTED if row.is_gone else Tone.ACCENT if is_critical else Tone.PLAIN
    return (Piece("  " if row.bar.is_inside else ""), Piece(shorten(row.title), tone))


def _who(row: PlanRow) -> Line:
    if row.bar.milestone is not None:
        return ()
    if row.is_gone:
        return (Piece("in parts" if row.is_in_parts else "left out", Tone.MUTED),)
    after = shorten(row.after or NOT_KNOWN)
    if row.before == row.after or row.is_new:
        return (Piece(after, Tone.ACCENT if row.is_new else Tone.MUTED),)
    before = shorten(row.before or "nobody")
    return (Piece("→ ", Tone.ACCENT), Piece(after, Tone.ACCENT), Piece(f" ({before})", Tone.MUTED))


def _moved(row: PlanRow) -> Line:
    if row.moved is None:
        return (Piece(NOT_KNOWN, Tone.TRACK),)
    if abs(row.moved) <= NEXT_TO_NOTHING:
        return (Piece("·", Tone.TRACK),)
    is_later = row.moved > timedelta(0)
    words = f"{'+' if is_later else '-'}{hours_short(abs(row.moved) / timedelta(hours=1))}"
    return (Piece(words, Tone.WARN if is_later else Tone.GOOD),)
