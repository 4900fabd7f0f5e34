"""Reports as Markdown. What agents wrote is text there: no link, no markup, no HTML."""

from collections.abc import Iterable, Sequence

from orchestrator_tui.domain.markdown import escaped
from orchestrator_tui.presentation.reports.report import Report, Section, Table


def markdown_document(reports: Sequence[Report]) -> str:
    """Return the reports as one Markdown document."""
    return "\n".join(line for each in reports for line in _report(each)).strip() + "\n"


def _report(report: Report) -> Iterable[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    yield f"*{escaped(report.subtitle)}*"
    yield ""
    yield escaped(report.summary)
    yield ""
    if report.figures:
        yield from _rows([[each.label, each.value] for each in report.figures], ["", ""])
    for each in report.sections:
        yield from _section(each)


def _section(section: Section) -> Iterable[str]:
    yield f"## {escaped(section.heading)}"
    yield ""
    for paragraph in section.paragraphs:
        yield escaped(paragraph)
        yield ""
    if section.items:
        yield from (f"- {escaped(each.text)}" for each in section.items)
        yield ""
    if section.table is not None and section.table.rows:
        yield from _table(section.table)


def _table(table: Table) -> Iterable[str]:
    rows = [[each.text for each in row] for row in table.rows]
    return _rows(rows, list(table.headings), table.numbers)


def _rows(
    rows: list[list[str]], headings: list[str], numbers: frozenset[int] = frozenset()
) -> Iterable[str]:
    yield _row(headings)
    yield _row(["--:" if at in numbers else "---" for at in range(len(headings))], is_raw=True)
    yield from (_row(each) for each in rows)
    yield ""


def _row(cells: list[str], *, is_raw: bool = False) -> str:
    return f"| {' | '.join(cells if is_raw else map(escaped, cells))} |"
