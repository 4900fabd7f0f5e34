"""Where the panels stand: they never overlap, and every panel can be reached."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.presentation.rows.layout import (
    ACTIVITY,
    AGENTS,
    PANELS,
    TIMELINE,
    Slot,
    shared_out,
    slots_for,
)

LINES = st.integers(2, 80)
WANTED = st.fixed_dictionaries(dict.fromkeys(PANELS, LINES), optional={TIMELINE: LINES})


def overlap(one: Slot, other: Slot) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(width=st.integers(40, 300), height=st.integers(5, 100), wanted=WANTED)
def test_slots_fill_the_area_and_never_overlap(
    width: int, height: int, wanted: dict[str, int]
) -> None:
    slots = slots_for(width, height, wanted)

    assert not [pair for pair in combinations(slots, 2) if overlap(*pair)]
    assert sum(each.width * each.height for each in slots) == width * height


@given(width=st.integers(40, 300), height=st.integers(5, 100), wanted=WANTED)
def test_every_panel_has_exactly_one_slot(width: int, height: int, wanted: dict[str, int]) -> None:
    slots = slots_for(width, height, wanted)

    placed = [key for each in slots for key in each.panels if key != TIMELINE]
    assert sorted(placed) == sorted(PANELS)


def test_at_the_usual_size_the_feeds_go_under_a_tab_bar() -> None:
    slots = slots_for(80, 18, dict.fromkeys(PANELS, 7))

    assert [each.panels[0] for each in slots] == ["agents", "milestones", "attention"]
    assert ACTIVITY in slots[2].panels


def test_what_is_wanted_first_is_given_first() -> None:
    assert shared_out(18, [7, 7, 9], (6, 5, 5)) == [7, 6, 5]


def test_one_wish_never_leaves_the_others_without_lines() -> None:
    assert shared_out(30, [100, 7, 7], (7, 7, 5)) == [16, 7, 7]


def test_a_chart_is_shown_only_where_much_is_over() -> None:
    wanted = {**dict.fromkeys(PANELS, 7), TIMELINE: 12}

    assert TIMELINE not in {key for each in slots_for(120, 28, wanted) for key in each.panels}
    assert TIMELINE in {key for each in slots_for(120, 54, wanted) for key in each.panels}
    assert slots_for(120, 54, wanted)[0].panels == (AGENTS,)
