from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.standing import EscalationLevel, Standing
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.words import (
    bar_pieces,
    chance,
    count_words,
    date_time,
    hours_short,
    level_words,
    percent,
    schedule_words,
    score,
    when,
    words_of,
)

MONDAY = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)


def drawn_bar(value: float | None, width: int) -> str:
    """Return the cells of a bar."""
    return "".join(each.text for each in bar_pieces(value, width))


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        pytest.param(None, "–", id="not known"),
        pytest.param(0.0, "0m", id="none"),
        pytest.param(0.001, "4s", id="seconds"),
        pytest.param(0.0001, "0m", id="less than a second"),
        pytest.param(0.0166, "1m", id="a minute"),
        pytest.param(0.75, "45m", id="minutes"),
        pytest.param(2.0, "2h", id="whole hours"),
        pytest.param(2.25, "2h15", id="hours and minutes"),
        pytest.param(2.05, "2h03", id="minutes have two digits"),
        pytest.param(1.9999, "2h", id="rounded to the minute"),
        pytest.param(23.999, "1d", id="rounded to a day"),
        pytest.param(76.0, "3d4h", id="days and hours"),
        pytest.param(1000.0, "42d", id="many days"),
        pytest.param(25_000.0, "2.9y", id="years"),
        pytest.param(-1.5, "-1h30", id="in the past"),
    ],
)
def test_hours_are_short_and_exact_to_the_minute(hours: float | None, written: str) -> None:
    assert hours_short(hours) == written


@given(st.floats(-1e5, 1e5))
def test_hours_never_take_more_than_seven_cells(hours: float) -> None:
    assert len(hours_short(hours)) <= 7


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(None, "–", id="not known"),
        pytest.param(67.0, "67%", id="whole"),
        pytest.param(66.5, "67%", id="half goes up"),
        pytest.param(99.7, "99%", id="nearly all is not all"),
        pytest.param(0.2, "1%", id="hardly anything is not nothing"),
        pytest.param(100.0, "100%", id="all"),
        pytest.param(0.0, "0%", id="nothing"),
    ],
)
def test_per_cent_says_all_and_nothing_only_where_it_is_so(
    value: float | None, written: str
) -> None:
    assert percent(value) == written


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        pytest.param(None, "–", id="not known"),
        pytest.param(datetime(2024, 1, 15, 20, 10, tzinfo=UTC), "20:10", id="today"),
        pytest.param(datetime(2024, 1, 16, 20, 10, tzinfo=UTC), "Tue 20:10", id="tomorrow"),
        pytest.param(datetime(2024, 1, 9, 18, tzinfo=UTC), "Tue 18:00", id="last week"),
        pytest.param(datetime(2024, 2, 16, 18, tzinfo=UTC), "16 Feb 18:00", id="next month"),
        pytest.param(datetime(2025, 2, 6, 18, tzinfo=UTC), "6 Feb 2025", id="next year"),
    ],
)
def test_a_time_says_as_much_of_its_date_as_is_needed(
    moment: datetime | None, written: str
) -> None:
    assert when(moment, MONDAY) == written


def test_other_values_have_one_way_to_be_written() -> None:
    assert chance(0.93) == "93%"
    assert chance(None) == "–"
    assert score(91.6) == "92"
    assert score(None) == "–"
    assert date_time(MONDAY) == "2024-01-15 16:15"
    assert date_time(None) == "–"
    assert words_of(Standing.ON_TRACK) == "ON TRACK"
    assert level_words(EscalationLevel.MISSION_CRITICAL) == "L4 MISSION CRITICAL"
    assert count_words(1, "agent") == "1 agent"
    assert count_words(2, "agent") == "2 agents"
    assert count_words(2, "query", "queries") == "2 queries"


@pytest.mark.parametrize(
    ("standing", "variance", "written"),
    [
        pytest.param(Standing.AHEAD, 5.0, "5% ahead", id="ahead"),
        pytest.param(Standing.AT_RISK, -12.0, "12% behind", id="behind"),
        pytest.param(Standing.ON_TRACK, 0.2, "on schedule", id="neither"),
        pytest.param(Standing.DELAYED, -62493.3, "far behind", id="beyond any plan"),
        pytest.param(Standing.DELAYED, None, "no finish in sight", id="no finish"),
        pytest.param(Standing.ON_TRACK, None, "on track", id="no baseline"),
    ],
)
def test_a_timeline_says_how_far_it_is_off(
    standing: Standing, variance: float | None, written: str
) -> None:
    assert schedule_words(standing, variance) == written


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        pytest.param(80.0, "████████░░", id="eighty"),
        pytest.param(99.9, "█████████░", id="nearly full"),
        pytest.param(100.0, "██████████", id="full"),
        pytest.param(None, "░░░░░░░░░░", id="not known"),
        pytest.param(250.0, "██████████", id="more than all"),
    ],
)
def test_a_bar_is_full_only_at_hundred(value: float | None, drawn: str) -> None:
    assert drawn_bar(value, 10) == drawn


@given(value=st.none() | st.floats(0, 100), width=st.integers(1, 60), fine=st.booleans())
def test_a_bar_always_fills_its_width(value: float | None, width: int, *, fine: bool) -> None:
    done, track = bar_pieces(value, width, fine=fine)

    assert len(done.text + track.text) == width
    assert (done.tone, track.tone) == (Tone.BAR, Tone.TRACK)


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_progress_never_draws_less(one: float, other: float) -> None:
    less, more = sorted((one, other))

    assert drawn_bar(less, 20).count("█") <= drawn_bar(more, 20).count("█")
