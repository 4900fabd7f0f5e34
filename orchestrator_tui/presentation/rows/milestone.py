"""One milestone: its facts, and the criteria that must hold."""

from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    tone_of_criterion,
    tone_of_milestone,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import NOT_KNOWN, percent, when, when_cells, words_of

LABEL_CELLS: Final = 9
RISKS_SHOWN: Final = 2
LONGEST_NAME: Final = 28

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
        return f"{one.id} {one.state.value} {one.detail}"


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
        Column("Evidence", _detail, 12, widest=200, keep=70),
        Column("Seen", _observed, when_cells(), keep=30, is_right=True),
    )


def milestone_paragraphs(one: MilestoneAssessment, now: datetime) -> tuple[Paragraph, ...]:
    """Return the facts of a milestone, in few lines."""
    status = f"{MILESTONE_MARKS[one.status]} {words_of(one.status)}"
    facts = [
        _fact(
            "Status", f"{status} · {percent(one.progress_percent)}", tone_of_milestone(one.status)
        ),
        _fact(
            "When",
            f"ETA {when(one.eta, now)} · due {when(one.due, now)}",
            Tone.WARN if one.is_late else Tone.PLAIN,
        ),
    ]
    if one.reviewer is not None:
        facts.append(_fact("Reviewer", one.reviewer))
    if one.risks:
        facts += [
            _fact("Risk" if not at else "", risk, tone_of_trouble(one.risk))
            for at, risk in enumerate(one.risks[:RISKS_SHOWN])
        ]
    return tuple(facts)


def is_for_a_person(criterion: CriterionAssessment) -> bool:
    """Say whether a person has to make sure of it, and has not yet."""
    return criterion.state is CriterionState.MANUAL


def _fact(label: str, text: str, tone: Tone = Tone.PLAIN) -> Paragraph:
    return Paragraph((Piece(fit(label, LABEL_CELLS), Tone.MUTED),), shorten(text), tone, most=1)


def _mark(row: CriterionRow) -> Line:
    state = row.criterion.state
    tone = Tone.ACCENT if is_for_a_person(row.criterion) else tone_of_criterion(state)
    return (Piece(CRITERION_MARKS[state], tone),)


def _name(row: CriterionRow) -> Line:
    return (Piece(shorten(row.criterion.id), Tone.STRONG),)


def _state(row: CriterionRow) -> Line:
    state = row.criterion.state
    return (Piece(words_of(state), tone_of_criterion(state)),)


def _detail(row: CriterionRow) -> Line:
    return (Piece(shorten(row.criterion.detail)),)


def _observed(row: CriterionRow) -> Line:
    observed = row.criterion.observed
    return (Piece(NOT_KNOWN if observed is None else when(observed, row.now), Tone.MUTED),)
