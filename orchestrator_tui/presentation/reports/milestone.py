"""The summary of one milestone as a report: what whoever approves it is shown."""

from typing import Final

from orchestrator_tui.domain.summary import ChecklistItem, Delivered, KeyDecision, MilestoneSummary
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.reports.report import Cell, Figure, Report, Section, Table
from orchestrator_tui.presentation.tones import (
    tone_of_criterion,
    tone_of_milestone,
    tone_of_score,
)
from orchestrator_tui.presentation.words import NOT_KNOWN, date_time, score, words_of

NONE_FOUND: Final = "None."
_THERE: Final = {
    True: Cell("there", Tone.GOOD),
    False: Cell("missing", Tone.ALARM),
    None: Cell("nobody looked", Tone.MUTED),
}
_SAID: Final = {
    True: Cell("yes", Tone.GOOD),
    False: Cell("no", Tone.ALARM),
    None: Cell(NOT_KNOWN, Tone.MUTED),
}


def summary_report(summary: MilestoneSummary) -> Report:
    """Return the summary of a milestone as a report."""
    sections = (
        Section("Asked", items=_cells(summary.asked)),
        Section("Delivered", table=_deliverables(summary.delivered)),
        Section("Evidence", table=_evidence(summary)),
        _review(summary),
        _listed("Deviations", summary.deviations, Tone.WARN),
        _listed("Risks", summary.risks, Tone.WARN),
        Section("Decisions", table=_decisions(summary.decisions)),
    )
    return Report(
        title=f"{summary.title} ({summary.id})",
        subtitle=f"{summary.mission}, {date_time(summary.at)} UTC",
        summary=_in_one_sentence(summary),
        figures=_figures(summary),
        sections=tuple(each for each in sections if not each.is_empty),
    )


def _in_one_sentence(summary: MilestoneSummary) -> str:
    met = sum(each.is_met for each in summary.criteria)
    there = sum(each.exists is True for each in summary.delivered)
    parts = [f"{met} of {len(summary.criteria)} criteria are met"] if summary.criteria else []
    if summary.delivered:
        parts.append(f"{there} of {len(summary.delivered)} deliverables are there")
    status = words_of(summary.status).capitalize()
    return f"{status}: {', '.join(parts)}." if parts else f"{status}."


def _figures(summary: MilestoneSummary) -> tuple[Figure, ...]:
    quality = summary.quality_score
    told = NOT_KNOWN if quality is None else f"{score(quality)}/100"
    return (
        Figure("Status", words_of(summary.status), tone_of_milestone(summary.status)),
        Figure("Type", words_of(summary.type)),
        Figure("Quality", told, tone_of_score(quality)),
        Figure("Reviewer", summary.reviewer or NOT_KNOWN),
        Figure("Evidence (SHA-256)", summary.evidence_digest or NOT_KNOWN, Tone.MUTED),
    )


def _cells(texts: tuple[str, ...], tone: Tone = Tone.PLAIN) -> tuple[Cell, ...]:
    return tuple(Cell(shorten(each), tone) for each in texts)


def _listed(heading: str, texts: tuple[str, ...], tone: Tone) -> Section:
    """Return a section that is there even where there is nothing to tell: that is told, too."""
    return Section(heading, () if texts else (NONE_FOUND,), _cells(texts, tone))


def _deliverables(delivered: tuple[Delivered, ...]) -> Table:
    return Table(
        ("Deliverable", "State", "Task", "Agent"),
        tuple(
            (
                Cell(shorten(each.pattern), Tone.STRONG),
                _THERE[each.exists],
                Cell(shorten(each.title)),
                Cell(each.agent or NOT_KNOWN),
            )
            for each in delivered
        ),
    )


def _evidence(summary: MilestoneSummary) -> Table:
    return Table(
        ("Criterion", "State", "Evidence", "Source", "Observed"),
        tuple(
            (
                Cell(each.id, Tone.STRONG),
                Cell(words_of(each.state), tone_of_criterion(each.state)),
                Cell(shorten(each.detail)),
                Cell(shorten(each.source) or NOT_KNOWN),
                Cell(date_time(each.observed)),
            )
            for each in summary.criteria
        ),
    )


def _review(summary: MilestoneSummary) -> Section:
    said = shorten(summary.review)
    if not said and summary.reviewer:
        said = shorten(f"{summary.reviewer} has not reviewed it.")
    elif not said:
        said = shorten("Nobody has reviewed it.")
    return Section("Review", (said,), table=_checklist(summary.checklist))


def _checklist(items: tuple[ChecklistItem, ...]) -> Table:
    return Table(
        ("Item", "What to look at", "Review"),
        tuple(
            (Cell(shorten(each.id)), Cell(shorten(each.text)), _SAID[each.is_checked])
            for each in items
        ),
    )


def _decisions(decisions: tuple[KeyDecision, ...]) -> Table:
    return Table(
        ("Decision", "Why", "By", "At"),
        tuple(
            (
                Cell(shorten(each.title), Tone.STRONG),
                Cell(shorten(each.why) or NOT_KNOWN),
                Cell(shorten(each.by) or NOT_KNOWN),
                Cell(date_time(each.at)),
            )
            for each in decisions
        ),
    )
