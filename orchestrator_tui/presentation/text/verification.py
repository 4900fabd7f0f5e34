"""The verification of one milestone as lines of text."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.milestone import CRITERION_MARKS
from orchestrator_tui.presentation.tones import tone_of_criterion
from orchestrator_tui.presentation.words import count_words, hours_between, score, words_of

_STATE_CELLS: Final = max(len(each.value) for each in CriterionState)
_MOST_NAME_CELLS: Final = 28
_A_SECOND: Final = 1 / 3600


def verification_lines(milestone: MilestoneAssessment, now: datetime) -> Iterator[Line]:
    """Yield the milestone, each criterion, each missing deliverable, and what follows."""
    has_title = milestone.title != milestone.id
    yield (
        Piece(shorten(milestone.title), Tone.STRONG),
        Piece(f"  {milestone.id}" if has_title else "", Tone.MUTED),
        Piece(f"  {words_of(milestone.status)}, quality {score(milestone.quality_score)}"),
    )
    names = [width_of(each.id) for each in milestone.criteria]
    width = min(_MOST_NAME_CELLS, max(names, default=0))
    for each in milestone.criteria:
        yield from _criterion_lines(each, width, now)
    for pattern in milestone.missing_deliverables:
        yield (Piece(f"✗ missing deliverable: {shorten(pattern)}", Tone.ALARM),)
    yield _conclusion(milestone)


def _criterion_lines(each: CriterionAssessment, width: int, now: datetime) -> Iterator[Line]:
    tone = tone_of_criterion(each.state)
    found = [Piece(f"{CRITERION_MARKS[each.state]} {each.state.value:{_STATE_CELLS}}  ", tone)]
    found += [Piece(f"{fit(each.id, width)}  ", Tone.STRONG), Piece(shorten(each.detail))]
    aside = [each.source] if each.source and each.source not in each.detail else []
    if each.observed is not None:
        hours = hours_between(each.observed, now)
        aside.append(f"{hours_words(hours)} ago" if hours >= _A_SECOND else "now")
    if aside:
        found.append(Piece(f"  ({', '.join(map(shorten, aside))})", Tone.MUTED))
    yield tuple(found)
    if each.state is CriterionState.UNTRUSTED and each.command is not None:
        yield (Piece("  It was not run: a person has to allow it in the app.", Tone.WARN),)


def _conclusion(milestone: MilestoneAssessment) -> Line:
    if milestone.is_verified:
        return (Piece("Verified: every criterion is met.", Tone.GOOD),)
    met = sum(each.is_met for each in milestone.criteria)
    all_of_them = count_words(len(milestone.criteria), "criterion", "criteria")
    said = f"Not verified: {met} of {all_of_them} met"
    if milestone.missing_deliverables:
        missing = count_words(len(milestone.missing_deliverables), "deliverable", "deliverables")
        said += f", {missing} missing"
    return (Piece(f"{said}.", Tone.ALARM),)
