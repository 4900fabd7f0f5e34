"""However often something is acknowledged, its level goes one way while it is open."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.policy import Policy
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.engine.levels import level_now
from tests.builders import START, after

HOURS = st.integers(0, 240).map(lambda count: count / 20)


def _level(hours: float, given_at: list[float], holds: float) -> EscalationLevel:
    """Return the level after `hours`, by the newest acknowledgement that was given by then."""
    newest = max((each for each in given_at if each <= hours), default=None)
    return level_now(
        Policy(acknowledge_holds=timedelta(hours=holds)),
        START,
        after(hours),
        acknowledged=None if newest is None else after(newest),
    )


@given(given_at=st.lists(HOURS, max_size=5), holds=HOURS, moments=st.lists(HOURS, max_size=12))
def test_acknowledging_again_never_lowers_a_level(
    given_at: list[float], holds: float, moments: list[float]
) -> None:
    shown = [_level(each, given_at, holds) for each in sorted([*moments, *given_at])]

    assert all(before <= then for before, then in pairwise(shown))


def test_acknowledging_again_during_a_hold_holds_the_level_of_its_age_then() -> None:
    shown = [int(_level(each, [1.5, 2.2, 4.1], holds=4)) for each in (1, 1.9, 2.1, 2.2, 4, 8, 8.1)]

    assert shown == [1, 1, 1, 2, 2, 3, 4]
