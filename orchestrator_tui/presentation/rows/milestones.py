"""The rows of the milestones: how far, when, and what endangers them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import Level, MilestoneStatus
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.pieces import quality_piece
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    tone_of_chance,
    tone_of_milestone,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    chance,
    percent,
    when,
    when_cells,
    words_of,
)

BAR_CELLS = 8
TITLE_CELLS = 14
TITLES_MEASURED = 200
AFTER_SHOWN = 3
FORGED: Final = "FORGED APPROVAL"
CHANGED_SINCE: Final = "the evidence has changed since"

_SHORT = {
    MilestoneStatus.IN_PROGRESS: "IN PROGRESS",
    MilestoneStatus.AWAITING_APPROVAL: "APPROVAL",
    MilestoneStatus.COMPLETED: "COMPLETED",
}


class MilestoneRow(NamedTuple):
    """One milestone, as it is at one moment."""

    key: str
    milestone: MilestoneAssessment
    now: datetime

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        one = self.milestone
        return f"{one.id} {one.title} {words_of(one.status)} {one.risk.value}"


class Judged(Protocol):
    """A row about a milestone."""

    @property
    def milestone(self) -> MilestoneAssessment:
        """Return the milestone."""
        ...


def milestone_rows(judgement: Judgement, now: datetime) -> tuple[MilestoneRow, ...]:
    """Return one row a milestone, in mission order."""
    return tuple(MilestoneRow(each.id, each, now) for each in judgement.milestones)


def milestone_columns(rows: tuple[MilestoneRow, ...]) -> tuple[Column, ...]:
    """Return the columns for `rows`; the title is as wide as the longest, within bounds."""
    titles = [width_of(each.milestone.title[:80]) for each in rows[:TITLES_MEASURED]]
    longest = max(TITLE_CELLS, max(titles, default=0))
    cells = _cells_of_times(rows)
    return (
        Column("", _mark, 1, keep=95),
        Column("Milestone", _title, TITLE_CELLS, widest=min(40, longest), keep=100),
        Column("Status", _status, 11, keep=70),
        Column("", _bar, BAR_CELLS, keep=60),
        Column("", _percent, 4, keep=90, is_right=True),
        Column("ETA", _eta, cells, keep=85, is_right=True),
        Column("Due", _due, cells, keep=30, is_right=True),
        Column("Qual", _quality, 4, keep=35, is_right=True),
        *chance_columns(rows, keep=65),
        Column("Risk", _risk, 6, keep=80),
        Column("Because", _why, 16, widest=200, keep=50),
    )


def _cells_of_times(rows: tuple[MilestoneRow, ...]) -> int:
    """Return the cells in which the times of all rows fit."""
    shown = ((each.now, each.milestone) for each in rows[:TITLES_MEASURED])
    times = [when(at, now) for now, one in shown for at in (one.eta, one.due)]
    return max((width_of(each) for each in times), default=when_cells())


def _mark(row: MilestoneRow) -> Line:
    if row.milestone.forged:
        return (Piece("✗", Tone.ALARM),)
    status = row.milestone.status
    return (Piece(MILESTONE_MARKS[status], tone_of_milestone(status)),)


def _title(row: MilestoneRow) -> Line:
    is_over = row.milestone.status is MilestoneStatus.COMPLETED
    return (Piece(row.milestone.title[:400], Tone.MUTED if is_over else Tone.STRONG),)


def _status(row: MilestoneRow) -> Line:
    status = row.milestone.status
    return (Piece(_SHORT.get(status, words_of(status)), tone_of_milestone(status)),)


def _bar(row: MilestoneRow) -> Line:
    return bar_pieces(row.milestone.progress_percent, BAR_CELLS)


def _percent(row: MilestoneRow) -> Line:
    return (Piece(percent(row.milestone.progress_percent)),)


def _eta(row: MilestoneRow) -> Line:
    one = row.milestone
    if one.eta is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    is_past = one.eta <= row.now
    tone = Tone.WARN if one.is_late else Tone.MUTED if is_past else Tone.PLAIN
    return (Piece(when(one.eta, row.now), tone),)


def _due(row: MilestoneRow) -> Line:
    return (Piece(when(row.milestone.due, row.now), Tone.MUTED),)


def _quality(row: MilestoneRow) -> Line:
    return (quality_piece(row.milestone.quality_score),)


def chance_columns(rows: Sequence[Judged], *, keep: int) -> tuple[Column, ...]:
    """Return the column of how likely each is to be in time; none where that is known of none."""
    if all(each.milestone.probability_on_time is None for each in rows):
        return ()
    return (Column("On time", _chance, 7, keep=keep, is_right=True),)


def _chance(row: Judged) -> Line:
    value = row.milestone.probability_on_time
    return (Piece(chance(value), tone_of_chance(value)),)


def _risk(row: MilestoneRow) -> Line:
    one = row.milestone
    if one.status is MilestoneStatus.COMPLETED:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    return (Piece(one.risk.value, tone_of_trouble(one.risk)),)


def _why(row: MilestoneRow) -> Line:
    one = row.milestone
    if one.forged:
        return (Piece(f"{FORGED} ", Tone.ALARM), Piece(shorten(one.forged)))
    if one.status is MilestoneStatus.COMPLETED:
        has_changed = one.approval is not None and one.approval.has_changed_since
        return (Piece(CHANGED_SINCE, Tone.WARN),) if has_changed else ()
    if one.risks:
        return (Piece(shorten(one.risks[0]), Tone.MUTED if one.risk is Level.LOW else Tone.PLAIN),)
    if one.after and one.status is MilestoneStatus.PENDING:
        return (Piece(f"after {', '.join(one.after[:AFTER_SHOWN])}", Tone.MUTED),)
    return ()
