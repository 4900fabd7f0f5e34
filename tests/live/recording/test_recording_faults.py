"""A history that cannot be used costs the history of that time, and is said; nothing else stops."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.snapshot import MissionFile
from orchestrator_tui.io.history.place import EVENTS_FILE, RULINGS_FILE
from orchestrator_tui.live.recording.journal import Entry, Journal
from tests.io.unprivileged import Unprivileged
from tests.live.listening import progress_of
from tests.live.recorded_world import CHAT, START, Run, World

A_MINUTE = 61
A_WHILE = 35
"""Longer than any rest after a fault."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def run(world: World) -> Iterator[Run]:
    with Run(world) as run:
        run.pass_time()
        yield run


def _progressed(world: World) -> list[str]:
    return [
        each.event.after
        for each in world.recorded()
        if each.event.kind is EventKind.TASK_PROGRESSED
    ]


def _change(run: Run, progress: int, seconds: float = 0.3) -> None:
    """Let an agent report, and see that it is shown whatever the history does."""
    run.world.write(progress=progress)
    run.pass_time(seconds)
    assert progress_of(run.mission()) == progress


def test_a_history_deleted_while_it_is_open_is_begun_anew_with_all_that_was_lost(
    world: World, run: Run
) -> None:
    _change(run, 20)
    run.pass_time(A_MINUTE)
    shutil.rmtree(world.history)
    _change(run, 30)
    run.pass_time(A_MINUTE)
    run.pass_time()
    _change(run, 40)

    assert _progressed(world) == ["progress 30", "progress 40"]
    assert world.kinds()[0] is EventKind.MISSION_ADDED
    assert world.kinds().count(EventKind.MISSION_ADDED) == 1
    assert world.is_whole()
    (notice,) = run.notices()
    assert "deleted or moved" in notice


def test_a_plan_frozen_in_a_history_that_was_deleted_stays_frozen(world: World, run: Run) -> None:
    before = run.mission().judgement
    run.pass_time(A_MINUTE)
    shutil.rmtree(world.history)
    _change(run, 30, A_MINUTE)
    world.seconds += 7200
    run.pass_time(A_MINUTE)
    run.pass_time()
    after = run.mission().judgement

    assert before is not None
    assert after is not None
    assert after.timeline.baseline_finish == before.timeline.baseline_finish
    assert EventKind.BASELINE_FROZEN in world.kinds()


def test_a_history_replaced_by_rubbish_is_moved_aside_and_a_new_one_begins(
    world: World, run: Run
) -> None:
    rubbish = world.history / "rubbish"
    rubbish.write_bytes(os.urandom(50_000))
    rubbish.replace(world.history / EVENTS_FILE)
    (world.history / f"{EVENTS_FILE}-wal").unlink()
    (world.history / f"{EVENTS_FILE}-shm").unlink()
    _change(run, 30)
    run.pass_time(A_MINUTE)
    run.pass_time()
    assert any("moved" in each for each in run.notices())
    _change(run, 40)

    assert _progressed(world) == ["progress 30", "progress 40"]
    assert world.is_whole()


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, 5000], ids=lambda each: f"{each} bytes left")
def test_a_history_truncated_before_the_start_costs_no_start(world: World, kept: int) -> None:
    with Run(world) as run:
        run.pass_time()
    os.truncate(world.history / EVENTS_FILE, kept)

    with Run(world) as run:
        for _ in range(4):
            run.pass_time(2)
        _change(run, 30)
        assert any("moved" in each for each in run.notices())

    assert _progressed(world) == ["progress 30"]
    assert world.is_whole()


