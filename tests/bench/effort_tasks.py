"""Finished tasks of a published set, and how forecasts of them are scored.

SiP (Derek M. Jones and Stephen Cullum, arXiv 1901.01621): a row for each developer of a task. A
task counts once, with the hours of all; its agent is the developer listed first, its category the
sub-category. The set names no projects: the tasks of one sub-category stand for a project.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from orchestrator_tui.domain.experience import WorkRecord
from orchestrator_tui.engine.forecasting.drawing.grid import cells_of
from orchestrator_tui.engine.forecasting.wanted import Wanted

Floats = NDArray[np.float64]

LEVELS = np.arange(1, 200) / 200
_CELLS = cells_of(np.array([NormalDist().inv_cdf(each) for each in LEVELS]))
GROUP_OF = 10
"""Consecutive tasks of a project that are one group, from which dependence is learned."""
LEARNED_FROM = 0.4
"""The first of the tasks, on which the constants were tuned, and which are not measured."""
LOW, HIGH = 0.1, 0.9
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """A task to be forecast on a day, from what was finished on earlier days."""

    day: datetime
    record: WorkRecord

    @property
    def wanted(self) -> Wanted:
        """Return what is asked about it."""
        one = self.record
        return Wanted(one.estimate_hours, one.agent, one.category)

    @property
    def off(self) -> float:
        """Return log(actual / estimate)."""
        return float(np.log(self.record.actual_hours / self.record.estimate_hours))


def read_cases(path: Path) -> list[Case]:
    """Return each task with the day of its estimate, in the order of the estimates."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    first = {row["task"]: row for row in reversed(rows)}
    made = sorted(first.values(), key=lambda row: (row["estimated_on"], int(row["task"])))
    so_far: Counter[str] = Counter()
    cases = []
    for row in made:
        project = row["subcategory"]
        group = f"{project} {so_far[project] // GROUP_OF}"
        so_far[project] += 1
        ended = _day(row["completed_on"]) + timedelta(hours=12)
        hours = float(row["hours_estimate"]), float(row["task_hours_actual"])
        record = WorkRecord("sip", row["task"], ended, *hours, row["developer"], project, group)
        cases.append(Case(_day(row["estimated_on"]), record))
    return cases


def as_completed(cases: Sequence[Case]) -> list[Case]:
    """Return the cases in order of completion, each forecast on the day on which it ended."""
    last = sorted(cases, key=lambda each: (each.record.finished, int(each.record.task)))
    return [replace(each, day=each.record.finished - timedelta(hours=12)) for each in last]


def measured(cases: Sequence[Case]) -> Sequence[Case]:
    """Return those that are measured."""
    return cases[int(LEARNED_FROM * len(cases)) :]


def records_of(cases: Sequence[Case]) -> list[WorkRecord]:
    """Return the records in order of completion."""
    return sorted((each.record for each in cases), key=lambda each: (each.finished, each.key))


def at_levels(table: Floats) -> Floats:
    """Return the quantiles at `LEVELS` of tables by cell: what a draw would take."""
    return table[..., _CELLS]


def scores(quantiles: Floats, cases: Sequence[Case]) -> tuple[float, float]:
    """Return the mean CRPS of forecasts of log(actual / estimate), and what 80 % covers.

    CRPS as twice the mean pinball loss. Coverage by randomised PIT: of what has exactly the value
    of many quantiles, that part counts as covered that lies within the interval.
    """
    off = np.array([each.off for each in cases])[:, None]
    apart = off - quantiles
    crps = 2 * np.mean(np.maximum(LEVELS * apart, (LEVELS - 1) * apart))
    below, up_to = (quantiles < off - NEAR).mean(axis=1), (quantiles <= off + NEAR).mean(axis=1)
    within = np.clip(np.minimum(up_to, HIGH) - np.maximum(below, LOW), 0, None)
    inside = ((below >= LOW) & (below <= HIGH)).astype(float)
    width = up_to - below
    covered = np.divide(within, width, out=inside, where=width > NEAR)
    return float(crps), float(covered.mean())


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
