"""What is learned of actual / estimate: laws of the tables, and how far tasks are off together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.experience import MOST_RECORDS, WorkRecord
from orchestrator_tui.engine.forecasting.drawing.grid import CELLS, LEVELS, cells_of
from orchestrator_tui.engine.forecasting.drawing.ratios import Ratios
from orchestrator_tui.engine.forecasting.wanted import Wanted
from tests.builders import START

DAY = timedelta(days=1)
WANTED = Wanted(4.0, "ann", "python")


def record(at: int, ratio: float = 1.0, *, hours: float = 4.0, **fields: Any) -> WorkRecord:
    """Return a task finished so many days before the start; all have a name of their own."""
    one = WorkRecord("past", f"t{at}", START - at * DAY, hours, hours * ratio, "ann", "python")
    return replace(one, **fields)


def records(count: int, ratio: float, *, first: int = 1, **fields: Any) -> list[WorkRecord]:
    return [record(first + at, ratio, **fields) for at in range(count)]


def median(work: Sequence[WorkRecord], wanted: Wanted = WANTED) -> float:
    return quantile(0.5, work, wanted)


def quantile(level: float, work: Sequence[WorkRecord], wanted: Wanted = WANTED) -> float:
    """Return the ratio that a task stays below with a probability of `level`."""
    return float(np.interp(level, LEVELS, Ratios(work, START).tables([wanted])[0]))


hours = st.floats(0.01, 10_000)
names = st.sampled_from(["", "ann", "bob", "eve"])
pasts = st.lists(
    st.builds(
        WorkRecord,
        mission=st.sampled_from(["m1", "m2"]),
        task=st.uuids().map(str),
        finished=st.integers(0, 4_000).map(lambda days: START - days * DAY),
        estimate_hours=hours,
        actual_hours=hours,
        agent=names,
        category=names,
        group=names,
    ),
    max_size=40,
)
wishes = st.lists(
    st.builds(
        Wanted,
        estimate_hours=hours,
        agent=names,
        category=names,
        best_hours=st.none() | st.just(0.01),
        worst_hours=st.none() | st.just(20_000.0),
    ),
    max_size=4,
)


@given(pasts, wishes)
def test_every_table_is_finite_above_zero_and_grows_with_z(
    work: list[WorkRecord], wanted: list[Wanted]
) -> None:
    tables = Ratios(work, START).tables(wanted)

    assert tables.shape == (len(wanted), CELLS)
    assert np.isfinite(tables).all()
    assert (tables > 0).all()
    assert (np.diff(tables) >= 0).all()


@given(pasts, wishes, st.randoms(use_true_random=False))
def test_the_order_in_which_records_come_changes_nothing(
    work: list[WorkRecord], wanted: list[Wanted], chance: Random
) -> None:
    shuffled = chance.sample(work, len(work))

    one, other = Ratios(work, START), Ratios(shuffled, START)

    assert np.array_equal(one.tables(wanted), other.tables(wanted))
    assert one.dependence == other.dependence


@given(pasts, wishes)
def test_a_table_does_not_depend_on_what_else_is_asked(
    work: list[WorkRecord], wanted: list[Wanted]
) -> None:
    ratios = Ratios(work, START)

    together = ratios.tables([*wanted, WANTED])

    assert np.array_equal(together[-1], ratios.tables([WANTED])[0])


@given(pasts)
def test_dependence_is_between_none_and_a_half(work: list[WorkRecord]) -> None:
    assert 0 <= Ratios(work, START).dependence <= 0.5


@given(pasts, st.sampled_from([0.25, 0.5, 2.0, 4.0]))
def test_three_points_in_other_units_are_the_same_spread(
    work: list[WorkRecord], factor: float
) -> None:
    scaled = [
        replace(
            each,
            estimate_hours=each.estimate_hours * factor,
            actual_hours=each.actual_hours * factor,
        )
        for each in work
    ]

    one = Ratios(work, START).tables([Wanted(2, "ann", "", 1, 8)])
    other = Ratios(scaled, START).tables([Wanted(2 * factor, "ann", "", factor, 8 * factor)])

    assert np.allclose(one, other, rtol=1e-6)


@given(st.integers(0, 30), st.integers(1, 30), st.sampled_from([0.3, 3.0]))
def test_more_records_of_an_agent_pull_towards_what_it_does(
    some: int, more: int, ratio: float
) -> None:
    others = records(20, 1.0, agent="bob")

    def apart(count: int) -> float:
        own = records(count, ratio, first=1, agent="ann")
        named = [replace(each, task=f"own {each.task}") for each in own]
        table = Ratios([*others, *named], START).tables([WANTED])[0]
        return float(np.abs(np.log(table / ratio)).mean())

    assert apart(some + more) <= apart(some)


def test_without_records_the_published_ratios_count_by_size() -> None:
    small, great = Wanted(0.5), Wanted(40.0)

    assert median([], small) == pytest.approx(1.0, abs=0.02)
    assert median([], great) == pytest.approx(0.862, abs=0.02)
    assert quantile(0.9, [], small) == pytest.approx(2.34, rel=0.02)
    assert Ratios([], START).count == 0
    assert Ratios([], START).dependence == 0.1
    assert Ratios([], START).tables([]).shape == (0, CELLS)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"agent": "bob"}, id="of the same agent"),
        pytest.param({"category": "sql"}, id="of the same category"),
    ],
)
def test_what_is_more_alike_counts_more(other: dict[str, Any]) -> None:
    slow, quick = (
        [
            *records(20, ratio),
            *(replace(each, **other) for each in records(20, 1 / ratio, first=21)),
        ]
        for ratio in (2.0, 0.5)
    )

    assert median(slow) > 1.5
    assert median(quick) < 0.75


def test_tasks_of_a_like_size_count_more() -> None:
    work = [*(record(at, 3.0, hours=4) for at in range(20)),
            *(record(20 + at, 0.3, hours=40) for at in range(20))]  # fmt: skip

    assert median(work, replace(WANTED, estimate_hours=4)) > 1.5
    assert median(work, replace(WANTED, estimate_hours=40)) < 0.7


def test_what_was_finished_lately_counts_more() -> None:
    slowed = [*records(20, 0.5, first=1_000), *records(20, 2.0)]

    assert median(slowed) > 1.5


def test_what_is_not_finished_yet_is_not_known() -> None:
    later = [replace(each, finished=START + DAY) for each in records(30, 3.0)]

    assert Ratios(later, START).count == 0
    assert median(later) == median([])


def test_only_the_newest_are_learned_from() -> None:
    newest = records(MOST_RECORDS, 1.0)
    older = records(50, 9.0, first=MOST_RECORDS + 1)

    assert Ratios([*older, *newest], START).count == MOST_RECORDS
    assert median([*older, *newest]) == median(newest)


def test_what_nobody_has_and_what_is_of_no_sort_is_like_nothing_else_without_a_name() -> None:
    nameless = records(20, 3.0, agent="", category="")

    assert median(nameless, Wanted(4.0)) == median(nameless, Wanted(4.0, "eve", "sql"))


def test_three_points_replace_the_published_ratios_and_own_records_stay() -> None:
    sure = replace(WANTED, best_hours=3.9, worst_hours=4.4)

    assert quantile(0.05, [], sure) > 0.97
    assert quantile(0.95, [], sure) < 1.1
    assert quantile(0.05, [], WANTED) < 0.5
    assert median(records(40, 2.0), sure) == pytest.approx(2.0)


def test_a_draw_is_a_look_at_the_table() -> None:
    cells = cells_of(np.array([-99.0, -4.0, 0.0, 3.999, 99.0]))

    assert cells.tolist() == [0, 0, CELLS // 2, CELLS - 1, CELLS - 1]


def grouped(shock: float, own: float, *, seed: int = 1) -> list[WorkRecord]:
    """Return sixty groups of ten tasks whose ratios have a part in common."""
    chance = Random(seed)  # noqa: S311 - a past, no secret
    found = []
    for group in range(60):
        common = chance.gauss(0, shock)
        for at in range(10):
            ratio = float(np.exp(common + chance.gauss(0, own)))
            found.append(record(600 - group * 10 - at, ratio, group=f"g{group}"))
    return found


def test_dependence_is_learned_from_groups_that_were_off_together() -> None:
    apart, together = (
        Ratios(grouped(shock, own), START).dependence for shock, own in ((0, 0.5), (0.35, 0.35))
    )

    assert apart < 0.06
    assert 0.25 < together <= 0.5


def test_few_groups_leave_the_dependence_near_what_is_usual() -> None:
    two_far_out = grouped(0.9, 0.1)[:20]

    assert Ratios(two_far_out, START).dependence < 0.17
    assert Ratios(two_far_out[:1], START).dependence == 0.1


def test_what_is_no_group_tells_nothing_of_dependence() -> None:
    work = [replace(each, group="") for each in grouped(0.35, 0.35)]

    assert Ratios(work, START).dependence == 0.1


def test_groups_of_different_missions_are_not_one() -> None:
    work = grouped(0.35, 0.35)
    elsewhere = [replace(each, mission=f"m{at}") for at, each in enumerate(work)]

    assert Ratios(elsewhere, START).dependence == 0.1
