"""The reports that go out by themselves: what happened, then how the mission stands."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.standing import EscalationLevel, ReportOccasion, Standing
from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.domain.text import PlainText, shorten
from orchestrator_tui.presentation.reports.html import html_page
from orchestrator_tui.presentation.reports.markdown import markdown_document
from orchestrator_tui.presentation.reports.milestone import summary_report
from orchestrator_tui.presentation.reports.missions import mission_report
from orchestrator_tui.presentation.reports.plain import plain_text_document
from orchestrator_tui.presentation.reports.report import Audience
from orchestrator_tui.presentation.text.standing import overall_words
from orchestrator_tui.presentation.words import schedule_words, words_of

LONGEST_TITLE: Final = 120
_LONGEST_MISSION: Final = 40


class Update(NamedTuple):
    """Why a report goes out, and to whom."""

    occasion: ReportOccasion
    day: date
    """Where the mission is."""
    audience: Audience
    reader: str
    """The name of who gets it, safe to show."""


class Written(NamedTuple):
    """One report in every form in which it goes out."""

    title: str
    text: str
    """With the title in its first line."""
    markdown: str
    html: str


def written_update(
    mission: MissionAssessment,
    now: datetime,
    update: Update,
    milestone: MilestoneSummary | None = None,
) -> Written:
    """Return what is told; `milestone` is what was reached, where that is the occasion."""
    what = {
        ReportOccasion.DAILY: f"Daily report {update.day.isoformat()}",
        ReportOccasion.MILESTONE: "Milestone reached",
        ReportOccasion.REPLAN: "New plan",
    }[update.occasion]
    whole = mission_report(mission, now, update.audience, occasion=what, reader=update.reader)
    reports = [whole] if milestone is None else [summary_report(milestone), whole]
    title = _title(mission, what, "" if milestone is None else milestone.title)
    text = "\n".join((title, "", plain_text_document(reports)))
    return Written(title, text, markdown_document(reports), html_page(reports))


def _title(mission: MissionAssessment, what: str, about: str) -> str:
    """Return what it is, as much of how it stands as there is room for, and where."""
    where = f" · {shorten(mission.title, _LONGEST_MISSION)}"
    room = LONGEST_TITLE - len(what) - len(": ") - len(where)
    said = shorten(about, room)
    if not about and mission.judgement is not None:
        for each in _standing(mission.judgement):
            longer = f"{said}, {each}" if said else each
            said = PlainText(longer) if len(longer) <= room else said
    return f"{what}: {said}{where}"


def _standing(judgement: Judgement) -> Iterator[str]:
    """Yield how a mission stands, what matters most first: `67% complete`, `2% ahead`."""
    yield overall_words(judgement).text.lower()
    timeline, path = judgement.timeline, judgement.critical_path.status
    levels = [
        each.level
        for each in judgement.escalations
        if each.inhibited_by is None and each.level >= EscalationLevel.CRITICAL
    ]
    if levels:
        worst = max(levels)
        yield f"{levels.count(worst)} escalated to {worst.name.replace('_', ' ')}"
    yield schedule_words(timeline.status, timeline.variance_percent)
    if path is not Standing.ON_TRACK:
        yield f"critical path {words_of(path)}"
