"""The cells of the timeline: bars, baselines, absences and marks."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import Any

from orchestrator_tui.domain.foresight import FinishRange
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.presentation.clock_face import face
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.columns import Column, cells_needed
from orchestrator_tui.presentation.rows.timeline import Scale, TimelineRow
from orchestrator_tui.presentation.rows.whiskers import put_whiskers
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    TASK_MARKS,
    tone_of_milestone,
    tone_of_task,
)
from orchestrator_tui.presentation.words import clock_time, day, hours_short, percent

Cells = list[tuple[str, Tone]]

_LABELS_FROM = 70
"""From this width on, agent and slack stand beside the title."""
_NOTHING = (" ", Tone.PLAIN)

LEGEND: Line = (
    Piece(" █", Tone.MUTED), Piece(" done  ", Tone.MUTED),
    Piece("▒", Tone.MUTED), Piece(" to do  ", Tone.MUTED),
    Piece("█▒", Tone.ACCENT), Piece(" critical  ", Tone.MUTED),
    Piece("▒", Tone.WARN), Piece(" past the baseline  ", Tone.MUTED),
    Piece("╌", Tone.MUTED), Piece(" baseline  ", Tone.MUTED),
    Piece("◆", Tone.STRONG), Piece(" milestone  ", Tone.MUTED),
    Piece("├┤", Tone.MUTED), Piece(" P10–P90  ", Tone.MUTED),
    Piece("◇", Tone.WARN), Piece(" due  ", Tone.MUTED),
    Piece("░", Tone.TRACK), Piece(" away  ", Tone.MUTED),
    Piece("│", Tone.ACCENT), Piece(" now", Tone.MUTED),
)  # fmt: skip


def label_cells(width: int) -> int:
    """Return the cells before the chart, its gap included, in a panel of `width` cells."""
    nothing = Column("", _mark, 0)
    return cells_needed((*_labels(width), nothing))


def gantt_columns(scale: Scale, width: int) -> tuple[Column, ...]:
    """Return the columns of the timeline in a panel of `width` cells."""
    return (*_labels(width), chart_column(scale, _itself))


def chart_column(scale: Scale, bar_of: Callable[[Any], TimelineRow]) -> Column:
    """Return the column in which the bar of a row is drawn."""
    return Column(_axis(scale), lambda row: _chart(scale, bar_of(row)), scale.width)


def _itself(row: TimelineRow) -> TimelineRow:
    return row


def _labels(width: int) -> tuple[Column, ...]:
    title = max(12, min(32, width // 5))
    mark, name = Column("", _mark, 1), Column("Task", _title, title)
    if width < _LABELS_FROM:
        return mark, name
    return (
        mark,
        name,
        Column("Agent", _agent, max(8, min(18, width // 9))),
        Column("", _done, 4, is_right=True),
        Column("Slack", _slack, 5, is_right=True),
    )


def _mark(row: TimelineRow) -> Line:
    if row.milestone is not None:
        status = row.milestone.status
        return (Piece(MILESTONE_MARKS[status], tone_of_milestone(status)),)
    if row.task is None:
        return ()
    tone = tone_of_task(row.task.state)
    return (Piece(TASK_MARKS[row.task.state], Tone.WARN if row.task.blockers else tone),)


def _title(row: TimelineRow) -> Line:
    if row.milestone is not None:
        return (Piece(row.milestone.title[:200], Tone.STRONG),)
    if row.task is None:
        return ()
    is_over = row.task.state in {TaskState.FINISHED, TaskState.CANCELLED}
    tone = Tone.MUTED if is_over else Tone.ACCENT if row.task.is_critical else Tone.PLAIN
    return (Piece("  " if row.is_inside else ""), Piece(row.task.title[:200], tone))


def _agent(row: TimelineRow) -> Line:
    if row.task is None or row.task.agent is None:
        return ()
    text = row.task.agent if row.task.is_assigned else f"({row.task.agent})"
    return (Piece(text, Tone.MUTED),)


def _done(row: TimelineRow) -> Line:
    one = row.task or row.milestone
    return () if one is None else (Piece(percent(one.progress_percent), Tone.MUTED),)


def _slack(row: TimelineRow) -> Line:
    if row.task is None or row.task.slack_hours is None:
        return ()
    if row.task.is_critical:
        return (Piece("crit", Tone.ACCENT),)
    return (Piece(hours_short(row.task.slack_hours), Tone.MUTED),)


def _axis(scale: Scale) -> str:
    cells = [" "] * scale.width
    for at, moment in scale.ticks():
        text = tick_words(moment)
        if 0 <= at <= scale.width - len(text):
            cells[at : at + len(text)] = text
    return "".join(cells)


def tick_words(moment: datetime) -> str:
    """Return what an axis says of a moment: its day at midnight, else its time."""
    there = face().there(moment)
    if there.hour == 0 and there.minute == 0:
        return day(moment)
    return clock_time(moment)


def _chart(scale: Scale, row: TimelineRow) -> Line:
    cells: Cells = [_NOTHING] * scale.width
    for at, _moment in scale.ticks():
        _put(cells, at, "·", Tone.TRACK)
    if row.task is not None:
        _draw_task(cells, scale, row, row.task)
    if row.milestone is not None:
        _draw_milestone(cells, scale, row.milestone, row.drawn)
    now = scale.cell_of(row.now)
    if 0 <= now < scale.width and cells[now][0] in " ·░╌":
        cells[now] = ("│", Tone.ACCENT)
    return _joined(cells)


def _draw_task(cells: Cells, scale: Scale, row: TimelineRow, task: TaskAssessment) -> None:
    for away in row.away:
        _span(cells, scale, (away.start, away.end), ("░", Tone.TRACK))
    if task.baseline_start is not None:
        _span(cells, scale, (task.baseline_start, task.baseline_finish), ("╌", Tone.MUTED))
    if task.start is None or task.finish is None or task.state is TaskState.CANCELLED:
        return
    is_over = task.state is TaskState.FINISHED
    tone = Tone.TRACK if is_over else Tone.ACCENT if task.is_critical else Tone.MUTED
    first, end = _reach(scale, task.start, task.finish)
    done = first + round((end - first) * (1.0 if is_over else task.progress_percent / 100))
    planned = None if task.baseline_finish is None else _end_cell(scale, task.baseline_finish)
    for at in range(max(0, first), min(scale.width, end)):
        is_past = planned is not None and at >= planned and not is_over
        cells[at] = ("█" if at < done else "▒", Tone.WARN if is_past else tone)


def _draw_milestone(
    cells: Cells, scale: Scale, one: MilestoneAssessment, drawn: FinishRange | None
) -> None:
    is_over = one.status is MilestoneStatus.COMPLETED
    if one.start is not None and one.eta is not None:
        _span(cells, scale, (one.start, one.eta), ("━", Tone.MUTED if is_over else Tone.PLAIN))
    if drawn is not None:
        put_whiskers(cells, drawn, scale)
    if one.due is not None:
        _put(cells, scale.cell_of(one.due), "◇", Tone.WARN if one.is_late else Tone.MUTED)
    if one.eta is not None:
        _put(cells, scale.cell_of(one.eta), "◆", Tone.GOOD if is_over else Tone.STRONG)


def _span(
    cells: Cells,
    scale: Scale,
    stretch: tuple[datetime | None, datetime | None],
    drawn: tuple[str, Tone],
) -> None:
    start, end = stretch
    first = 0 if start is None else scale.cell_of(max(start, scale.start))
    last = scale.width if end is None else _end_cell(scale, min(end, scale.end))
    for at in range(max(0, first), min(scale.width, last)):
        cells[at] = drawn


def _reach(scale: Scale, start: datetime, finish: datetime) -> tuple[int, int]:
    first = scale.cell_of(start)
    return first, max(first + 1, _end_cell(scale, finish))


def _end_cell(scale: Scale, moment: datetime) -> int:
    return -((scale.start - moment) // scale.cell)


def _put(cells: Cells, at: int, character: str, tone: Tone) -> None:
    if 0 <= at < len(cells):
        cells[at] = (character, tone)


def _joined(cells: Cells) -> Line:
    return tuple(
        Piece("".join(character for character, _tone in run), tone)
        for tone, run in groupby(cells, key=lambda each: each[1])
    )
