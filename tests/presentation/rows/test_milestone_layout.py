"""Where the panels of the Milestones screen stand."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.presentation.rows.layout import Slot
from orchestrator_tui.presentation.rows.milestone_layout import PANELS, milestone_slots

wishes = st.fixed_dictionaries({each: st.integers(2, 400) for each in PANELS})


def overlap(one: Slot, other: Slot) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@given(width=st.integers(40, 400), height=st.integers(7, 200), wanted=wishes)
def test_the_slots_fill_the_area_and_never_overlap(
    width: int, height: int, wanted: dict[str, int]
) -> None:
    slots = milestone_slots(width, height, wanted)

    assert sum(each.width * each.height for each in slots) == width * height
    assert not any(overlap(*pair) for pair in combinations(slots, 2))
    assert sorted(each for slot in slots for each in slot.panels) == sorted(PANELS)
    assert all(each.height >= 4 for each in slots)


@pytest.mark.parametrize(
    ("width", "height", "places"),
    [
        pytest.param(80, 9, 1, id="a tab bar alone"),
        pytest.param(80, 22, 2, id="one above the other"),
        pytest.param(120, 14, 3, id="two below the matrix"),
        pytest.param(120, 34, 4, id="all of them"),
    ],
)
def test_more_room_shows_more_at_once(width: int, height: int, places: int) -> None:
    assert len(milestone_slots(width, height, dict.fromkeys(PANELS, 9))) == places
