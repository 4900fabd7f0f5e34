"""How good forecasts are, on ten years of real tasks; the data are no part of the project.

`EFFORT_DATA` names the folder that has sip.csv. Every forecast knows only what was finished on
earlier days; it is made anew for each day. The first 40 % of the tasks are not measured: on them
the constants were tuned. Two orders: each task forecast on the day of its estimate, which is where
the goals are from (the raw estimate scores 0.420 there); and each on the day on which it ended.
The published ratios that every forecast begins with count this set as one of three; with it taken
out of them, forecasts of new teams are 8 % better than their own ratios instead of 11 %.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests.bench.effort_methods import (
    Method,
    before,
    forecast,
    ours,
    own_ratios,
    pert,
    raw,
    weighted,
)
from tests.bench.effort_milestones import covered
from tests.bench.effort_tasks import (
    Case,
    Floats,
    as_completed,
    measured,
    read_cases,
    records_of,
    scores,
)
from tests.bench.table import Row

METHODS: dict[str, Method] = {
    "raw estimate": raw,
    "PERT spread": pert,
    "developers' own ratios": own_ratios,
    "weighted empirical": weighted,
    "ours": ours,
}
CRPS_GOAL, COVER, COVER_GOAL = 323, 80, 2
SUM_GOAL, MEAN_GOAL = 7, 3
NEW_TEAM_OF = 40
"""So many consecutive tasks are those of a team that begins without records."""
FEW = range(6, 21)
FEW_GOAL = 93


def measure() -> Iterator[Row]:
    """Yield the rows of single tasks, of new teams, and of milestones."""
    path = Path(os.environ.get("EFFORT_DATA", "")) / "sip.csv"
    if not path.is_file():
        print("effort: skipped, for EFFORT_DATA names no folder with sip.csv")
        return
    cases = read_cases(path)
    yield from _single("as estimated", cases, METHODS, CRPS_GOAL)
    chosen = {each: METHODS[each] for each in ("raw estimate", "developers' own ratios", "ours")}
    yield from _single("as completed", as_completed(cases), chosen, None)
    yield from _new_teams(cases)
    yield from _milestones(cases)


def _single(
    order: str, cases: Sequence[Case], methods: dict[str, Method], goal: int | None
) -> Iterator[Row]:
    chosen, records = measured(cases), records_of(cases)
    for name, method in methods.items():
        is_ours = method is ours
        crps, covers = scores(forecast(method, chosen, records), chosen)
        yield Row(f"{order}: CRPS × 1000, {name}", 1000 * crps, "", goal if is_ours else None)
        yield _covers(f"{order}, {name}", covers, COVER_GOAL if is_ours else None)


def _new_teams(cases: Sequence[Case]) -> Iterator[Row]:
    """Yield how good forecasts are in teams that have 6 to 20 records, against own ratios."""
    known = measured(cases)
    rows: dict[Method, list[Floats]] = {own_ratios: [], ours: []}
    few: list[Case] = []
    for first in range(0, len(known), NEW_TEAM_OF):
        team = known[first : first + NEW_TEAM_OF]
        records = records_of(team)
        some = [each for each in team if len(before(records, each.day)) in FEW]
        few += some
        for method in rows if some else ():
            rows[method].append(forecast(method, some, records))
    theirs, mine = (scores(np.concatenate(each), few) for each in rows.values())
    yield Row(f"new teams, {len(few):,} tasks: CRPS × 1000, own ratios", 1000 * theirs[0], "")
    yield Row("new teams: CRPS × 1000, ours", 1000 * mine[0], "")
    yield Row("new teams: CRPS, ours of own ratios", 100 * mine[0] / theirs[0], "%", FEW_GOAL)
    yield _covers("new teams, ours", mine[1], None)


def _milestones(cases: Sequence[Case]) -> Iterator[Row]:
    """Yield what 80 % intervals of sums cover, by size and on average."""
    ours_by_size = []
    for size, count, shares in covered(cases):
        for name, share in shares.items():
            goal = SUM_GOAL if name == "ours" else None
            yield _covers(f"{count} sums of {size}, {name}", share, goal)
        ours_by_size.append(shares["ours"])
    yield _covers("sums on average, ours", sum(ours_by_size) / len(ours_by_size), MEAN_GOAL)


def _covers(what: str, share: float, goal: float | None) -> Row:
    """Return a row of what 80 % intervals cover; with a goal, of how far off 80 it is."""
    percent = 100 * share
    if goal is None:
        return Row(f"{what}: 80 % covers", percent, "%")
    return Row(f"{what}: 80 % covers {percent:.1f} %, off by", abs(percent - COVER), "%", goal)
