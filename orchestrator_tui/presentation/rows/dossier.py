"""What is known of one milestone beside its criteria, in paragraphs with a label each."""

from collections.abc import Iterable, Iterator
from typing import Final

from orchestrator_tui.domain.foresight import FinishRange
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone, fit
from orchestrator_tui.presentation.rows.matrix import completed_at
from orchestrator_tui.presentation.rows.milestones import FORGED
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    tone_of_milestone,
    tone_of_score,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import (
    chance,
    count_words,
    percent,
    score,
    stamp,
    words_of,
)

LABEL_CELLS: Final = 11
LINES_OF_A_FACT: Final = 6
LISTED: Final = 30
"""Of one kind; more are counted."""
BLANK: Final = Paragraph((), "")
_CHECKED = {True: ("✓ ", Tone.GOOD), False: ("✗ ", Tone.ALARM), None: ("□ ", Tone.MUTED)}


def about_paragraphs(
    one: MilestoneAssessment,
    summary: MilestoneSummary | None,
    blockers: tuple[str, ...],
    approvers: str,
    *,
    drawn: FinishRange | None = None,
) -> tuple[Paragraph, ...]:
    """Return what is known of a milestone; `summary` is absent where it is not at hand.

    `blockers` are the titles of those that are open, `approvers` names who may approve it, and
    `drawn` is when it may finish.
    """
    return (
        *_standing(one, drawn),
        *decision_paragraphs(one),
        *listed("Held by", one.held_by, Tone.WARN),
        *listed("Blocked by", blockers, Tone.WARN),
        *listed("Missing", one.missing_deliverables, Tone.WARN),
        *_people(one, approvers),
        *_reviewed(summary),
        *_deviations_and_risks(one, summary),
        *_decided(summary),
    )


def fact(label: str, text: str, tone: Tone = Tone.PLAIN, *, under: str = "") -> Paragraph:
    """Return a labelled sentence."""
    lead = (Piece(fit(label, LABEL_CELLS), Tone.MUTED),)
    return Paragraph(lead, shorten(text), tone, under=shorten(under), most=LINES_OF_A_FACT)


def listed(label: str, texts: Iterable[str], tone: Tone = Tone.PLAIN) -> Iterator[Paragraph]:
    """Yield texts below one label; nothing where there are none."""
    found = tuple(texts)
    for at, each in enumerate(found[:LISTED]):
        yield fact("" if at else label, each, tone)
    if len(found) > LISTED:
        yield fact("", f"… and {len(found) - LISTED} more", Tone.MUTED)


def checked_items(summary: MilestoneSummary, label: str = "Checklist") -> Iterator[Paragraph]:
    """Yield the reviewer's checklist, each item with what the review says of it."""
    for at, each in enumerate(summary.checklist[:LISTED]):
        mark, tone = _CHECKED[each.is_checked]
        lead = (Piece(fit("" if at else label, LABEL_CELLS), Tone.MUTED), Piece(mark, tone))
        yield Paragraph(lead, shorten(each.text))
    if len(summary.checklist) > LISTED:
        yield fact("", f"… and {len(summary.checklist) - LISTED} more", Tone.MUTED)


def decision_paragraphs(one: MilestoneAssessment) -> Iterator[Paragraph]:
    """Yield what was decided of a milestone, what is wrong with that, and what is forged."""
    if one.forged:
        yield Paragraph((), FORGED, Tone.ALARM)
        yield fact("", one.forged, Tone.ALARM, under="It changes nothing.")
    approval = one.approval
    if approval is not None:
        is_approved = approval.decision is ApprovalDecision.APPROVED
        said = f"“{approval.comment}”" if approval.comment else ""
        yield fact(
            "Approval" if is_approved else "Rejection",
            f"{words_of(approval.decision)} by {approval.by} at {stamp(approval.at)}",
            Tone.GOOD if is_approved else Tone.ALARM,
            under=said,
        )
        if approval.has_changed_since:
            yield fact("", "The evidence has changed since.", Tone.WARN)
        if approval.is_suspicious:
            yield fact("", "Suspicious: it was hardly looked at.", Tone.WARN)
    if one.rework_count:
        yield fact("Sent back", count_words(one.rework_count, "time"), Tone.WARN)


def _standing(one: MilestoneAssessment, drawn: FinishRange | None) -> Iterator[Paragraph]:
    status = f"{MILESTONE_MARKS[one.status]} {words_of(one.status)}"
    tone = tone_of_milestone(one.status)
    yield fact("Status", f"{status} · {percent(one.progress_percent)}", tone)
    if one.status is MilestoneStatus.COMPLETED:
        yield fact("Completion", stamp(completed_at(one)))
    else:
        yield _expected(one)
    if drawn is not None:
        yield fact("Forecast", _range_words(drawn))
    if one.due is not None:
        odds = one.probability_on_time
        sure = "" if odds is None else f" · on time with {chance(odds)}"
        yield fact("Due", f"{stamp(one.due)}{sure}")
    if one.quality_score is not None:
        yield fact("Quality", f"{score(one.quality_score)}/100", tone_of_score(one.quality_score))


def _range_words(drawn: FinishRange) -> str:
    middle, late = drawn.by(0.5), drawn.by(0.9)
    return f"P50 {stamp(middle)} · P90 {stamp(late) if late is not None else 'never'}"


def _expected(one: MilestoneAssessment) -> Paragraph:
    tone = Tone.WARN if one.is_late else Tone.PLAIN
    if one.status is MilestoneStatus.PENDING:
        return fact("Start", f"{stamp(one.start)} · ETA {stamp(one.eta)}", tone)
    is_at_work = one.status is MilestoneStatus.IN_PROGRESS
    return fact("ETA" if is_at_work else "Work done", stamp(one.eta), tone)


def _people(one: MilestoneAssessment, approvers: str) -> Iterator[Paragraph]:
    if one.after:
        yield fact("Depends on", ", ".join(one.after))
    if one.is_gate:
        yield fact("Gate", "what comes after it waits for its approval")
    if one.agents:
        yield fact("Assigned", ", ".join(one.agents))
    if approvers:
        yield fact("Approvers", approvers)
    if one.reviewer is not None:
        yield fact("Reviewer", one.reviewer)


def _reviewed(summary: MilestoneSummary | None) -> Iterator[Paragraph]:
    if summary is None:
        return
    if summary.review:
        yield fact("Review", summary.review)
    yield from checked_items(summary)


def _deviations_and_risks(
    one: MilestoneAssessment, summary: MilestoneSummary | None
) -> Iterator[Paragraph]:
    if summary is not None:
        told = {each.rstrip(".") for each in one.held_by}
        others = (each for each in summary.deviations if each.rstrip(".") not in told)
        yield from listed("Deviations", others)
    risks = one.risks if summary is None else summary.risks
    if one.status is not MilestoneStatus.COMPLETED:
        tone = tone_of_trouble(one.risk)
        yield fact("Risk", words_of(one.risk), tone)
        yield from listed("", risks)


def _decided(summary: MilestoneSummary | None) -> Iterator[Paragraph]:
    for at, each in enumerate(() if summary is None else summary.decisions[:LISTED]):
        by = f" ({each.by})" if each.by else ""
        yield fact("" if at else "Decisions", f"{each.title}{by}", under=each.why)
