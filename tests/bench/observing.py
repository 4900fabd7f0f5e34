"""What evidence costs beside the loop: the screen never waits for it, and rest is rest."""

import select
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.collecting import collect_seldom
from orchestrator_tui.io.commands.results import CommandResults
from orchestrator_tui.io.evidence.collecting import Collector
from orchestrator_tui.live.observing.observer import Observer
from tests.bench.evidence import FILES, MILESTONES, bench_mission, write_workspace
from tests.bench.table import Row, row_of, timed

TOLD_GOAL = 1.0
TOLD = 2_000
IDLE_GOAL = 1.0
IDLE_SECONDS = 40.0
"""Longer than what lies between two looks without a hint."""
LOOP_SECONDS = 2.0
KEY = MissionId("bench")


class SlowDisk:
    """A workspace of which no look ends before it is let go."""

    def __init__(self) -> None:
        self.asked = Event()
        self.let_go = Event()

    def collect(
        self, key: MissionId, mission: Mission, *, trusted: frozenset[str], now: datetime
    ) -> tuple[Evidence, tuple[Path, ...]]:
        del key, mission, trusted
        self.asked.set()
        self.let_go.wait()
        return Evidence(observed=now), ()

    def forget(self, key: MissionId) -> None:
        """Remember nothing."""


class OneWorkspace:
    """The workspace in a folder."""

    def __init__(self, home: Path, state: Path) -> None:
        self._home = home
        self._collector = Collector(clock=system_clock, results=CommandResults(state))

    def collect(
        self, key: MissionId, mission: Mission, *, trusted: frozenset[str], now: datetime
    ) -> tuple[Evidence, tuple[Path, ...]]:
        found = self._collector.collect(mission, key, self._home, trusted=trusted, now=now)
        return found, self._collector.watched_folders(key, self._home)

    def forget(self, key: MissionId) -> None:
        """Let go what is remembered."""
        self._collector.forget(key, self._home)


def measure() -> Iterator[Row]:
    """Yield how long the loop is held up, and what is left to do where nothing happens."""
    collect_seldom()  # as the app does
    of = f"{MILESTONES} milestones, {FILES:,} files"
    yield _while_a_look_hangs()
    with TemporaryDirectory() as name, TemporaryDirectory() as state:
        home = Path(name)
        write_workspace(home, FILES)
        yield _during_the_first_look(home, Path(state), of)
        yield _at_rest(home, Path(state), of)


def _world() -> Snapshot:
    known = KnownMission(KEY, "bench.yaml", "0" * 64, bench_mission(MILESTONES))
    return Snapshot((known,))


def _while_a_look_hangs() -> Row:
    """Return how long the loop waits to be told what is known, while a look never ends."""
    disk, world = SlowDisk(), _world()
    observer = Observer(disk, clock=system_clock, poke=lambda: None)
    now = system_clock()
    observer.told(world, now)
    disk.asked.wait()
    taken = timed(lambda: observer.told(replace(world), now), TOLD)
    disk.let_go.set()
    observer.close()
    return row_of("told what is known, while a look hangs", taken, goal=TOLD_GOAL)


def _during_the_first_look(home: Path, state: Path, of: str) -> Row:
    """Return the same while a look is really under way, which takes turns with the loop."""
    world, more = _world(), Event()
    observer = Observer(OneWorkspace(home, state), clock=system_clock, poke=more.set)
    now = system_clock()
    taken = []
    while not more.is_set():
        taken += timed(lambda: observer.told(world, now), 1)
        select.select([], [], [], 0.001)
    observer.close()
    return row_of(f"the same during a look, {of}", taken)


def _at_rest(home: Path, state: Path, of: str) -> Row:
    """Return the share of a core that an observer takes while nothing changes."""
    world, more = _world(), Event()
    observer = Observer(OneWorkspace(home, state), clock=system_clock, poke=more.set)
    observer.told(world, system_clock())
    more.wait()
    select.select([], [], [], LOOP_SECONDS)
    before, start = time.process_time(), time.perf_counter()
    while time.perf_counter() - start < IDLE_SECONDS:
        observer.told(world, system_clock())
        select.select([], [], [], LOOP_SECONDS)
    spent, passed = time.process_time() - before, time.perf_counter() - start
    observer.close()
    return Row(f"observing at rest, {of}", 100 * spent / passed, unit="%", goal=IDLE_GOAL)
