"""How much longer than estimated a task may take, from what its team and others did before."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from operator import attrgetter

import numpy as np

from orchestrator_tui.domain.experience import MOST_RECORDS, WorkRecord
from orchestrator_tui.engine.forecasting.drawing.alike import (
    HALF_LIFE,
    NOBODY,
    Floats,
    Ids,
    Past,
    shares_of,
)
from orchestrator_tui.engine.forecasting.drawing.dependence import dependence_of
from orchestrator_tui.engine.forecasting.drawing.grid import CELLS
from orchestrator_tui.engine.forecasting.drawing.mixing import chance_below, mixed
from orchestrator_tui.engine.forecasting.drawing.prior import prior_quantiles
from orchestrator_tui.engine.forecasting.drawing.three_points import three_point_quantiles
from orchestrator_tui.engine.forecasting.wanted import Wanted


class Ratios:
    """The distribution of actual / estimate of any task, learned from finished work by `now`.

    It is made of the ratios themselves, never of a fitted curve: a third of all tasks take exactly
    as long as estimated, and a few very much longer.
    """

    def __init__(self, work: Sequence[WorkRecord], now: datetime) -> None:
        known = (each for each in work if each.finished <= now)
        newest = sorted(known, key=attrgetter("finished", "key"))[-MOST_RECORDS:]
        estimates = np.array([each.estimate_hours for each in newest])
        off = np.log(np.array([each.actual_hours for each in newest]) / estimates)
        ages = np.array([(now - each.finished) / HALF_LIFE for each in newest])
        self._agents, agents = _numbered(newest, lambda each: each.agent)
        self._categories, categories = _numbered(newest, lambda each: each.category)
        order = np.argsort(off, kind="stable")
        self._past = Past(off, np.log(estimates), ages, agents, categories).taken(order)
        places = np.argsort(order)
        self._groups = [places[each] for each in _groups(newest)]

    @property
    def count(self) -> int:
        """Return how many finished tasks it has learned from."""
        return len(self._past.off)

    def tables(self, wanted: Sequence[Wanted]) -> Floats:
        """Return actual / estimate by task and cell of the grid, growing with z."""
        told = {each: self._told(each) for each in set(wanted)}
        asked = [told[each] for each in wanted]
        rows: dict[Wanted, Floats] = {}
        for (hours, best, worst), alike in _by_points(asked).items():
            prior = (
                three_point_quantiles(best, hours, worst) if best and worst
                else prior_quantiles(hours)
            )  # fmt: skip
            rows.update(self._rows(alike, np.log(hours), prior))
        found: Floats = np.exp(np.array([rows[each] for each in asked]).reshape(-1, CELLS))
        return found

    @cached_property
    def dependence(self) -> float:
        """Return the correlation between the z of two tasks, from 0 to 0.5."""
        return dependence_of(self._past, self._groups)

    def _told(self, one: Wanted) -> Wanted:
        """Return it without an agent or a category of which nothing is known: those are alike."""
        if one.agent in self._agents and one.category in self._categories:
            return one
        return replace(
            one,
            agent=one.agent if one.agent in self._agents else "",
            category=one.category if one.category in self._categories else "",
        )

    def _rows(
        self, wanted: Sequence[Wanted], size: float, prior: Floats
    ) -> Iterator[tuple[Wanted, Floats]]:
        """Yield the logarithms of the ratios of tasks that have estimate and prior in common."""
        past = self._past
        alike = past.alike(size)
        below = chance_below(past.off, prior)
        agents = np.array([self._agents.get(each.agent, NOBODY) for each in wanted])
        categories = np.array([self._categories.get(each.category, NOBODY) for each in wanted])
        all_shares, lefts = shares_of(
            alike, past.by_agent(agents[:, None]), past.of_category(categories[:, None])
        )
        for each, shares, left in zip(wanted, all_shares, lefts, strict=True):
            yield each, mixed(past.off, shares, below, prior=prior, left=float(left))


def _by_points(
    wanted: Sequence[Wanted],
) -> dict[tuple[float, float | None, float | None], list[Wanted]]:
    """Return the distinct ones by estimate, best and worst."""
    found: dict[tuple[float, float | None, float | None], list[Wanted]] = {}
    for each in dict.fromkeys(wanted):
        points = each.estimate_hours, each.best_hours, each.worst_hours
        found.setdefault(points, []).append(each)
    return found


def _numbered(
    work: Sequence[WorkRecord], name: Callable[[WorkRecord], str]
) -> tuple[dict[str, int], Ids]:
    """Return a number for each name there is, and by record that of its name."""
    names = {each: at for at, each in enumerate(sorted({name(each) for each in work} - {""}))}
    return names, np.array([names.get(name(each), NOBODY) for each in work], dtype=np.intp)


def _groups(work: Sequence[WorkRecord]) -> list[Ids]:
    """Return the places of what was done for one purpose, in the order in which they ended."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, each in enumerate(work):
        if each.group:
            found.setdefault((each.mission, each.group), []).append(at)
    in_order = sorted(found.values(), key=lambda places: places[-1])
    return [np.array(each, dtype=np.intp) for each in in_order]


@lru_cache(maxsize=4)
def ratios_of(work: tuple[WorkRecord, ...], now: datetime) -> Ratios:
    """Return what was learned by `now`: once for all missions that rest on the same work."""
    return Ratios(work, now)
