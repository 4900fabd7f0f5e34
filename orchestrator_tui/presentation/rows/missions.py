"""The rows of all missions, the worst first."""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.standing import EscalationLevel, Standing
from orchestrator_tui.engine.decisions import waiting_in
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.header import blocker_counts, tone_of_timeline
from orchestrator_tui.presentation.rows.pieces import level_piece, quality_piece
from orchestrator_tui.presentation.tones import tone_of_standing
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    count_words,
    hours_short,
    percent,
    schedule_words,
    when,
    when_cells,
    words_of,
)

BAR_CELLS = 12
TITLE_CELLS = 12
TITLE_KEPT = 30
LONGEST_TITLE = 48
TITLES_MEASURED = 200
_WORST_FIRST = (Standing.DELAYED, Standing.AT_RISK, Standing.ON_TRACK, Standing.AHEAD)


class MissionRow(NamedTuple):
    """One mission, as it is at one moment."""

    key: str
    mission: MissionAssessment
    now: datetime

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.mission.id} {self.mission.title} {self.mission.path}"


def mission_rows(assessment: Assessment) -> tuple[MissionRow, ...]:
    """Return one row a mission: unreadable ones first, then by how they stand."""
    in_order = sorted(assessment.missions, key=_badness)
    return tuple(MissionRow(each.id, each, assessment.at) for each in in_order)


def _badness(mission: MissionAssessment) -> tuple[int, int, int, float, str]:
    judgement = mission.judgement
    if judgement is None:
        return 0, 0, 0, 0.0, mission.id
    status = max(
        judgement.critical_path.status, judgement.timeline.status, key=lambda each: -_rank(each)
    )
    is_broken = mission.stale_since is not None or mission.missing_since is not None
    highest = max((each.level for each in judgement.escalations), default=0)
    variance = judgement.timeline.variance_percent
    return (
        1 + _rank(status),
        0 if is_broken else 1,
        -int(highest),
        0.0 if variance is None else variance,
        mission.id,
    )


def _rank(status: Standing) -> int:
    return _WORST_FIRST.index(status)


def mission_columns(rows: tuple[MissionRow, ...]) -> tuple[Column, ...]:
    """Return the columns for `rows`; the title is as wide as the longest, within bounds."""
    longest = max((width_of(each.mission.title[:80]) for each in rows[:TITLES_MEASURED]), default=0)
    title = max(TITLE_CELLS, min(LONGEST_TITLE, longest))
    return (
        Column("", _mark, 1, keep=95),
        Column("Mission", _title, min(title, TITLE_KEPT), widest=title, keep=100),
        Column("Progress", _bar, BAR_CELLS, keep=78),
        Column("", _percent, 4, keep=90, is_right=True),
        Column("Timeline", _timeline, 11, widest=14, keep=80),
        Column("Critical", _critical, 8, keep=70),
        Column("Finish", _finish, when_cells(), keep=75, is_right=True),
        Column("Next", _next, 14, widest=200, keep=48),
        Column("Agents", _agents, 6, keep=28, is_right=True),
        Column("Blockers", _blockers, 10, widest=32, keep=65),
        Column("Esc", _escalation, 3, keep=55, is_right=True),
        Column("You", _attention, 3, keep=60, is_right=True),
        Column("Qual", _quality, 4, keep=30, is_right=True),
    )


def _mark(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    if judgement is None or any(each.is_error for each in row.mission.problems):
        return (Piece("✗", Tone.ALARM),)
    status = judgement.timeline.status
    return (Piece("■" if status is Standing.DELAYED else "●", tone_of_standing(status)),)


def _title(row: MissionRow) -> Line:
    return (Piece(row.mission.title[:200], Tone.STRONG),)


def _bar(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    if judgement is None:
        count = count_words(len(row.mission.problems), "problem")
        return (Piece(count, Tone.ALARM),)
    return bar_pieces(judgement.progress_percent, BAR_CELLS)


def _percent(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    return () if judgement is None else (Piece(percent(judgement.progress_percent)),)


def _timeline(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    if judgement is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    words = schedule_words(judgement.timeline.status, judgement.timeline.variance_percent)
    return (Piece(words, tone_of_timeline(judgement.timeline)),)


def _critical(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    if judgement is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    status = judgement.critical_path.status
    return (Piece(words_of(status), tone_of_standing(status)),)


def _finish(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    finish = None if judgement is None else judgement.timeline.forecast_finish
    return (Piece(when(finish, row.now), Tone.MUTED if finish is None else Tone.PLAIN),)


def _next(row: MissionRow) -> Line:
    following = None if row.mission.judgement is None else row.mission.judgement.next_milestone
    if following is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    hours = hours_short(max(0.0, following.hours))
    return (Piece(following.title[:200]), Piece(f" ({hours})", Tone.MUTED))


def _agents(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    return () if judgement is None else (Piece(str(len(judgement.agents))),)


def _blockers(row: MissionRow) -> Line:
    judgement = row.mission.judgement
    if judgement is None or not judgement.open_blockers:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    return blocker_counts(judgement)


def _escalation(row: MissionRow) -> Line:
    return (level_piece(_highest(row.mission.judgement)),)


def _highest(judgement: Judgement | None) -> EscalationLevel | None:
    if judgement is None:
        return None
    return max((each.level for each in judgement.escalations), default=None)


def _attention(row: MissionRow) -> Line:
    waiting = len(waiting_in(row.mission))
    return (Piece(str(waiting) if waiting else NOT_KNOWN, Tone.WARN if waiting else Tone.MUTED),)


def _quality(row: MissionRow) -> Line:
    value = None if row.mission.judgement is None else row.mission.judgement.quality_score
    return (quality_piece(value),)
