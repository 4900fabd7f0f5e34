"""What a round costs: nothing is judged twice for nothing, and storms are paid for by rest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.judging import Judging
from orchestrator_tui.live.recording.chronicle import EVENTS_KEPT, Chronicle
from orchestrator_tui.live.rounds import Rounds
from tests.builders import NOON, known, mission, snapshot

ERROR = Problem(Severity.ERROR, "m.yaml", 3, 1, "makes no sense")


def _at(progress: float) -> KnownMission:
    return known(mission(tasks={"draft": {"estimate": "4h", "progress": progress}}))


class Shelf:
    """A library that holds what a test puts there."""

    watched_folders = ()

    def __init__(self) -> None:
        self.now = Snapshot(missions=(_at(10),), generation=1)

    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        del now, settled
        return self.now


class Time:
    """Both clocks of a test, moved together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def clock(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def rounds(time: Time, shelf: Shelf) -> Rounds:
    return Rounds(
        lambda: shelf,
        watching=Watching(monotonic=time.monotonic),
        clock=time.clock,
        monotonic=time.monotonic,
    )


def test_a_look_at_an_unchanged_world_tells_nothing_until_time_has_passed(
    rounds: Rounds, time: Time
) -> None:
    assert rounds.look() is not None

    time.seconds += 0.5
    assert rounds.look() is None

    time.seconds = rounds.next_look()
    again = rounds.look()
    assert again is not None
    assert again.at == time.clock()


def test_a_change_is_told_at_once(rounds: Rounds, time: Time, shelf: Shelf) -> None:
    rounds.look()
    time.seconds += 0.1
    shelf.now = replace(shelf.now, missions=(_at(50),), generation=2)

    told = rounds.look()

    assert told is not None
    assert told.missions[0].judgement is not None
    assert told.missions[0].judgement.tasks[0].progress_percent == 50


def test_a_notice_is_told_once_it_is_there_and_once_it_is_gone(rounds: Rounds) -> None:
    rounds.look()

    told = rounds.look(("careful",))
    assert told is not None
    assert told.notices == ("careful",)
    assert rounds.look(("careful",)) is None
    told = rounds.look()
    assert told is not None
    assert told.notices == ()


def test_what_may_come_back_is_looked_for_soon(rounds: Rounds, time: Time, shelf: Shelf) -> None:
    shelf.now = Snapshot(missions=(replace(_at(10), vanishing=("draft",)),), generation=1)

    rounds.look()

    assert rounds.next_look() - time.seconds <= 0.5


def test_a_library_opened_anew_does_not_turn_the_count_of_loads_back(
    rounds: Rounds, shelf: Shelf
) -> None:
    shelf.now = replace(shelf.now, generation=100)
    rounds.look()
    rounds.forget_the_library()
    shelf.now = replace(shelf.now, missions=(_at(70),), generation=1)

    told = rounds.look()

    assert told is not None
    assert told.missions[0].judgement is not None
    assert told.missions[0].judgement.tasks[0].progress_percent == 70


def test_a_single_heavy_round_is_followed_by_little_rest(rounds: Rounds, time: Time) -> None:
    time.seconds = 100

    assert rounds.rest_owed(0.3) == 0
    assert rounds.rest_owed(5.0) <= 0.5


def test_a_storm_of_rounds_takes_a_fifth_of_a_core(rounds: Rounds, time: Time) -> None:
    worked = 0.0
    while time.seconds < 60:
        time.seconds += 0.05
        worked += 0.05
        time.seconds += rounds.rest_owed(0.05)

    assert worked / time.seconds < 0.25


def test_only_what_changed_is_judged_again_between_two_ticks() -> None:
    judging = Judging()
    first, second = snapshot(mission(), mission()).missions
    before = judging.judge(Snapshot(missions=(first, second)), NOON, all_anew=True)
    changed = replace(second, revision="1" * 64)
    later = NOON + timedelta(seconds=1)

    after = judging.judge(Snapshot(missions=(first, changed)), later, all_anew=False)

    assert after.missions[0] is before.missions[0]
    assert after.missions[1].revision == changed.revision


def test_at_a_tick_everything_is_judged_as_the_engines_do() -> None:
    world = snapshot(mission(), mission(tasks={"draft": {"estimate": "4h"}}))
    judging = Judging()
    judging.judge(world, NOON, all_anew=True)
    later = NOON + timedelta(hours=3)

    judged: Assessment = judging.judge(world, later, all_anew=True)

    assert judged == assess(world, later)


def _told(chronicle: Chronicle, one: KnownMission) -> KnownMission:
    return chronicle.told(Snapshot(missions=(one,)), NOON).missions[0]


def test_what_was_there_at_the_start_did_not_happen() -> None:
    assert _told(Chronicle(), _at(10)).activity == ()


def test_a_mission_that_did_not_change_stays_the_same_object() -> None:
    chronicle = Chronicle()
    once = _told(chronicle, _at(10))

    assert _told(chronicle, _at(10)) is once


def test_the_newest_events_are_kept_oldest_first() -> None:
    chronicle = Chronicle()
    for each in range(EVENTS_KEPT + 50):
        last = _told(chronicle, _at(each % 90))

    assert len(last.activity) == EVENTS_KEPT
    assert list(last.activity) == sorted(last.activity, key=lambda each: each.at)


def test_a_file_breaks_and_is_mended_once() -> None:
    chronicle = Chronicle()
    good = _at(10)
    broken = replace(good, problems=(ERROR,), stale_since=NOON)
    worse = replace(broken, problems=(ERROR, ERROR))

    for each in (good, broken, worse, broken, good):
        last = _told(chronicle, each)

    kinds = [each.kind for each in last.activity]
    assert kinds == [EventKind.FILE_BROKEN, EventKind.FILE_MENDED]
    assert "m.yaml:3:1" in last.activity[0].text


def test_a_warning_breaks_nothing() -> None:
    chronicle = Chronicle()
    _told(chronicle, _at(10))
    warned = replace(_at(10), problems=(replace(ERROR, severity=Severity.WARNING),))

    assert _told(chronicle, warned).activity == ()