def test_a_locked_history_is_waited_for_without_holding_anything_up(world: World, run: Run) -> None:
    other = sqlite3.connect(world.history / EVENTS_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    _change(run, 30)
    assert "locked" in run.notices()[0]
    _change(run, 40, 2)
    _change(run, 50, 2)
    assert len(run.notices()) == 1
    assert _progressed(world) == []

    other.execute("ROLLBACK")
    other.close()
    run.pass_time(A_WHILE)
    run.pass_time()

    assert _progressed(world) == ["progress 30", "progress 40", "progress 50"]
    assert run.notices() == ()


def test_a_state_folder_that_may_not_be_written_is_said_once(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    world = World(public_place)
    world.state.mkdir(0o500)
    run = Run(world)
    with unprivileged():
        run.pass_time()
    world.write(progress=30)
    with unprivileged():
        run.pass_time(2)
    assert progress_of(run.mission()) == 30
    (notice,) = run.notices()
    assert "--state-dir" in notice

    world.state.chmod(0o777)
    with unprivileged():
        run.pass_time(A_WHILE)
        run.pass_time()
    assert run.notices() == ()
    world.write(progress=40)
    with unprivileged(), run:
        run.pass_time()

    assert _progressed(world)[-1] == "progress 40"


def test_a_second_process_follows_and_goes_on_when_the_first_has_ended(world: World) -> None:
    first, second = Run(world), Run(world)
    first.pass_time()
    second.pass_time()
    assert second.notices() == (f"history is kept by process {os.getpid()}, this one follows",)

    world.write(progress=30)
    first.pass_time()
    second.pass_time()
    assert EventKind.TASK_PROGRESSED in second.activity()
    assert _progressed(world) == ["progress 30"]

    first.close()
    _change(second, 40, 3)
    _change(second, 50)

    assert second.notices() == ()
    assert _progressed(world) == ["progress 30", "progress 40", "progress 50"]
    assert second.activity().count(EventKind.TASK_PROGRESSED) == 3
    second.close()
    assert world.is_whole()


def test_what_the_first_had_not_kept_when_it_died_is_kept_by_the_second(world: World) -> None:
    first, second = Run(world), Run(world)
    first.pass_time()
    second.pass_time()
    world.write(progress=30)
    first.look()
    second.look()

    first.keeping.close()
    second.pass_time(3)
    second.pass_time()

    assert _progressed(world) == ["progress 30"]
    second.close()


def test_a_closing_loop_keeps_what_it_has_seen(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        world.write(progress=30)
        run.look()

    assert _progressed(world) == ["progress 30"]


def _entry(number: int, *, events: int = 1) -> Entry:
    event = Event(START, EventKind.TASK_PROGRESSED, f"t{number}", "went on")
    return Entry(CHAT, START, (event,) * events)


def test_a_journal_that_is_full_lets_go_the_oldest_and_counts_them() -> None:
    journal = Journal(events_held=20)
    for number in range(50):
        journal.add(_entry(number))

    assert journal.next is not None
    assert journal.next.events[0].subject == "t40"
    assert journal.lost == 40


def test_a_journal_with_too_many_bytes_keeps_the_newest_files_of_a_mission_alone() -> None:
    journal = Journal(bytes_held=100)
    for number in range(4):
        raw = bytes([number]) * 40
        file = MissionFile("chat.yaml", sha256(raw).hexdigest(), raw)
        journal.add(replace(_entry(number), files=(file,)))

    held = []
    while (entry := journal.next) is not None:
        held.append(entry)
        journal.count_as_appended()
    assert [each.events[0].subject for each in held] == ["t0", "t1", "t2", "t3"]
    assert [each.files is not None for each in held] == [False, False, True, True]
    assert journal.lost == 0


def test_a_journal_gives_back_what_was_appended_in_order() -> None:
    journal = Journal()
    for number in range(4):
        journal.add(_entry(number))
    journal.count_as_appended()
    journal.forget_appended()
    journal.count_as_appended()

    journal.take_back()

    taken = []
    while (entry := journal.next) is not None:
        taken.append(entry.events[0].subject)
        journal.count_as_appended()
    assert taken == ["t1", "t2", "t3"]


def test_a_history_of_a_newer_program_is_read_and_left_as_it_is(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
    newer = sqlite3.connect(world.history / EVENTS_FILE)
    newer.execute("PRAGMA user_version=99")
    newer.close()
    before = world.recorded()

    with Run(world) as run:
        run.pass_time()
        _change(run, 40)
        assert EventKind.MISSION_ADDED in run.activity()
        (notice,) = run.notices()
        assert "newer version" in notice
    assert world.recorded() == before


def test_a_kept_file_that_is_damaged_costs_only_what_nobody_can_tell(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
    spoilt = sqlite3.connect(world.history / EVENTS_FILE)
    spoilt.execute("UPDATE contents SET body = x'00'")
    spoilt.commit()
    spoilt.close()
    world.write(progress=40)

    with Run(world) as run:
        run.pass_time()
        run.pass_time(3)
        _change(run, 50)
        _change(run, 60)
        assert run.notices() == ()

    assert _progressed(world) == ["progress 50", "progress 60"]


def test_what_was_seen_before_a_fault_is_shown_after_it(world: World, run: Run) -> None:
    run.pass_time(A_MINUTE)
    shutil.rmtree(world.history)
    _change(run, 20, A_MINUTE)
    run.pass_time()
    _change(run, 30)

    assert run.activity().count(EventKind.TASK_PROGRESSED) == 2


def test_decisions_that_came_back_from_their_second_copy_are_said_to(world: World) -> None:
    world.rule(RulingKind.NOTED, "t1")
    (world.history / RULINGS_FILE).write_bytes(b"no database")

    with Run(world) as run:
        run.pass_time()
        assert any("1 decision came back" in each for each in run.notices())
        run.pass_time(601)
        assert run.notices() == ()
