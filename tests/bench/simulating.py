"""How honest forecasts are: sprints of the demo's team, each with a seed, in one history.

The team learns from one sprint to the next. `SIMULATED_SPRINTS` says how many there are.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.live.measuring.measured import measured
from tests.bench.table import Row
from tests.simulation.sprints import MONDAY, Office, play, quietly

SPRINTS = 20
BEAT = timedelta(seconds=5)
BEATS_A_LOOK = 2
LEAST, MOST = 70.0, 90.0
"""Per cent of the ends that lie in their 80 % intervals."""


def measure() -> Iterator[Row]:
    """Yield the rows of all sprints together."""
    sprints = int(os.environ.get("SIMULATED_SPRINTS", SPRINTS))
    began = perf_counter()
    with TemporaryDirectory() as name:
        office = Office(Path(name), BEAT, BEATS_A_LOOK)
        office.missions.mkdir()
        for seed in range(1, sprints + 1):
            with quietly():
                play(office, seed)
        (whole, *_) = measured(office.missions, office.state, office.now, since=MONDAY)
    yield Row(f"{sprints} sprints", perf_counter() - began, "s")
    yield from _rows(whole)


def _rows(metrics: Metrics) -> Iterator[Row]:
    missing = [each.kind.value for each in metrics.metrics if each.value is None]
    for each in metrics.metrics:
        if each.value is not None:
            what = each.kind.value.replace("_", " ").lower()
            yield Row(f"{what} ({each.denominator:g})", each.value, each.unit.value.lower()[:3])
    yield Row("metrics that are not computed", float(len(missing)), "", goal=0)
    coverage = next(each for each in metrics.metrics if each.kind.value == "FORECAST_COVERAGE")
    covered = coverage.value or 0.0
    off = max(LEAST - covered, covered - MOST, 0.0)
    yield Row(f"coverage beyond {LEAST:g} to {MOST:g} %", off, "", goal=0)
