"""What an approver is shown of a milestone before deciding, and what deciding takes."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from orchestrator_tui.domain.summary import Delivered, MilestoneSummary
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit
from orchestrator_tui.presentation.rows.dossier import (
    BLANK,
    LISTED,
    checked_items,
    decision_paragraphs,
    fact,
    listed,
)
from orchestrator_tui.presentation.rows.milestone import age_words, mark_of_criterion
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import (
    MILESTONE_MARKS,
    tone_of_criterion,
    tone_of_milestone,
    tone_of_score,
)
from orchestrator_tui.presentation.words import count_words, score, words_of

NOTHING: Final = "none"
_THERE = {True: ("✓ ", Tone.GOOD), False: ("✗ ", Tone.ALARM), None: ("○ ", Tone.MUTED)}
_WORK_TO_COME = frozenset({MilestoneStatus.PENDING, MilestoneStatus.IN_PROGRESS})


class Terms(NamedTuple):
    """What deciding on a milestone takes."""

    milestone: str
    """Its id."""
    lacks: tuple[str, ...] = ()
    """Sentences: what speaks against it. With any, an approval must be typed and explained."""
    refusal: str = ""
    """Why nothing can be decided; empty where it can."""

    def question(self, decision: ApprovalDecision, *, has_typed: bool) -> Line:
        """Return what is asked for next, once somebody wants to decide."""
        if decision is ApprovalDecision.REJECTED:
            return (Piece(" Reject: ", Tone.ALARM), Piece("what does it need?"))
        if not self.lacks:
            return (Piece(" Approve: ", Tone.GOOD), Piece("a comment, or nothing"))
        if has_typed:
            return (Piece(" Approve: ", Tone.WARN), Piece("say why, although it lacks something"))
        return (
            Piece(" Approve although it lacks something: ", Tone.WARN),
            Piece("type "),
            Piece(shorten(self.milestone), Tone.STRONG),
        )

    def needs_typing(self, decision: ApprovalDecision) -> bool:
        """Say whether the milestone's id must be typed."""
        return decision is ApprovalDecision.APPROVED and bool(self.lacks)

    def needs_comment(self, decision: ApprovalDecision) -> bool:
        """Say whether a comment must be given."""
        return decision is ApprovalDecision.REJECTED or bool(self.lacks)


def why_not_yet(one: MilestoneAssessment) -> str:
    """Return why there is nothing to decide on yet; empty where there is."""
    if one.status in _WORK_TO_COME:
        return f"{one.id} is {words_of(one.status)}: its tasks are not finished"
    return ""


def approval_paragraphs(
    one: MilestoneAssessment, summary: MilestoneSummary, terms: Terms
) -> tuple[Paragraph, ...]:
    """Return the summary of a milestone, for who decides on it."""
    return (
        *_standing(one, summary),
        *decision_paragraphs(one),
        *listed("Lacks", terms.lacks, Tone.WARN),
        *_section("Asked", (fact("", each) for each in summary.asked)),
        *_section("Delivered", map(_delivered, summary.delivered)),
        *_section("Evidence", (_criterion(each, summary) for each in summary.criteria)),
        *_section("Review", _review(summary)),
        *_section("Deviations from the plan", (fact("", each) for each in summary.deviations)),
        *_section("Risks", (fact("", each) for each in summary.risks)),
        *_section("Decisions", _decisions(summary)),
    )


def _standing(one: MilestoneAssessment, summary: MilestoneSummary) -> Iterator[Paragraph]:
    status = f"{MILESTONE_MARKS[one.status]} {words_of(one.status)}"
    yield fact("Status", status, tone_of_milestone(one.status))
    if summary.quality_score is not None:
        tone = tone_of_score(summary.quality_score)
        yield fact("Quality", f"{score(summary.quality_score)}/100", tone)


def _section(title: str, paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    found = tuple(paragraphs)
    yield BLANK
    yield Paragraph((), title, Tone.STRONG)
    yield from (_set_in(each) for each in found[:LISTED])
    if len(found) > LISTED:
        yield _line("  ", f"… and {count_words(len(found) - LISTED, 'more', 'more')}", Tone.MUTED)
    if not found:
        yield _line("  ", NOTHING, Tone.MUTED)


def _set_in(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph without the room for a label, a little set in."""
    lead = paragraph.lead
    if lead and not lead[0].text.strip():
        lead = lead[1:]
    return paragraph._replace(lead=(Piece("  "), *lead))


def _line(lead: str, text: str, tone: Tone = Tone.PLAIN, *, under: str = "") -> Paragraph:
    return Paragraph((Piece(lead),), shorten(text), tone, under=shorten(under))


def _delivered(each: Delivered) -> Paragraph:
    mark, tone = _THERE[each.exists]
    whose = f" · {each.agent}" if each.agent else ""
    return Paragraph((Piece(mark, tone),), shorten(each.pattern), under=f"{each.title}{whose}")


def _criterion(each: CriterionAssessment, summary: MilestoneSummary) -> Paragraph:
    age = "" if each.observed is None else age_words(each, summary.at)
    seen = f"{age} old" if age and age != "now" else age
    under = " · ".join(part for part in (each.source, seen) if part)
    lead = (
        mark_of_criterion(each),
        Piece(" "),
        Piece(fit(words_of(each.state), 10), tone_of_criterion(each.state)),
    )
    return Paragraph(lead, f"{each.id}: {shorten(each.detail)}", under=shorten(under))


def _review(summary: MilestoneSummary) -> Iterator[Paragraph]:
    if summary.review:
        yield fact("", summary.review)
    elif summary.reviewer is not None:
        yield fact("", f"{summary.reviewer} has not reviewed it", Tone.MUTED)
    yield from checked_items(summary, "")


def _decisions(summary: MilestoneSummary) -> Iterator[Paragraph]:
    for each in summary.decisions:
        by = f" ({each.by})" if each.by else ""
        yield fact("", f"{each.title}{by}", under=each.why)
