"""Forecasts against what came: each score as it is worked out by hand, and laws of all of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.calibration import PastForecasts, ScoredForecast
from orchestrator_tui.domain.foresight import LEVELS
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.engine.forecasting.scoring import calibrated, scored

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
YEAR_HOURS = 24 * 365.0


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def moments(hours: Sequence[float | None]) -> tuple[datetime | None, ...]:
    return tuple(None if each is None else at(each) for each in hours)


HOURLY = tuple(float(each) for each in range(1, 20))
"""It ends within the first hour with 5 %, within two with 10 %, … within ten with 50 %."""


def forecast(
    made: float = 0,
    hours: Sequence[float | None] = HOURLY,
    *,
    due: float | None = None,
    on_time: float | None = None,
) -> Forecast:
    middle = hours[LEVELS.index(0.5)] if hours else None
    finish = None if middle is None else at(middle)
    when_due = None if due is None else at(due)
    return Forecast("M1", at(made), finish, moments(hours), when_due, on_time)


def score_of(ended: float, *forecasts: Forecast) -> ScoredForecast:
    found = scored(PastForecasts("chat", "M1", at(ended), forecasts or (forecast(),)))
    assert found is not None
    return found


def test_the_error_is_how_much_later_it_ended_than_the_median() -> None:
    assert score_of(12).error_hours == 2
    assert score_of(7.5).error_hours == -2.5


def test_the_pinball_loss_is_the_mean_over_all_quantiles() -> None:
    # ends at 12: (11·1 + 10·2 + … + 0·12) / 20 too early, and (1·7 + 2·6 + … + 7·1) / 20 too late
    assert score_of(12).pinball_hours == pytest.approx((14.3 + 4.2) / 19, abs=1e-12)


@pytest.mark.parametrize(
    ("ended", "held"),
    [
        pytest.param(10, (True, True, True), id="in the middle"),
        pytest.param(15, (True, True, True), id="on the last quarter"),
        pytest.param(15.5, (False, True, True), id="beyond the last quarter"),
        pytest.param(2, (False, True, True), id="on the first tenth"),
        pytest.param(1.5, (False, False, True), id="before the first tenth"),
        pytest.param(19, (False, False, True), id="on the last twentieth"),
        pytest.param(19.5, (False, False, False), id="later than all"),
        pytest.param(0.5, (False, False, False), id="sooner than all"),
    ],
)
def test_an_interval_holds_what_ends_within_it_or_on_its_edge(
    ended: float, held: tuple[bool, ...]
) -> None:
    assert score_of(ended).held == tuple(zip((50, 80, 90), held, strict=True))


@pytest.mark.parametrize(
    ("due", "on_time", "brier"),
    [
        pytest.param(12, 0.75, 0.0625, id="in time to the second"),
        pytest.param(11.5, 0.75, 0.5625, id="late"),
        pytest.param(11.5, 0.0, 0.0, id="late as foretold for certain"),
        pytest.param(None, None, None, id="nothing was due"),
    ],
)
def test_the_brier_score_is_the_squared_error_of_the_chance(
    due: float | None, on_time: float | None, brier: float | None
) -> None:
    assert score_of(12, forecast(due=due, on_time=on_time)).brier == brier


@pytest.mark.parametrize(
    ("ended", "made"),
    [
        pytest.param(12, 6, id="made at half time"),
        pytest.param(11.5, 5, id="made before it"),
        pytest.param(30, 7, id="the newest of all"),
        pytest.param(1, 0, id="only the first was made by then"),
    ],
)
def test_the_forecast_counts_that_was_in_force_at_half_time(ended: float, made: float) -> None:
    found = score_of(ended, *(forecast(each) for each in (0, 5, 6, 7)))

    assert found.forecast.made == at(made)
    assert (found.began, found.ended) == (NOON, at(ended))


@pytest.mark.parametrize(
    "made", [pytest.param((), id="none"), pytest.param((12, 13), id="none before the end")]
)
def test_what_was_not_foretold_in_time_has_no_score(made: tuple[float, ...]) -> None:
    forecasts = tuple(forecast(each) for each in made)

    assert scored(PastForecasts("chat", "M1", at(12), forecasts)) is None


def test_a_forecast_without_a_range_is_scored_by_its_finish_alone() -> None:
    found = score_of(12, Forecast("M1", NOON, at(9), due=at(11), on_time=0.5))

    assert (found.error_hours, found.held, found.pinball_hours) == (3, (), None)
    assert found.brier == 0.25


def test_never_is_after_every_end() -> None:
    half_never = (*HOURLY[:9], *(None,) * 10)

    found = score_of(9, forecast(hours=half_never))

    assert found.error_hours is None
    assert found.held == ((50, True), (80, True), (90, True))
    early = sum(level * (9 - each) for level, each in zip(LEVELS, HOURLY[:9], strict=False))
    never = sum(YEAR_HOURS * (1 - level) for level in LEVELS[9:])
    assert found.pinball_hours == pytest.approx((early + never) / 19, abs=1e-9)


def test_what_was_to_end_never_and_ends_was_held_by_no_interval() -> None:
    found = score_of(9, forecast(hours=(None,) * 19))

    assert found.held == ((50, False), (80, False), (90, False))


def test_the_calibration_is_over_all_that_had_a_range() -> None:
    scores = [
        score_of(12, forecast(due=12, on_time=0.75)),
        score_of(18.5, forecast(due=12, on_time=0.75)),
        score_of(6, forecast()),
        score_of(40, Forecast("M1", NOON, at(1), due=at(11), on_time=0.5)),
    ]

    found = calibrated(scores)

    assert found.count == 3
    assert found.held == ((50, 2), (80, 2), (90, 3))
    assert (found.held_of(80), found.held_of(90)) == (2, 3)
    assert found.bias_hours == pytest.approx((2 + 8.5 - 4) / 3, abs=1e-12)
    assert (found.brier, found.brier_count) == ((0.0625 + 0.5625) / 2, 2)
    losses = [each.pinball_hours or 0.0 for each in scores[:3]]
    assert found.pinball_hours == pytest.approx(sum(losses) / 3, abs=1e-12)
    by_level = dict(found.curve)
    assert (by_level[0.25], by_level[0.3], by_level[0.6], by_level[0.95]) == (0, 1 / 3, 2 / 3, 1)


def test_without_scores_nothing_is_said_of_how_well_forecasts_hold() -> None:
    found = calibrated(())

    assert (found.count, found.held_of(80)) == (0, 0)
    assert (found.pinball_hours, found.brier, found.bias_hours) == (None, None, None)
    assert found.curve == ()


some_hours = st.integers(-40, 200).map(lambda each: each / 4)
ranges = st.lists(some_hours, min_size=19, max_size=19).map(sorted)
ends = st.integers(1, 200).map(lambda each: each / 4)


@given(ranges, ends)
def test_a_wider_interval_holds_whatever_a_narrower_one_holds(
    hours: list[float], ended: float
) -> None:
    held = dict(score_of(ended, forecast(hours=hours)).held)

    assert held[50] <= held[80] <= held[90]


@given(ranges, ends)
def test_no_forecast_loses_less_than_the_one_that_was_right(
    hours: list[float], ended: float
) -> None:
    right = score_of(ended, forecast(hours=(ended,) * 19)).pinball_hours
    other = score_of(ended, forecast(hours=hours)).pinball_hours

    assert right == 0
    assert other is not None
    assert (other == 0) == (hours == [ended] * 19)
    assert other >= 0


@given(ranges, ends, st.integers(0, 10_000))
def test_scores_are_the_same_at_any_time_of_the_year(
    hours: list[float], ended: float, later: int
) -> None:
    now = score_of(ended, forecast(hours=hours, due=20, on_time=0.5))
    moved = [each + later for each in hours]
    then = score_of(ended + later, forecast(later, moved, due=20 + later, on_time=0.5))

    assert (then.error_hours, then.held, then.pinball_hours, then.brier) == (
        now.error_hours, now.held, now.pinball_hours, now.brier,
    )  # fmt: skip


@given(st.lists(st.tuples(ranges, ends), min_size=1, max_size=8), st.randoms())
def test_the_curve_rises_and_does_not_depend_on_the_order(
    pairs: list[tuple[list[float], float]],
    chance: Random,
) -> None:
    scores = [score_of(ended, forecast(hours=hours)) for hours, ended in pairs]
    shares = [share for _, share in calibrated(scores).curve]
    mixed = list(scores)
    chance.shuffle(mixed)

    assert shares == sorted(shares)
    assert all(0 <= each <= 1 for each in shares)
    assert calibrated(mixed).curve == calibrated(scores).curve
    assert calibrated(mixed).held == calibrated(scores).held
