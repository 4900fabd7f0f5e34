"""`export`: a report for stakeholders, in the format they want."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator_tui.cli.echo import answer_document, complain
from orchestrator_tui.cli.options import AtOption, PathArgument, StateOption
from orchestrator_tui.cli.status import assessed, has_errors
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.presentation.reports.report import Audience

if TYPE_CHECKING:
    from orchestrator_tui.domain.ids import MissionId
    from orchestrator_tui.domain.summary import MilestoneSummary
    from orchestrator_tui.presentation.json_values import Json
    from orchestrator_tui.presentation.reports.report import Report


class ReportFormat(StrEnum):
    """How a report is written."""

    MD = "md"
    HTML = "html"
    CSV = "csv"
    JSON = "json"


def export(  # noqa: PLR0913 - one an option
    path: PathArgument,
    *,
    fmt: Annotated[ReportFormat, typer.Option("--format", help="How it is written.")],
    audience: Annotated[Audience, typer.Option(help="Whom it is for.")] = Audience.LEAD,
    milestone: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The summary of this milestone, or what belongs to it."),
    ] = None,
    at: AtOption = None,
    state: StateOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; else standard output.")
    ] = None,
) -> None:
    """Write a report on the missions at PATH, or the summary of one milestone."""
    assessment = assessed(path, at, state)
    text = (
        document(assessment, fmt, audience)
        if milestone is None
        else milestone_document(assessment, MilestoneId(milestone), fmt, audience)
    )
    if out is None:
        answer_document(text)
    else:
        from orchestrator_tui.io.output_files import replace

        replace(out, text)
    for each in assessment.problems:
        complain(str(each))
    if has_errors(assessment):
        raise typer.Exit(1)


def document(assessment: Assessment, fmt: ReportFormat, audience: Audience) -> str:
    """Return the report as it is written to a file."""
    from orchestrator_tui.presentation.reports.csv import csv_document
    from orchestrator_tui.presentation.reports.json import json_document
    from orchestrator_tui.presentation.reports.missions import mission_report

    if fmt is ReportFormat.CSV:
        return csv_document(assessment.missions, audience)
    if fmt is ReportFormat.JSON:
        return _json_text(json_document(assessment, audience))
    now = assessment.at
    return _prose([mission_report(each, now, audience) for each in assessment.missions], fmt)


def milestone_document(
    assessment: Assessment, milestone: MilestoneId, fmt: ReportFormat, audience: Audience
) -> str:
    """Return the summary of a milestone; for agents, and as CSV, the work that belongs to it.

    Raises MissionNotFound, with the nearest names, where no mission has it.
    """
    from orchestrator_tui.presentation.reports.json import json_document
    from orchestrator_tui.presentation.reports.milestone import summary_report

    scoped = _scoped(assessment, milestone)
    if fmt is ReportFormat.CSV or (audience is Audience.AGENTS and fmt is not ReportFormat.JSON):
        return document(scoped, fmt, audience)
    summaries = _summaries(assessment, milestone)
    if fmt is ReportFormat.JSON:
        return _json_text(json_document(scoped, audience, summaries=summaries))
    return _prose([summary_report(each) for each in summaries.values()], fmt)


def _prose(reports: "list[Report]", fmt: ReportFormat) -> str:
    from orchestrator_tui.presentation.reports.html import html_page
    from orchestrator_tui.presentation.reports.markdown import markdown_document

    return html_page(reports) if fmt is ReportFormat.HTML else markdown_document(reports)


def _json_text(told: "dict[str, Json]") -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _summaries(
    assessment: Assessment, milestone: MilestoneId
) -> "dict[MissionId, MilestoneSummary]":
    from orchestrator_tui.engine.summary import summarize

    return {
        each.id: summarize(each.mission, each.judgement, milestone, assessment.at)
        for each in assessment.missions
        if each.mission is not None
        and each.judgement is not None
        and milestone in each.mission.milestones
    }


def _scoped(assessment: Assessment, milestone: MilestoneId) -> Assessment:
    from orchestrator_tui.engine.naming import not_found
    from orchestrator_tui.presentation.reports.scope import of_milestone

    scoped = of_milestone(assessment, milestone)
    if scoped.missions:
        return scoped
    known = {
        each.id: None
        for mission in assessment.missions
        if mission.judgement is not None
        for each in mission.judgement.milestones
    }
    raise not_found("milestone", milestone, known)
