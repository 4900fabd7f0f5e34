"""Reports as one HTML page: nothing is loaded, nothing runs, and it prints well."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.reports.report import Cell, Figure, Report, Section, Table
from orchestrator_tui.presentation.reports.style import STYLE

SHORT: Final = 18
"""Characters that a cell may have to be never broken into lines: a date, a state."""

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def html_page(reports: Sequence[Report]) -> str:
    """Return the reports as one page; every text is escaped."""
    title = " · ".join(each.title for each in reports) or "No missions"
    body = "\n".join(line for each in reports for line in _report(each))
    return _PAGE.format(title=escape(title), style=STYLE, body=body)


def _report(report: Report) -> Iterable[str]:
    yield "<main>"
    yield f"<header><h1>{escape(report.title)}</h1><p>{escape(report.subtitle)}</p></header>"
    yield f'<p class="summary">{escape(report.summary)}</p>'
    if report.figures:
        yield '<dl class="figures">'
        yield from (_figure(each) for each in report.figures)
        yield "</dl>"
    for each in report.sections:
        yield from _section(each)
    yield "</main>"


def _figure(figure: Figure) -> str:
    return (
        f"<div><dt>{escape(figure.label)}</dt>"
        f"<dd{_tone(figure.tone)}>{escape(figure.value)}</dd></div>"
    )


def _section(section: Section) -> Iterable[str]:
    yield f"<section><h2>{escape(section.heading)}</h2>"
    yield from (f"<p>{escape(each)}</p>" for each in section.paragraphs)
    if section.items:
        yield "<ul>"
        yield from (f"<li{_tone(each.tone)}>{escape(each.text)}</li>" for each in section.items)
        yield "</ul>"
    if section.table is not None and section.table.rows:
        yield from _table(section.table)
    yield "</section>"


def _table(table: Table) -> Iterable[str]:
    sides = ["number" if at in table.numbers else "" for at in range(len(table.headings))]
    yield '<div class="scroll"><table><thead><tr>'
    for heading, side in zip(table.headings, sides, strict=True):
        yield f'<th scope="col" class="whole {side}">{escape(heading)}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows:
        cells = (_cell(each, side) for each, side in zip(row, sides, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _cell(cell: Cell, side: str) -> str:
    text = f"<span{_tone(cell.tone)}>{escape(cell.text)}</span>"
    if cell.percent is not None:
        filled = min(100.0, max(0.0, cell.percent))
        text = f'<span class="bar"><i style="width:{filled:.1f}%"></i></span> {text}'
    whole = "whole " if len(cell.text) <= SHORT else ""
    return f'<td class="{whole}{side}">{text}</td>'


def _tone(tone: Tone) -> str:
    return "" if tone is Tone.PLAIN else f' class="{tone.value}"'
