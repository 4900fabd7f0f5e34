"""How long what is under way may still take: laws of the tables that runs look up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.engine.forecasting.drawing.grid import LEVELS, MIDDLES, cells_of
from orchestrator_tui.engine.forecasting.drawing.numbers import normal_values
from orchestrator_tui.engine.forecasting.drawing.remaining import left_of, longer_than, waits_of
from orchestrator_tui.engine.forecasting.hazards import OpenHazard
from orchestrator_tui.engine.forecasting.posing import PosedTask
from orchestrator_tui.engine.forecasting.wanted import Wanted
from orchestrator_tui.engine.scheduling.ticks import TICKS_PER_HOUR, TICKS_PER_SECOND

RATIOS = np.exp(0.6 * MIDDLES)
"""Half of all tasks take as long as estimated."""
ESTIMATE = 4.0
hours = st.floats(0, 1000, allow_subnormal=False)
shares = st.floats(0, 0.99)


def in_hand(spent: float, done: float = 0.0) -> PosedTask:
    return PosedTask(
        id="a", agent=0, waits_for=(), earliest=0,
        work=round(ESTIMATE * (1 - done) * TICKS_PER_HOUR), likely_hours=ESTIMATE,
        wanted=Wanted(ESTIMATE), done=done, spent_hours=spent,
    )  # fmt: skip


def median(cells: np.ndarray) -> float:
    return float(np.interp(0.5, LEVELS, cells))


def waits(age: float, *others: tuple[float, float]) -> np.ndarray:
    (found,) = waits_of([OpenHazard("b", age, half_hours=1.0, most_hours=8.0, others=others)])
    return found / TICKS_PER_HOUR


@given(hours, shares)
def test_what_is_left_grows_with_the_draw_and_is_never_nothing(spent: float, done: float) -> None:
    left = left_of(in_hand(spent, done), RATIOS)

    assert np.isfinite(left).all()
    assert (left >= TICKS_PER_SECOND).all()
    assert (np.diff(left) >= 0).all()


@given(hours)
def test_what_has_lasted_so_long_lasts_longer(spent: float) -> None:
    found = longer_than(spent, RATIOS)

    assert (found >= spent).all()
    assert (np.diff(found) >= 0).all()


def test_nothing_spent_tells_nothing() -> None:
    assert longer_than(0, RATIOS) == pytest.approx(RATIOS)
    assert left_of(in_hand(0), RATIOS) == pytest.approx(ESTIMATE * RATIOS * TICKS_PER_HOUR)


def test_far_beyond_all_that_was_seen_a_task_lasts_the_longer_the_longer_it_has() -> None:
    long, longer = (median(longer_than(each, RATIOS)) - each for each in (10.0, 20.0))

    assert longer == pytest.approx(2 * long)


def test_near_the_end_the_pace_so_far_counts() -> None:
    nine_tenths_in_nine_hours = in_hand(9.0, 0.9)

    assert median(left_of(nine_tenths_in_nine_hours, RATIOS)) / TICKS_PER_HOUR == pytest.approx(
        1.0, rel=0.2
    )


def test_half_of_all_blockers_are_resolved_when_they_would_rise_and_nine_in_ten_at_last() -> None:
    fresh = waits(0)

    assert median(fresh) == pytest.approx(1.0, rel=0.01)
    assert float(np.interp(0.9, LEVELS, fresh)) == pytest.approx(8.0, rel=0.03)


def test_the_older_a_blocker_is_the_longer_it_stays() -> None:
    assert median(waits(0)) < median(waits(2)) < median(waits(20))


def test_what_was_resolved_sooner_than_it_is_old_says_nothing_of_it() -> None:
    assert waits(3, (1.0, 4.0), (2.5, 4.0)) == pytest.approx(waits(3))


def test_resolved_ones_count_by_their_weight() -> None:
    light, heavy = waits(0, (40.0, 2.5)), waits(0, (40.0, 500.0))

    assert median(light) < 10
    assert median(heavy) == pytest.approx(40)


@given(st.floats(0, 500), st.lists(st.tuples(st.floats(0.1, 300), st.floats(0.5, 6)), max_size=6))
def test_waits_are_in_order_and_never_over_before_now(
    age: float, others: list[tuple[float, float]]
) -> None:
    found = waits(age, *others)

    assert (found >= 0).all()
    assert (np.diff(found) >= 0).all()


def test_numbers_are_normal_and_belong_to_their_name() -> None:
    values = normal_values(1, "task a", 20_000)

    assert (float(values.mean()), float(values.std())) == pytest.approx((0, 1), abs=0.02)
    assert values.tolist() == normal_values(1, "task a", 20_000).tolist()
    for other in (normal_values(1, "task b", 20_000), normal_values(2, "task a", 20_000)):
        assert abs(float(np.corrcoef(values, other)[0, 1])) < 0.03


def test_every_value_finds_its_cell() -> None:
    assert cells_of(np.array([-9.0, -4.0, 0.0, 3.999, 9.0])).tolist() == [0, 0, 128, 255, 255]
    assert cells_of(MIDDLES).tolist() == list(range(256))
