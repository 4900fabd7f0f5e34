"""Pauses grow with every failure, up to a limit, and chance spreads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.live.notifying.backoff import own_pause_seconds, rest_seconds

chances = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("failures", "longest", "own"),
    [
        pytest.param(0, 1, 60, id="none yet"),
        pytest.param(1, 1, 60, id="the first"),
        pytest.param(2, 2, 120, id="the second"),
        pytest.param(7, 64, 3600, id="the seventh"),
        pytest.param(10, 300, 3600, id="the tenth"),
        pytest.param(10**9, 300, 3600, id="very many"),
    ],
)
def test_a_pause_doubles_up_to_its_limit(failures: int, longest: float, own: float) -> None:
    assert rest_seconds(failures, lambda: 1.0) == longest
    assert own_pause_seconds(failures, lambda: 1.0) == own


@given(st.integers(0, 50), chances)
def test_chance_only_makes_pauses_shorter(failures: int, chance: float) -> None:
    assert 0 <= rest_seconds(failures, lambda: chance) <= rest_seconds(failures, lambda: 1.0)
    longest = own_pause_seconds(failures, lambda: 1.0)
    assert longest / 2 <= own_pause_seconds(failures, lambda: chance) <= longest
