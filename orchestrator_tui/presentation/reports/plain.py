"""Reports as plain text, for chats and terminals: short lines, and no mark that a chat acts on."""

from collections.abc import Iterable, Sequence
from typing import Final

from orchestrator_tui.presentation.reports.report import Cell, Report, Section, Table
from orchestrator_tui.presentation.words import NOT_KNOWN

_UNTOLD: Final = frozenset({"", NOT_KNOWN})


def plain_text_document(reports: Sequence[Report]) -> str:
    """Return the reports as lines of text; what is not known is left out."""
    return "\n".join(line for each in reports for line in _report(each)).strip() + "\n"


def _report(report: Report) -> Iterable[str]:
    yield report.title
    yield report.subtitle
    yield ""
    yield report.summary
    yield ""
    yield from (f"{each.label}: {each.value}" for each in report.figures)
    for each in report.sections:
        yield ""
        yield from _section(each)
    yield ""


def _section(section: Section) -> Iterable[str]:
    yield section.heading.upper()
    yield from section.paragraphs
    yield from (f"- {each.text}" for each in section.items)
    if section.table is not None:
        yield from (f"- {_row(section.table, each)}" for each in section.table.rows)


def _row(table: Table, row: tuple[Cell, ...]) -> str:
    """Return a row as its name and what is known of it: `API design · status: COMPLETED · …`."""
    at = next((at for at in range(len(row)) if at not in table.numbers), 0)
    told = [
        f"{heading if heading.isupper() else heading.lower()}: {cell.text}"
        for heading, cell in zip(table.headings[at + 1 :], row[at + 1 :], strict=True)
        if cell.text not in _UNTOLD
    ]
    return " · ".join((row[at].text, *told))
