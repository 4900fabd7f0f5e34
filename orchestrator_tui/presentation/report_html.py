"""Reports as one HTML page: nothing is loaded, nothing runs, and it prints well."""

from collections.abc import Iterable, Sequence
from html import escape

from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.report import Cell, Figure, Report, Section, Table
from orchestrator_tui.presentation.report_style import STYLE

_PAGE = """\
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
    classes = ['class="number"' if at in table.numbers else "" for at in range(len(table.headings))]
    yield '<div class="scroll"><table><thead><tr>'
    for heading, kind in zip(table.headings, classes, strict=True):
        yield f'<th scope="col" {kind}>{escape(heading)}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows:
        cells = zip(row, classes, strict=True)
        yield "<tr>" + "".join(f"<td {kind}>{_cell(each)}</td>" for each, kind in cells) + "</tr>"
    yield "</tbody></table></div>"


def _cell(cell: Cell) -> str:
    text = f"<span{_tone(cell.tone)}>{escape(cell.text)}</span>"
    if cell.percent is None:
        return text
    filled = min(100.0, max(0.0, cell.percent))
    return f'<span class="bar"><i style="width:{filled:.1f}%"></i></span> {text}'


def _tone(tone: Tone) -> str:
    return "" if tone is Tone.PLAIN else f' class="{tone.value}"'
