"""So many deliveries in any minute, whoever made them, and no more."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.live.notifying.pace import WINDOW_SECONDS, Pace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOON - timedelta(seconds=seconds)


@given(st.integers(1, 5), st.lists(st.integers(0, 50), max_size=60))
def test_no_minute_has_more_than_its_number(per_minute: int, waits: list[int]) -> None:
    pace = Pace(per_minute)
    sent: list[float] = []
    now = 0.0
    for each in waits:
        now = max(now + each, pace.opens_at(now + each))
        assert pace.opens_at(now) <= now
        pace.note(now)
        sent.append(now)

    for sooner, later in zip(sent, sent[per_minute:], strict=False):
        assert later - sooner >= WINDOW_SECONDS


@pytest.mark.parametrize(
    ("sent", "opens"),
    [
        pytest.param([], -math.inf, id="nothing"),
        pytest.param([ago(50)], -math.inf, id="less than may be"),
        pytest.param([ago(50), ago(20)], 1010, id="as much as may be"),
        pytest.param([ago(50), ago(20), ago(10)], 1040, id="more than may be"),
        pytest.param([ago(70), ago(20)], -math.inf, id="some of it too long ago"),
        pytest.param([ago(-5), ago(20)], 1040, id="one by a clock that was a little ahead"),
        pytest.param([ago(-90), ago(20)], -math.inf, id="one by a clock that was far ahead"),
    ],
)
def test_what_was_delivered_before_a_restart_counts(sent: list[datetime], opens: float) -> None:
    pace = Pace(2)

    pace.restore(sent, NOON, 1000.0)

    assert pace.opens_at(1000.0) == opens


def test_what_it_delivered_itself_is_not_forgotten_when_the_clock_was_set() -> None:
    pace = Pace(2)
    pace.note(990.0)
    pace.note(995.0)

    pace.restore([], NOON, 1000.0)

    assert pace.opens_at(1000.0) == 1050
