"""The tracking matrix: one row a milestone, with what matters of it in its stage of life."""

from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import Level, MilestoneStatus
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.milestones import CHANGED_SINCE, FORGED, chance_columns
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    tone_of_milestone,
    tone_of_score,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    percent,
    score,
    stamp,
    stamp_cells,
    when,
    when_cells,
    words_of,
)

TITLE_CELLS: Final = 14
WIDE_TITLE_CELLS: Final = 22
TITLES_MEASURED: Final = 200
BAR_CELLS: Final = 10
NAMES_SHOWN: Final = 3
_LABEL_CELLS = 6
_SHORT = {
    MilestoneStatus.IN_PROGRESS: "IN PROGRESS",
    MilestoneStatus.AWAITING_APPROVAL: "APPROVAL",
}
_LABELS = {
    MilestoneStatus.PENDING: "start",
    MilestoneStatus.IN_PROGRESS: "ETA",
    MilestoneStatus.COMPLETED: "done",
}


class MatrixRow(NamedTuple):
    """One milestone, as it is at one moment."""

    key: str
    milestone: MilestoneAssessment
    blockers: tuple[str, ...]
    """The titles of those that are open."""
    now: datetime

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        one = self.milestone
        names = " ".join((*one.agents, *self.blockers))
        forged = FORGED if one.forged else ""
        return f"{one.id} {one.title} {words_of(one.status)} {one.risk.value} {names} {forged}"


def matrix_rows(judgement: Judgement, now: datetime) -> tuple[MatrixRow, ...]:
    """Return one row a milestone, in mission order."""
    titles = {each.id: each.title for each in judgement.open_blockers}
    return tuple(
        MatrixRow(each.id, each, tuple(titles.get(key, key) for key in each.blockers), now)
        for each in judgement.milestones
    )


def milestone_events(judgement: Judgement, one: MilestoneAssessment) -> tuple[Event, ...]:
    """Return what happened to a milestone, its criteria, its tasks and on its blockers."""
    subjects = {one.id, *one.tasks, *one.blockers}
    return tuple(
        each
        for each in judgement.activity
        if each.subject in subjects or each.subject.startswith(f"{one.id}/")
    )


def matrix_columns(rows: tuple[MatrixRow, ...], *, is_wide: bool) -> tuple[Column, ...]:
    """Return the columns for `rows`; where it is wide, words and times stand in full."""
    titles = [width_of(each.milestone.title[:80]) for each in rows[:TITLES_MEASURED]]
    longest = max(TITLE_CELLS, max(titles, default=0))
    title = min(WIDE_TITLE_CELLS, longest) if is_wide else TITLE_CELLS
    chances = chance_columns(rows, keep=45)
    matter = 16 if not is_wide else 18 if chances else 26
    time_cells = stamp_cells() if is_wide else _cells_of_times(rows)
    return (
        Column("", _mark, 1, keep=95),
        Column("Milestone", _title, title, widest=min(40, longest), keep=100),
        Column("Status", _full_status if is_wide else _status, 17 if is_wide else 11, keep=86),
        Column("", _bar, BAR_CELLS, keep=35),
        Column("", _percent, 4, keep=90, is_right=True),
        Column("When", _full_time if is_wide else _time, _LABEL_CELLS + time_cells, keep=88),
        Column("Score", _quality, 7 if is_wide else 6, keep=85, is_right=True),
        *chances,
        Column("Risk", _risk, 6, keep=50),
        Column("Due", _due, when_cells(), keep=30, is_right=True),
        Column("What about it", _matter, matter, widest=200, keep=84),
    )


def _cells_of_times(rows: tuple[MatrixRow, ...]) -> int:
    """Return the cells in which the times of all rows fit."""
    return max(
        (width_of(when(_moment(each), each.now)) for each in rows[:TITLES_MEASURED]), default=0
    )


def completed_at(one: MilestoneAssessment) -> datetime | None:
    """Return when a milestone was completed: when it was approved."""
    return one.eta if one.approval is None else one.approval.at


def _mark(row: MatrixRow) -> Line:
    if row.milestone.forged:
        return (Piece("✗", Tone.ALARM),)
    status = row.milestone.status
    return (Piece(MILESTONE_MARKS[status], tone_of_milestone(status)),)


def _title(row: MatrixRow) -> Line:
    is_over = row.milestone.status is MilestoneStatus.COMPLETED
    return (Piece(shorten(row.milestone.title), Tone.PLAIN if is_over else Tone.STRONG),)


def _status(row: MatrixRow) -> Line:
    status = row.milestone.status
    return (Piece(_SHORT.get(status, words_of(status)), tone_of_milestone(status)),)


