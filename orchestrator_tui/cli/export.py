"""`export`: a report for stakeholders, in the format they want."""

import json
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orchestrator_tui.cli.echo import answer_document, complain
from orchestrator_tui.cli.options import AtOption, PathArgument, StateOption
from orchestrator_tui.cli.status import assessed, has_errors
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.reports.report import Audience


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
        str | None, typer.Option(metavar="ID", help="Only what belongs to this milestone.")
    ] = None,
    at: AtOption = None,
    state: StateOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; else standard output.")
    ] = None,
) -> None:
    """Write a report on the missions at PATH."""
    assessment = assessed(path, at, state)
    shown = assessment if milestone is None else _scoped(assessment, milestone)
    text = document(shown, fmt, audience)
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
    from orchestrator_tui.presentation.reports.html import html_page
    from orchestrator_tui.presentation.reports.json import json_document
    from orchestrator_tui.presentation.reports.markdown import markdown_document
    from orchestrator_tui.presentation.reports.missions import mission_report

    if fmt is ReportFormat.CSV:
        return csv_document(assessment.missions, audience)
    if fmt is ReportFormat.JSON:
        told = json_document(assessment, audience)
        return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    reports = [mission_report(each, assessment.at, audience) for each in assessment.missions]
    return html_page(reports) if fmt is ReportFormat.HTML else markdown_document(reports)


def _scoped(assessment: Assessment, milestone: str) -> Assessment:
    from orchestrator_tui.presentation.reports.scope import of_milestone

    scoped = of_milestone(assessment, MilestoneId(milestone))
    if scoped.missions:
        return scoped
    known = [
        each.id
        for mission in assessment.missions
        if mission.judgement is not None
        for each in mission.judgement.milestones
    ]
    near = get_close_matches(milestone, known, n=1)
    hint = f": did you mean {near[0]}?" if near else ""
    raise MissionNotFound(f"there is no milestone {plain_text(milestone, limit=80)!r}{hint}")
