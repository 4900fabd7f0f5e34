"""Sums of consecutive tasks of a project, forecast when the first is estimated."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np

from orchestrator_tui.domain.experience import MOST_RECORDS
from orchestrator_tui.engine.forecasting.drawing.grid import cells_of
from orchestrator_tui.engine.forecasting.drawing.ratios import Ratios
from tests.bench.effort_methods import PERT, before
from tests.bench.effort_tasks import HIGH, LOW, Case, Floats, measured, records_of

SIZES = (10, 20, 40)
RUNS = 2_000
ANEW_AFTER = timedelta(days=90)
"""How long a dependence is kept before it is learned again."""


def covered(cases: Sequence[Case]) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Yield by size how many sums there were, and by method what share its 80 % covered."""
    records = records_of(cases)
    since = measured(cases)[0].day
    dependence: dict[int, float] = {}
    for size in SIZES:
        hits: dict[str, list[bool]] = defaultdict(list)
        for batch in _batches(cases, size):
            if batch[0].day < since:
                continue
            past = before(records, batch[0].day)[-MOST_RECORDS:]
            ratios = Ratios(past, batch[0].day)
            period = (batch[0].day - since) // ANEW_AFTER
            if period not in dependence:
                dependence[period] = ratios.dependence
            table = ratios.tables([each.wanted for each in batch])
            same = np.tile(np.exp(PERT), (size, 1))
            hits["PERT"].append(_covers(batch, same, 0.0))
            hits["independent"].append(_covers(batch, table, 0.0))
            hits["ours"].append(_covers(batch, table, dependence[period]))
        shares = {name: float(np.mean(each)) for name, each in hits.items()}
        yield size, len(hits["ours"]), shares


def _batches(cases: Sequence[Case], size: int) -> Iterator[list[Case]]:
    """Yield so many consecutive tasks of a project each, none twice, in the order of estimates."""
    projects: dict[str, list[Case]] = defaultdict(list)
    for each in cases:
        projects[each.record.category].append(each)
        if len(projects[each.record.category]) == size:
            yield projects.pop(each.record.category)


def _covers(batch: Sequence[Case], table: Floats, dependence: float) -> bool:
    """Say whether the hours of all are within the middle 80 % of what is drawn."""
    chance = np.random.default_rng(len(batch))
    shock = chance.standard_normal(RUNS)
    own = chance.standard_normal((len(batch), RUNS))
    cells = cells_of(np.sqrt(dependence) * shock + np.sqrt(1 - dependence) * own)
    hours = np.array([each.record.estimate_hours for each in batch])
    sums = hours @ np.take_along_axis(table, cells, axis=1)
    low, high = np.quantile(sums, (LOW, HIGH))
    return bool(low <= sum(each.record.actual_hours for each in batch) <= high)