def _full_status(row: MatrixRow) -> Line:
    status = row.milestone.status
    return (Piece(words_of(status), tone_of_milestone(status)),)


def _bar(row: MatrixRow) -> Line:
    return bar_pieces(row.milestone.progress_percent, BAR_CELLS)


def _percent(row: MatrixRow) -> Line:
    return (Piece(percent(row.milestone.progress_percent)),)


def _time(row: MatrixRow) -> Line:
    return _labelled(row, when(_moment(row), row.now))


def _full_time(row: MatrixRow) -> Line:
    return _labelled(row, stamp(_moment(row)))


def _labelled(row: MatrixRow, time: str) -> Line:
    one = row.milestone
    is_expected = one.status is MilestoneStatus.IN_PROGRESS
    tone = Tone.WARN if one.is_late and is_expected else Tone.PLAIN
    label = fit(_LABELS.get(one.status, "since"), _LABEL_CELLS)
    return (Piece(label, Tone.MUTED), Piece(time, Tone.MUTED if time == NOT_KNOWN else tone))


def _moment(row: MatrixRow) -> datetime | None:
    """Return the moment that matters: the end, the end expected, or the beginning expected."""
    one = row.milestone
    if one.status is MilestoneStatus.PENDING:
        return one.start
    if one.status is MilestoneStatus.IN_PROGRESS:
        return one.eta
    is_decided = one.status in {MilestoneStatus.COMPLETED, MilestoneStatus.REWORK}
    return completed_at(one) if is_decided else one.eta


def _quality(row: MatrixRow) -> Line:
    value = row.milestone.quality_score
    if value is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    tone = tone_of_score(value)
    return (Piece(score(value), Tone.STRONG if tone is Tone.GOOD else tone), Piece("/100"))


def _risk(row: MatrixRow) -> Line:
    one = row.milestone
    if one.status is MilestoneStatus.COMPLETED:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    return (Piece(one.risk.value, tone_of_trouble(one.risk)),)


def _due(row: MatrixRow) -> Line:
    return (Piece(when(row.milestone.due, row.now), Tone.MUTED),)


def _matter(row: MatrixRow) -> Line:
    """Return what a person should know of it at a glance."""
    one = row.milestone
    if one.forged:
        return (Piece(f"{FORGED} ", Tone.ALARM), Piece(shorten(one.forged)))
    match one.status:
        case MilestoneStatus.COMPLETED:
            return _approved(one)
        case MilestoneStatus.REWORK:
            return _said(one.held_by, Tone.ALARM)
        case MilestoneStatus.VERIFYING | MilestoneStatus.IN_REVIEW:
            return _said(one.held_by, Tone.PLAIN)
        case MilestoneStatus.AWAITING_APPROVAL:
            return (Piece("waits for approval", Tone.WARN),)
        case _:
            return _ahead(row)


def _approved(one: MilestoneAssessment) -> Line:
    approval = one.approval
    if approval is None:
        return ()
    if approval.has_changed_since:
        return (Piece(CHANGED_SINCE, Tone.WARN),)
    if approval.is_suspicious:
        return (Piece(f"approved at a glance by {approval.by}", Tone.WARN),)
    return (Piece(f"approved by {approval.by}", Tone.MUTED),)


def _said(sentences: tuple[str, ...], tone: Tone) -> Line:
    if not sentences:
        return ()
    more = f" +{len(sentences) - 1}" if len(sentences) > 1 else ""
    return (Piece(shorten(sentences[0]), tone), Piece(more, Tone.MUTED))


def _ahead(row: MatrixRow) -> Line:
    """Return what holds up the work that is to come, and who does it."""
    one = row.milestone
    pieces: list[Piece] = []
    if row.blockers:
        pieces += [Piece("■ ", Tone.WARN), Piece(shorten(", ".join(row.blockers)))]
    elif one.status is MilestoneStatus.IN_PROGRESS and one.risks and one.risk is not Level.LOW:
        pieces.append(Piece(shorten(one.risks[0])))
    if one.after and one.status is MilestoneStatus.PENDING:
        names = f"after {', '.join(one.after[:NAMES_SHOWN])}"
        pieces.append(Piece(f" · {names}" if pieces else names))
    if one.agents:
        names = ", ".join(one.agents[:NAMES_SHOWN])
        more = f" +{len(one.agents) - NAMES_SHOWN}" if len(one.agents) > NAMES_SHOWN else ""
        pieces.append(Piece(f" · {names}{more}" if pieces else f"{names}{more}", Tone.MUTED))
    return tuple(pieces)
