"""Instants as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.instant import (
    EARLIEST,
    LATEST,
    format_instant,
    has_offset,
    parse_instant,
)

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-15T14:30Z", "2024-01-15T14:30:00Z"),
        ("2024-01-15 14:30Z", "2024-01-15T14:30:00Z"),
        ("2024-01-15t14:30:05z", "2024-01-15T14:30:05Z"),
        ("2024-01-15 14:30+02:00", "2024-01-15T12:30:00Z"),
        ("2024-01-15 14:30 +02:00", "2024-01-15T12:30:00Z"),
        ("2024-01-15T14:30:00.25-05", "2024-01-15T19:30:00.250000Z"),
        ("2024-01-15T14:30", "2024-01-15T13:30:00Z"),
        ("2024-07-15T14:30", "2024-07-15T12:30:00Z"),
    ],
)
def test_a_time_is_held_in_utc(text: str, expected: str) -> None:
    assert format_instant(parse_instant(text, PARIS)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-01-15", "write the time too, 2024-01-15T09:00Z"),
        ("yesterday", "is not a time"),
        ("14:30", "is not a time"),
        ("1705329000", "is not a time"),
        ("2024-02-30T10:00Z", "on the calendar: correct its day, hour or offset$"),
        ("2024-01-15T25:00Z", "on the calendar"),
        ("2024-06-30T23:59:60Z", "on the calendar"),
        ("2024-01-15T10:00+99:00", "on the calendar"),
        ("0001-01-01T00:00+14:00", "calendar|outside"),
        ("9999-12-31T23:59-14:00", "calendar|outside"),
        ("1969-12-31T23:59Z", "outside the years 1970 to 2200: correct the year"),
        ("٢٠٢٤-01-15T10:00Z", "is not a time|calendar"),
        ("", "is not a time"),
    ],
)
def test_what_is_no_time_is_refused_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_instant(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2024-01-15T14:30Z", True), ("2024-01-15T14:30+0200", True), ("2024-01-15T14:30", False),
     ("no time", False)],
)  # fmt: skip
def test_it_is_known_whether_an_offset_was_written(text: str, *, expected: bool) -> None:
    assert has_offset(text) is expected


@given(
    moment=st.datetimes(
        EARLIEST.replace(tzinfo=None), LATEST.replace(tzinfo=None), timezones=st.just(UTC)
    )
)
def test_a_time_is_read_back_as_it_was_written(moment: datetime) -> None:
    assert parse_instant(format_instant(moment)) == moment


@given(text=st.text("0123456789-:TZ+. ", max_size=30))
def test_any_text_is_a_time_within_bounds_or_is_refused(text: str) -> None:
    try:
        moment = parse_instant(text, PARIS)
    except ValueError:
        return
    assert EARLIEST <= moment <= LATEST
    assert moment.utcoffset() == timedelta(0)
