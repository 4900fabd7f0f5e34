"""Who looks at one mission gives way to who looks at all of its folder, and takes over after it."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from tests.live.listening import mission_text, save
from tests.live.recorded_world import Run, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def recording(*runs: Run) -> list[bool]:
    """Say of each whether it is the one that records."""
    return [each.keeping.is_recording for each in runs]


def test_every_mission_is_recorded_though_somebody_looked_at_one_of_them_first(
    world: World,
) -> None:
    save(world.missions / "other.yaml", mission_text(title="Other"))
    with Run(world, path=world.file) as alone, Run(world) as whole:
        alone.pass_time()
        whole.pass_time()
        assert recording(alone, whole) == [True, False]

        alone.pass_time()
        whole.pass_time()
        whole.pass_time()
        assert recording(alone, whole) == [False, True]

    recorded = world.recorded()
    added = [each.mission for each in recorded if each.event.kind is EventKind.MISSION_ADDED]
    assert sorted(added) == ["chat", "other"]
    assert world.is_whole()


def test_it_takes_over_again_and_records_nothing_twice(world: World) -> None:
    with Run(world, path=world.file) as alone:
        alone.pass_time()
        with Run(world) as whole:
            for run in (whole, alone, whole):
                run.pass_time()
            world.write(progress=40)
            for run in (whole, alone):
                run.pass_time()
        alone.pass_time()
        assert recording(alone) == [True]
        world.write(progress=60)
        alone.pass_time()

    progressed = [each for each in world.kinds() if each is EventKind.TASK_PROGRESSED]
    assert len(progressed) == 2


def test_who_begins_later_with_one_mission_only_follows(world: World) -> None:
    with Run(world) as whole, Run(world, path=world.file) as alone:
        whole.pass_time()
        alone.pass_time()
        whole.pass_time()
        alone.pass_time()

        assert recording(alone, whole) == [False, True]
        assert any("history is kept by" in each for each in alone.notices())
