"""Handovers that are killed, by real processes: what is there is the old or the new, whole."""

import os
import random
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestrator_tui.io.handover import archive, points
from orchestrator_tui.io.handover.folder import Folder
from orchestrator_tui.io.handover.handing_over import is_handed_over
from tests.builders import after, approved
from tests.io.editing.dying import beside, dies_at
from tests.io.handover.world import M1, WIKI, World

PASSED = tuple(each for each in points.POINTS if each != points.SET_ASIDE)
"""What a handover passes where names can be exchanged in one step."""
OLD, NEW = b"old\n", b"new\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    for each in range(3):
        world.deliver(f"docs/{each}.md", OLD)
    return world


def renew(world: World) -> None:
    """Deliver something else."""
    for each in range(3):
        world.deliver(f"docs/{each}.md", NEW)


def archived(world: World) -> set[bytes]:
    """Return what the copies hold."""
    return {each.read_bytes() for each in (world.archive / "files").rglob("*.md")}


@pytest.mark.parametrize("point", PASSED)
def test_a_first_handover_that_is_killed_leaves_nothing_or_all(world: World, point: str) -> None:
    assert dies_at(point, lambda reached: world.hand_over(passed=reached))

    if world.archive.exists():
        world.assert_whole()
        assert archived(world) == {OLD}
    assert is_handed_over(WIKI, M1, world.home) == (point == points.TOLD)


@pytest.mark.parametrize("point", PASSED)
def test_a_second_handover_that_is_killed_leaves_the_old_or_the_new(
    world: World, point: str
) -> None:
    world.hand_over()
    told = world.told
    renew(world)

    assert dies_at(point, lambda reached: world.hand_over(approved(5), passed=reached))

    world.assert_whole()
    assert archived(world) in ({OLD}, {NEW})
    assert (archived(world) == {NEW}) == (PASSED.index(point) >= PASSED.index(points.PLACED))
    assert (world.told == told) == (point != points.TOLD)


@pytest.mark.parametrize("point", PASSED)
def test_after_a_killed_handover_the_next_one_comes_to_the_same(
    world: World, tmp_path: Path, point: str
) -> None:
    untouched = World(tmp_path / "untouched")
    for each in (world, untouched):
        renew(each)
    dies_at(point, lambda reached: world.hand_over(approved(5), passed=reached))

    world.hand_over(approved(5))
    untouched.hand_over(approved(5))

    assert world.bytes_by_name() == untouched.bytes_by_name()
    assert world.left_over() == []


def test_where_names_cannot_be_exchanged_the_old_one_goes_when_the_new_one_is_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "exchange", lambda *_: False)
    world.hand_over()
    renew(world)
    seen: list[set[bytes]] = []

    def look(point: str) -> None:
        if point == points.SET_ASIDE:
            whole = [each for each in world.own.glob("archive/.M1.*") if each.is_dir()]
            seen.extend({one.read_bytes() for one in each.rglob("*.md")} for each in whole)

    world.hand_over(approved(5), passed=look)

    assert sorted(map(sorted, seen)) == [[NEW], [OLD]]
    assert archived(world) == {NEW}
    assert world.left_over() == []


@pytest.mark.parametrize("seed", range(6))
def test_handovers_killed_at_any_moment_never_leave_half_an_archive(
    world: World, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    world.hand_over()
    for each in range(60):
        world.deliver(f"docs/many/{each}.md", NEW * chance.randrange(1, 20_000))

    for hour in range(5, 9):
        with begun(lambda: world.hand_over(approved(hour))) as (child, ready):  # noqa: B023 - at once
            select.select([ready], [], [])
            _wait(chance.uniform(0, 0.06))
            os.kill(child, signal.SIGKILL)
        world.assert_whole()
        assert "# Handover" in world.told

    world.hand_over(approved(9))
    world.assert_whole()
    assert world.left_over() == []
    assert is_handed_over(WIKI, M1, world.home, approved_at=after(9))


def test_two_at_once_come_to_the_same_as_one(world: World) -> None:
    with beside(lambda: [world.hand_over(approved(hour)) for hour in range(5, 25)]):
        for hour in range(5, 25):
            world.hand_over(approved(hour))

    world.assert_whole()
    assert world.left_over() == []


def test_a_full_disk_leaves_what_was_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.hand_over()
    first = world.bytes_by_name()
    renew(world)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "write_file", full)

    with pytest.raises(Exception, match="no space is left on the disk"):
        world.hand_over(approved(5))

    assert world.bytes_by_name() == first
    assert world.left_over() == []


@contextmanager
def begun(act: Callable[[], object]) -> Iterator[tuple[int, int]]:
    """Let a process of its own, which will be killed, act; it says when it begins."""
    ready, says = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(says, b".")
            act()
        finally:
            os._exit(0)
    os.close(says)
    try:
        yield child, ready
    finally:
        os.waitpid(child, 0)
        os.close(ready)


def _wait(seconds: float) -> None:
    """Let the other process go on for a while, which is what the test is about."""
    select.select([], [], [], seconds)
