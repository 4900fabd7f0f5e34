"""Whatever the clock does, no level is missed, and none is told twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.instant import format_instant
from tests.hub.by_hand import HOUR, HandWorld
from tests.live.recorded_world import START, Run

KEY = "blocker:key"
OPENED = f"opened: {format_instant(START)}"
AN_HOUR, A_DAY, A_YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
SEEN = (0.1, 1.9, 2.1, 3.9, 4.1, 7.9, 8.1, 9.5)
"""Hours at which the mission is looked at if nobody touches the clock."""


def level_shown(run: Run) -> int:
    judgement = run.mission().judgement
    assert judgement is not None
    return next((int(each.level) for each in judgement.escalations if each.id == KEY), 0)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(AN_HOUR, id="an hour ahead"),
        pytest.param(-AN_HOUR, id="an hour back"),
        pytest.param(A_DAY, id="a day ahead"),
        pytest.param(-A_DAY, id="a day back"),
        pytest.param(A_YEAR, id="a year ahead"),
        pytest.param(-A_YEAR, id="a year back"),
    ],
)
@pytest.mark.parametrize("stays", [True, False], ids=["for good", "and is put right"])
@pytest.mark.parametrize("hour", [0.5, 3.0, 5.0])
def test_a_clock_that_is_set_tells_no_level_twice_and_misses_none(
    tmp_path: Path, step: timedelta, hour: float, *, stays: bool
) -> None:
    place = HandWorld(tmp_path)
    place.write({"key": OPENED})
    with place.run() as run:
        for hours in (*(each for each in SEEN if each < hour), hour):
            _look_at(place, run, hours)
        place.world.ahead = step
        place.pass_the_window(run)
        _assert_nothing_is_missed(place, run)
        if not stays:
            place.world.ahead = timedelta(0)
            place.pass_the_window(run)
            _assert_nothing_is_missed(place, run)
        for hours in (each for each in SEEN if each > hour):
            _look_at(place, run, hours)
        place.world.ahead += A_YEAR
        place.pass_the_window(run)
        _assert_nothing_is_missed(place, run)
        assert max(place.told_levels(KEY)) == 4
        place.write({})
        place.pass_the_window(run)
        place.pass_the_window(run)

    assert place.things()[-1] == (("RECOVERED", KEY, 4),)
    assert len(place.things()) == len(place.told_levels(KEY)) + 1


def _look_at(place: HandWorld, run: Run, hours: float) -> None:
    place.world.seconds = max(place.world.seconds, hours * HOUR)
    place.pass_the_window(run)
    _assert_nothing_is_missed(place, run)


def _assert_nothing_is_missed(place: HandWorld, run: Run) -> None:
    """See that the level that is shown was told, and that levels only ever rose."""
    told = place.told_levels(KEY)
    assert told == sorted(set(told))
    assert max(told, default=0) >= level_shown(run)
    assert len({each.id for each in place.received()}) == len(place.received())


@pytest.mark.parametrize(
    ("local", "opened"),
    [
        pytest.param("2026-03-29T01:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC), id="spring"),
        pytest.param("2026-10-25T00:30", datetime(2026, 10, 24, 22, 30, tzinfo=UTC), id="autumn"),
    ],
)
def test_where_clocks_change_for_summer_hours_are_as_long_as_ever(
    tmp_path: Path, local: str, opened: datetime
) -> None:
    place = HandWorld(tmp_path, zone="Europe/Berlin")
    place.write({"key": f"opened: {local}"})
    place.world.ahead = opened - START
    levels = []
    with place.run() as run:
        for hours in (0, 2, 4, 8):
            for minutes in (-1.5, 0):
                place.world.seconds = max(place.world.seconds, hours * HOUR + minutes * 60)
                place.pass_the_window(run)
                levels.append(place.told_levels(KEY)[-1:])

    assert levels == [[1], [1], [1], [2], [2], [3], [3], [4]]
    assert place.told_levels(KEY) == [1, 2, 3, 4]


def test_after_a_suspend_over_three_thresholds_a_subject_is_told_once_at_its_level(
    tmp_path: Path,
) -> None:
    place = HandWorld(tmp_path)
    place.write(dict.fromkeys(("key", "host", "port"), OPENED))
    with place.run() as run:
        _look_at(place, run, 0.1)
        before = len(place.things())
        # a machine that sleeps does not count on the monotonic clock
        place.world.ahead += timedelta(hours=8)
        place.pass_the_window(run)
        place.pass_the_window(run)

    (after,) = place.things()[before:]
    assert sorted(after) == [
        ("RAISED", "blocker:host", 4),
        ("RAISED", KEY, 4),
        ("RAISED", "blocker:port", 4),
    ]


def test_what_waited_when_the_machine_fell_asleep_is_told_at_the_level_it_woke_with(
    tmp_path: Path,
) -> None:
    place = HandWorld(tmp_path)
    place.write({"key": OPENED})
    with place.run() as run:
        run.world.seconds = 60
        run.pass_time()
        place.world.ahead += timedelta(hours=8)
        place.pass_the_window(run)

    assert place.things() == [(("RAISED", KEY, 4),)]


def test_what_ends_while_the_clock_is_wrong_is_over_once(tmp_path: Path) -> None:
    place = HandWorld(tmp_path)
    place.write({"key": OPENED})
    with place.run() as run:
        _look_at(place, run, 3.0)
        place.world.ahead = -A_YEAR
        place.pass_the_window(run)
        place.write({})
        place.pass_the_window(run)
        place.world.ahead = timedelta(0)
        place.pass_the_window(run)

    assert place.things() == [(("RAISED", KEY, 2),), (("RECOVERED", KEY, 2),)]


def test_what_was_told_by_a_clock_far_ahead_is_over_when_it_ends_and_is_told_when_it_comes_again(
    tmp_path: Path,
) -> None:
    place = HandWorld(tmp_path)
    busy, idle = (_tasks_of_one_agent(each) for each in (3, 1))
    place.write({}, more=busy)
    with place.run() as run:
        place.pass_the_window(run)
        for step in (A_YEAR, timedelta(0)):
            place.world.ahead = step
            place.pass_the_window(run)
        for more in (idle, busy):
            place.write({}, more=more)
            place.pass_the_window(run)
            place.pass_the_window(run)

    assert [(kind, level) for things in place.things() for kind, _, level in things] == [
        ("RAISED", 1),
        ("RAISED", 4),
        ("RECOVERED", 4),
        ("RAISED", 1),
    ]


def _tasks_of_one_agent(count: int) -> str:
    """Return so many tasks of an agent that has room for one."""
    tasks = "".join(f"  t{each}: {{agent: ada, estimate: 400h}}\n" for each in range(count))
    return f"agents: {{ada: {{capacity: 1}}}}\ntasks:\n{tasks}"
