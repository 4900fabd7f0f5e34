"""How long an activity lasts, by when it begins: as the absences themselves say."""

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.engine.replanning.solving.spells import spells
from orchestrator_tui.engine.scheduling.absences import Absences, finish_of
from tests.engine.replanning.small_problems import absences


@given(absences(), st.integers(0, 6), st.integers(0, 8), st.integers(0, 40))
def test_every_start_that_can_be_has_one_length_and_it_is_right(
    away: Absences, minutes: int, first: int, last: int
) -> None:
    found = [
        (start, spell.length)
        for spell in spells(away, minutes, first, last)
        for begin, end in spell.starts
        for start in range(begin, end + 1)
    ]

    expected = [
        (start, finish_of(away, start, minutes) - start)
        for start in range(first, last + 1)
        if not any(begin <= start < end for begin, end in away)
    ]
    assert sorted(found) == [each for each in expected if sum(each) <= last]


def test_absences_that_touch_are_one() -> None:
    (spell,) = spells(((2, 4), (4, 6)), 3, 0, 20)[1:]

    assert spell.length == 3 + 4
    assert spell.starts == ((0, 1),)
