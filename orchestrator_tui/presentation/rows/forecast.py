"""The rows of the Forecast screen: when everything may finish, and what decides it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.foresight import WHOLE, FinishRange
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.odds import LIKELY
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.rows.whiskers import shared_scale, whisker_line
from orchestrator_tui.presentation.tones import MILESTONE_MARKS, tone_of_chance, tone_of_milestone
from orchestrator_tui.presentation.words import (
    chance,
    when,
    when_cells,
)

WHOLE_MISSION: Final = "Whole mission"
TITLE_CELLS: Final = 14
WHISKER_CELLS: Final = 18
WIDE_WHISKERS: Final = 40
"""Cells of a range that is drawn beside its numbers."""
BAR_CELLS: Final = 8
NOT_DRAWN: Final = says(
    "No forecast yet.",
    "It is drawn a moment after the mission was read, and anew whenever something changes.",
)
NOTHING_LEFT: Final = says("Everything has ended: there is nothing left to forecast.")
NO_TASKS: Final = says("No tasks yet: there is nothing to forecast.", "Write them under tasks:")
NO_DRIVERS: Final = says("No single task decides it.")
_OVER = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


class FinishRow(NamedTuple):
    """When the mission, or one of its milestones, may finish."""

    key: str
    """The milestone's id; empty for the whole mission."""
    title: str
    status: MilestoneStatus | None
    drawn: FinishRange
    now: datetime

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.key} {self.title}"


def finish_rows(judgement: Judgement, now: datetime) -> tuple[FinishRow, ...]:
    """Return the whole mission, then its milestones that have not ended, in mission order."""
    ranges = {} if judgement.foresight is None else judgement.foresight.ranges
    rows = []
    if WHOLE in ranges:
        rows.append(FinishRow(WHOLE, WHOLE_MISSION, None, ranges[WHOLE], now))
    rows += [
        FinishRow(each.id, each.title, each.status, ranges[each.id], now)
        for each in judgement.milestones
        if each.id in ranges
    ]
    return tuple(rows)


def why_nothing(judgement: Judgement, *, is_past: bool = False) -> tuple[Paragraph, ...]:
    """Return why there is no forecast, and what to do about it."""
    if not judgement.tasks:
        return NO_TASKS
    if all(each.state in _OVER for each in judgement.tasks):
        return NOTHING_LEFT
    if is_past:
        back = key_of("screen.back", "esc")
        return says("Of this moment no forecast is drawn.", f"Press {back} for now.")
    return NOT_DRAWN


def finish_columns(rows: Sequence[FinishRow], *, is_wide: bool) -> tuple[Column, ...]:
    """Return the columns for `rows`; where there is room, each range is drawn on one scale."""
    longest = max((width_of(shorten(each.title, 60)) for each in rows), default=TITLE_CELLS)
    cells = _cells_of_times(rows)
    whiskers = WIDE_WHISKERS if is_wide else WHISKER_CELLS
    scale = shared_scale([each.drawn for each in rows], whiskers)

    def drawn(row: FinishRow) -> Line:
        return () if scale is None else whisker_line(row.drawn, scale)

    return (
        Column("", _mark, 1, keep=95),
        Column("", _title, TITLE_CELLS, widest=min(36, max(longest, TITLE_CELLS)), keep=100),
        Column("P50", lambda row: _by(row, 0.5), cells, keep=98, is_right=True),
        Column("P80", lambda row: _by(row, 0.8), cells, keep=92, is_right=True),
        Column("P90", lambda row: _by(row, 0.9), cells, keep=80, is_right=True),
        Column("Due", _due, cells, keep=85, is_right=True),
        Column("On time", _on_time, 7, keep=97, is_right=True),
        Column("P10 to P90", drawn, whiskers, keep=40),
    )


def _cells_of_times(rows: Sequence[FinishRow]) -> int:
    """Return the cells in which the times of all rows fit."""
    moments = [(each.now, at) for each in rows for at in (*each.drawn.finishes, each.drawn.due)]
    return max((width_of(when(at, now)) for now, at in moments), default=when_cells())


def _mark(row: FinishRow) -> Line:
    if row.status is None:
        return (Piece("◆", Tone.ACCENT),)
    return (Piece(MILESTONE_MARKS[row.status], tone_of_milestone(row.status)),)


def _title(row: FinishRow) -> Line:
    return (Piece(shorten(row.title), Tone.STRONG if row.status is None else Tone.PLAIN),)


def _by(row: FinishRow, level: float) -> Line:
    at = row.drawn.by(level)
    if at is None:
        return (Piece("never", Tone.WARN),)
    is_late = row.drawn.due is not None and at > row.drawn.due
    tone = Tone.WARN if is_late and level <= LIKELY else Tone.PLAIN
    return (Piece(when(at, row.now), tone),)


def _due(row: FinishRow) -> Line:
    return (Piece(when(row.drawn.due, row.now), Tone.MUTED),)


def _on_time(row: FinishRow) -> Line:
    value = row.drawn.on_time
    return (Piece(chance(value), tone_of_chance(value)),)
