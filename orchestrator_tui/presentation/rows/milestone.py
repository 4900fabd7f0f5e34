"""The criteria of a milestone: how each stands, on what evidence, and how old that is."""

from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.tones import tone_of_criterion
from orchestrator_tui.presentation.words import NOT_KNOWN, hours_between, hours_short, words_of

LONGEST_NAME: Final = 28
A_MINUTE: Final = 1 / 60
"""In hours; what is younger would be drawn again every second."""
SETTLED: Final = frozenset({CriterionState.PASSED, CriterionState.WAIVED})
"""In which nothing more is to be done."""

CRITERION_MARKS: Final = {
    CriterionState.PASSED: "✓",
    CriterionState.FAILED: "✗",
    CriterionState.MISSING: "○",
    CriterionState.STALE: "◔",
    CriterionState.UNTRUSTED: "?",
    CriterionState.RUNNING: "◐",
    CriterionState.MANUAL: "□",
    CriterionState.WAIVED: "–",
}


class CriterionRow(NamedTuple):
    """One criterion, as it is at one moment."""

    key: str
    criterion: CriterionAssessment
    now: datetime

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        one = self.criterion
        return f"{one.id} {one.state.value} {one.detail} {one.source}"


def criterion_rows(milestone: MilestoneAssessment, now: datetime) -> tuple[CriterionRow, ...]:
    """Return one row a criterion, in the order of the milestone."""
    return tuple(CriterionRow(each.id, each, now) for each in milestone.criteria)


def criterion_columns(rows: tuple[CriterionRow, ...]) -> tuple[Column, ...]:
    """Return the columns for `rows`."""
    name = max((width_of(each.criterion.id[:80]) for each in rows), default=0)
    return (
        Column("", _mark, 1, keep=95),
        Column("Criterion", _name, min(14, name), widest=min(name, LONGEST_NAME), keep=100),
        Column("State", _state, 9, keep=80),
        Column("Evidence", _evidence, 16, widest=200, keep=70),
        Column("Age", _age, 5, keep=75, is_right=True),
    )


def tally_words(milestone: MilestoneAssessment) -> str:
    """Return how many of the criteria hold: `3/4`."""
    held = sum(each.state in SETTLED for each in milestone.criteria)
    return f"{held}/{len(milestone.criteria)}"


def is_for_a_person(criterion: CriterionAssessment) -> bool:
    """Say whether a person has to make sure of it, and has not yet."""
    return criterion.state is CriterionState.MANUAL


def mark_of_criterion(criterion: CriterionAssessment) -> Piece:
    """Return the mark of how a criterion stands; what waits for a person stands out."""
    is_waiting = criterion.state in {CriterionState.MANUAL, CriterionState.UNTRUSTED}
    tone = Tone.ACCENT if is_waiting else tone_of_criterion(criterion.state)
    return Piece(CRITERION_MARKS[criterion.state], tone)


def age_words(criterion: CriterionAssessment, now: datetime) -> str:
    """Return how old the evidence of a criterion is, to the minute: `2h15`, or `now`."""
    if criterion.observed is None:
        return NOT_KNOWN
    hours = hours_between(criterion.observed, now)
    return hours_short(hours) if hours >= A_MINUTE else "now"


def _mark(row: CriterionRow) -> Line:
    return (mark_of_criterion(row.criterion),)


def _name(row: CriterionRow) -> Line:
    return (Piece(shorten(row.criterion.id), Tone.STRONG),)


def _state(row: CriterionRow) -> Line:
    state = row.criterion.state
    return (Piece(words_of(state), tone_of_criterion(state)),)


def _evidence(row: CriterionRow) -> Line:
    one = row.criterion
    source = f" · {shorten(one.source)}" if one.source and one.source not in one.detail else ""
    return (Piece(shorten(one.detail)), Piece(source, Tone.MUTED))


def _age(row: CriterionRow) -> Line:
    return (Piece(age_words(row.criterion, row.now), Tone.MUTED),)
