"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.duration import (
    LONGEST,
    format_work,
    parse_elapsed,
    parse_limit,
    parse_work,
)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4h", 4), ("30m", 0.5), ("1h30m", 1.5), ("2d", 16), ("1d2h", 10), ("1.5h", 1.5),
        (" 4h ", 4), ("0h", 0), ("90m", 1.5), ("3600s", 1),
    ],
)  # fmt: skip
def test_work_counts_days_of_eight_hours(text: str, hours: float) -> None:
    assert parse_work(text) == timedelta(hours=hours)


@pytest.mark.parametrize(("text", "hours"), [("1d", 24), ("1d1h", 25), ("15m", 0.25)])
def test_elapsed_time_counts_days_of_twenty_four_hours(text: str, hours: float) -> None:
    assert parse_elapsed(text) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "4",
        "h",
        "4 h",
        "-4h",
        "4H",
        "1h1d",
        "4h4h",
        "1e3h",
        "٤h",
        "4h\n5m",
        "PT4H",
        "12:30",
    ],
)
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write 4h or 30m"):
        parse_work(text)


@pytest.mark.parametrize("text", ["999999999h", "999999999d", "36501d"])
def test_more_than_a_century_is_a_slip_of_the_keyboard(text: str) -> None:
    with pytest.raises(ValueError, match="longer than a century"):
        parse_elapsed(text)


@pytest.mark.parametrize(
    ("text", "seconds"), [("250ms", 0.25), ("5us", 5e-6), ("5µs", 5e-6), ("1s", 1), ("2m", 120)]
)
def test_a_limit_is_seconds(text: str, seconds: float) -> None:
    assert parse_limit(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "250", "250 ms", "1h", "-1s"])
def test_what_is_no_limit_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write 250ms"):
        parse_limit(text)


@given(minutes=st.integers(0, int(LONGEST / timedelta(minutes=1) / 3)))
def test_work_is_read_back_as_it_was_written(minutes: int) -> None:
    work = timedelta(minutes=minutes)

    assert parse_work(format_work(work)) == work


@given(text=st.text(max_size=20))
def test_any_text_is_a_duration_within_bounds_or_is_refused(text: str) -> None:
    try:
        parsed = parse_elapsed(text)
    except ValueError:
        return
    assert timedelta(0) <= parsed <= LONGEST
