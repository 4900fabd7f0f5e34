"""Nothing that was shown first vanishes because the loop has not been able to read it yet."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.library import MissionLibrary, read_snapshot
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.rounds import HELD_BACK_SECONDS, Rounds
from tests.live.listening import mission_text, progress_of

BROKEN = mission_text().replace("progress: 10", "progress: 1000")


class World:
    """A folder with one mission, and a time that only a test moves."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "chat.yaml"
        self.folder = folder
        self.seconds = 0.0
        self.is_settled = True

    def clock(self) -> datetime:
        return datetime(2024, 1, 15, 12, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def first_look(self) -> Assessment:
        return assess(read_snapshot(self.folder, self.clock()), self.clock())

    def rounds(self, first: Assessment | None) -> Rounds:
        return Rounds(
            lambda: _Unsettled(self),
            watching=Watching(monotonic=lambda: self.seconds),
            clock=self.clock,
            monotonic=lambda: self.seconds,
            first=first,
        )


class _Unsettled(MissionLibrary):
    """The library of a world, whose files are at rest when that world says so."""

    def __init__(self, world: World) -> None:
        super().__init__(world.folder)
        self._world = world

    @override
    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        del settled
        return super().refresh(now, settled=lambda _: self._world.is_settled)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.file.write_text(mission_text(progress=10))
    return world


def test_a_file_that_is_still_being_written_stays_as_it_was_seen_first(world: World) -> None:
    rounds = world.rounds(world.first_look())
    world.is_settled = False

    told = rounds.look()

    assert told is not None
    assert [progress_of(each) for each in told.missions] == [10]
    assert not told.missions[0].is_being_written


def test_a_file_that_is_long_being_written_says_so(world: World) -> None:
    rounds = world.rounds(world.first_look())
    world.is_settled = False
    rounds.look()
    world.seconds += 2.5

    told = rounds.look()

    assert told is not None
    assert told.missions[0].is_being_written


def test_what_was_seen_first_gives_way_to_what_was_read(world: World) -> None:
    rounds = world.rounds(world.first_look())
    world.is_settled = False
    rounds.look()
    world.file.write_text(mission_text(progress=40))
    world.is_settled = True

    told = rounds.look()

    assert told is not None
    assert [progress_of(each) for each in told.missions] == [40]


def test_a_file_that_broke_in_between_keeps_what_was_seen_first(world: World) -> None:
    rounds = world.rounds(world.first_look())
    world.file.write_text(BROKEN)

    told = rounds.look()

    assert told is not None
    (mission,) = told.missions
    assert progress_of(mission) == 10
    assert mission.title == "Chat"
    assert mission.stale_since == world.clock()
    assert [each.line for each in mission.problems] == [6]


def test_a_file_that_went_in_between_is_missing_until_that_is_believed(world: World) -> None:
    rounds = world.rounds(world.first_look())
    world.file.unlink()

    told = rounds.look()
    assert told is not None
    assert [each.missing_since for each in told.missions] == [world.clock()]

    world.seconds += 2.5
    told = rounds.look()
    assert told is not None
    assert told.missions == ()


def test_without_anything_seen_first_the_loop_waits_a_moment_for_its_only_file(
    world: World,
) -> None:
    rounds = world.rounds(None)
    world.is_settled = False
    assert rounds.look() is None

    world.is_settled = True
    told = rounds.look()

    assert told is not None
    assert [progress_of(each) for each in told.missions] == [10]


def test_it_waits_no_longer_than_that(world: World) -> None:
    rounds = world.rounds(None)
    world.is_settled = False
    rounds.look()
    assert rounds.next_look() == HELD_BACK_SECONDS
    world.seconds = HELD_BACK_SECONDS

    told = rounds.look()

    assert told is not None
    assert told.missions == ()


def test_a_loop_that_fails_at_once_keeps_what_was_seen_first(world: World) -> None:
    first = world.first_look()

    told = world.rounds(first).apology(("live loop restarted",))

    assert told.missions == first.missions
    assert told.notices == ("live loop restarted",)
