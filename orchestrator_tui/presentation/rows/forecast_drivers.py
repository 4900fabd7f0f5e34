"""What decides when something finishes: the tasks that weigh most."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.foresight import WHOLE, FinishRange, Foresight
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.words import NOT_KNOWN, bar_pieces, percent

TITLE_CELLS: Final = 14
BAR_CELLS: Final = 8
NO_DRIVERS: Final = says("No single task decides it.")


class DriverRow(NamedTuple):
    """A task, and how far it decides when something finishes."""

    key: str
    title: str
    agent: str
    weight: float | None
    """From 0 to 1; None where it is no driver of what is chosen."""
    critical: float | None
    """The share of runs, from 0 to 1, in which it decided the mission's finish."""

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.key} {self.title} {self.agent}"


def driver_rows(judgement: Judgement, drawn: FinishRange | None) -> tuple[DriverRow, ...]:
    """Return the tasks that decide when the chosen one finishes, the heaviest first.

    Of the whole mission, also those that were critical in some of the runs.
    """
    foresight = judgement.foresight
    if drawn is None or foresight is None:
        return ()
    weights = {each.task: each.weight for each in drawn.drivers}
    shown = list(weights)
    if drawn.subject == WHOLE:
        often = sorted(foresight.criticality.items(), key=lambda each: -each[1])
        shown += [task for task, share in often if share > 0 and task not in weights]
    tasks = {each.id: each for each in judgement.tasks}
    return tuple(_driver(each, tasks.get(each), weights, foresight) for each in shown)


def _driver(
    task: TaskId,
    entry: TaskAssessment | None,
    weights: dict[TaskId, float],
    foresight: Foresight,
) -> DriverRow:
    return DriverRow(
        task,
        task if entry is None else entry.title,
        "" if entry is None or entry.agent is None else entry.agent,
        weights.get(task),
        foresight.criticality.get(task),
    )


def driver_columns(rows: Sequence[DriverRow]) -> tuple[Column, ...]:
    """Return the columns of what decides; no weights where none is known."""
    longest = max((width_of(shorten(each.title, 60)) for each in rows), default=TITLE_CELLS)
    weights = (
        Column("", _weight_bar, BAR_CELLS, keep=50),
        Column("Weight", _weight, 6, keep=90, is_right=True),
    )
    return (
        Column("Task", _driver_title, TITLE_CELLS, widest=min(40, longest), keep=100),
        Column("Agent", _agent, 10, widest=18, keep=40),
        *(weights if any(each.weight is not None for each in rows) else ()),
        Column("Critical", _critical, 8, keep=95, is_right=True),
    )


def _driver_title(row: DriverRow) -> Line:
    return (Piece(shorten(row.title)),)


def _agent(row: DriverRow) -> Line:
    return (Piece(shorten(row.agent), Tone.MUTED),)


def _weight_bar(row: DriverRow) -> Line:
    return bar_pieces(None if row.weight is None else row.weight * 100, BAR_CELLS)


def _weight(row: DriverRow) -> Line:
    if row.weight is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    return (Piece(f"{row.weight:.2f}"),)


def _critical(row: DriverRow) -> Line:
    if row.critical is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    return (Piece(percent(row.critical * 100)),)
