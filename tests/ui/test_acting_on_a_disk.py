"""The app with the real desk and the real archive: what is done in it is written and remembered."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.live.past.archive import Archive
from tests.live.recorded_world import Run, World
from tests.ui.desks import HeardApp, Stopwatch, press
from tests.ui.showing import Told, panel, seen, settle


class Scene:
    """A mission on a disk, the process that records it, and the app that shows it."""

    def __init__(self, world: World, run: Run) -> None:
        self.world = world
        self.run = run
        self.source = Told(run.pass_time())
        self.app = HeardApp(
            source=self.source,
            clock=world.clock,
            desk=Desk(
                world.missions, state=world.state, clock=world.clock, actor="tess", poke=self._poke
            ),
            archive=Archive(world.missions, state=world.state, clock=world.clock),
            monotonic=Stopwatch(),
        )
        self.pokes = 0

    def _poke(self) -> None:
        self.pokes += 1

    def go_on(self, seconds: float = 60) -> None:
        """Let time pass, record what happened, and tell the app."""
        self.world.seconds += seconds
        self.source.tell(self.run.pass_time())


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Return a scene, open as long as its test."""
    world = World(tmp_path)
    with Run(world) as run:
        yield Scene(world, run)


def as_it_was(world: World, at: timedelta) -> Assessment:
    """Return what `status --at` says of the files as they are, at that moment."""
    now = world.clock() - at
    return assess(
        with_facts(read_snapshot(world.missions, now), world.missions, world.state, now), now
    )


async def test_a_note_is_kept_told_and_taken_back(scene: Scene) -> None:
    async with scene.app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "n", *"remember", "enter")
        assert scene.pokes == 1
        assert "undo" in scene.app.said[0]
        scene.go_on()
        await settle(pilot)
        await press(pilot, "h")
        (row,) = (each for each in panel(scene.app, "#events") if "remember" in each)
        assert "tess" in row

        await press(pilot, "escape", "u")
        scene.go_on()
        await settle(pilot)
        await press(pilot, "h")
        assert any("tess" in each for each in panel(scene.app, "#events")[2:3])


async def test_a_priority_is_written_into_the_file_and_taken_back_from_it(scene: Scene) -> None:
    async with scene.app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "t", "P", "home", "enter")
        assert "priority: CRITICAL" in scene.world.file.read_text()

        await press(pilot, "u")
        assert "priority" not in scene.world.file.read_text()


async def test_the_past_is_what_status_said_of_the_files_as_they_were_then(scene: Scene) -> None:
    moments = []

    async with scene.app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for progress in (25, 60):
            scene.world.write(progress=progress)
            scene.go_on()
            newest = scene.world.recorded()[-1]
            moments.append(as_it_was(scene.world, scene.world.clock() - newest.seen))
        await settle(pilot)

        await press(pilot, "left_square_bracket")
        assert scene.app.assessment == moments[1]
        assert "PAST" in seen(scene.app)
        while scene.app.assessment != moments[0]:
            await press(pilot, "left_square_bracket")
            assert scene.app.said == []

        await press(pilot, "escape")
        assert scene.app.assessment is scene.run.told[-1]


async def test_a_damaged_history_costs_the_history_and_never_the_dashboard(scene: Scene) -> None:
    for each in scene.world.history.glob("history.db*"):
        each.write_bytes(b"not a database at all, of some length")

    async with scene.app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert "✗" in seen(scene.app)
        assert "cannot be read at the moment" in seen(scene.app)

        await press(pilot, "escape", "left_square_bracket")
        assert len(scene.app.said) == 1
        assert "PAST" not in seen(scene.app)
        assert "Chat" in seen(scene.app)
