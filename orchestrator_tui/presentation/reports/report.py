"""A report as data: the same for every format it is written in."""

from enum import StrEnum
from typing import NamedTuple

from orchestrator_tui.presentation.lines import Tone


class Audience(StrEnum):
    """Whom a report is for."""

    LEAD = "lead"
    """Everything."""
    MANAGEMENT = "management"
    """Dates, risks, escalations and decisions; of agents only on whom an escalation is."""
    AGENTS = "agents"
    """Who does what next, and who waits for whom."""


class Cell(NamedTuple):
    """One value of a table."""

    text: str
    tone: Tone = Tone.PLAIN
    percent: float | None = None
    """Where a bar is drawn beside the text, how full it is."""


class Table(NamedTuple):
    """Rows under headings; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns that are aligned to the right."""


class Section(NamedTuple):
    """A part of a report; what is empty is left out."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Cell, ...] = ()
    table: Table | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing under the heading."""
        return not (self.paragraphs or self.items or (self.table and self.table.rows))


class Figure(NamedTuple):
    """One number that stands at the top of a report."""

    label: str
    value: str
    tone: Tone = Tone.PLAIN


class Report(NamedTuple):
    """What one mission's report says."""

    title: str
    subtitle: str
    summary: str
    """One sentence that says how it stands."""
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
