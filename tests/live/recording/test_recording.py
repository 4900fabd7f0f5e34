"""What a loop sees becomes history, once and in order, and what is known is shown."""

from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.ids import MissionId
from tests.live.listening import mission_text, save
from tests.live.recorded_world import CHAT, Run, World

FIRST = [EventKind.MISSION_ADDED, EventKind.BASELINE_FROZEN]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def _changes(world: World) -> list[EventKind]:
    lifecycle = {EventKind.ESCALATED, EventKind.RECOVERED, *FIRST}
    return [each for each in world.kinds() if each not in lifecycle]


def test_a_mission_seen_for_the_first_time_is_added_and_its_plan_frozen(world: World) -> None:
    with Run(world) as run:
        run.pass_time()

    assert world.kinds()[:2] == FIRST
    assert world.is_whole()


def test_nothing_is_kept_before_it_was_told(world: World) -> None:
    with Run(world) as run:
        run.look()

        assert world.recorded() == []


def test_a_change_is_told_at_once_and_kept_soon_after_with_its_files(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        before = world.kinds()
        world.write(progress=40)

        run.look()
        assert EventKind.TASK_PROGRESSED in run.activity()
        assert world.kinds() == before

        run.pass_time()

    newest = world.recorded()[len(before) :]
    assert EventKind.TASK_PROGRESSED in [each.event.kind for each in newest]
    assert world.last_version_text() == world.file.read_text()


def test_a_start_without_a_change_records_nothing(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        world.write(progress=40)
        run.pass_time()
    before = world.recorded()

    for _ in range(3):
        with Run(world) as run:
            run.pass_time()
            run.pass_time(3)

    assert world.recorded() == before


def test_a_change_of_layout_alone_is_no_event_and_is_kept_all_the_same(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        before = world.recorded()
        world.write(more="# only a comment\n")
        run.pass_time()
        assert world.last_version_text() == world.file.read_text()
    world.write(more="# another comment\n")
    with Run(world) as run:
        run.pass_time()

    assert world.recorded() == before
    assert world.last_version_text() == world.file.read_text()
    assert world.is_whole()


def test_what_happened_while_nothing_watched_is_caught_up(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
    before = len(world.recorded())
    world.seconds += 3600
    world.write(progress=100)

    with Run(world) as run:
        run.pass_time()
        assert EventKind.TASK_FINISHED in run.activity()

    caught_up = world.recorded()[before:]
    assert EventKind.TASK_FINISHED in [each.event.kind for each in caught_up]
    assert {each.seen for each in caught_up} == {world.clock() - timedelta(seconds=0.3)}
    assert world.is_whole()


def test_the_activity_begins_with_what_the_history_holds(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        world.write(progress=40)
        run.pass_time()

    with Run(world) as run:
        run.look()

        assert EventKind.TASK_PROGRESSED in run.activity()
        assert EventKind.MISSION_ADDED in run.activity()


def test_a_plan_that_was_frozen_stays_the_baseline(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        timeline = run.mission().judgement
        assert timeline is not None
        baseline = timeline.timeline.baseline_finish
    save(world.file, mission_text().replace("estimate: 4h", "estimate: 40h"))

    with Run(world) as run:
        run.pass_time()
        later = run.mission().judgement

    assert later is not None
    assert later.timeline.baseline_finish == baseline
    assert world.kinds().count(EventKind.BASELINE_FROZEN) == 1


def test_a_broken_file_is_an_event_and_so_is_its_mending_across_a_restart(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        save(world.file, "mission: [\n")
        run.pass_time()
    for _ in range(2):
        with Run(world) as run:
            run.pass_time()
    world.write()
    with Run(world) as run:
        run.pass_time()

    assert _changes(world) == [EventKind.FILE_BROKEN, EventKind.FILE_MENDED]


def test_a_mission_is_added_once_it_is_valid(world: World) -> None:
    save(world.file, "mission: [\n")
    with Run(world) as run:
        run.pass_time()
        assert world.kinds() == [EventKind.FILE_BROKEN]
        world.write()
        run.pass_time()

    assert world.kinds()[:4] == [EventKind.FILE_BROKEN, *FIRST, EventKind.FILE_MENDED]


def test_a_mission_that_went_is_removed_and_one_that_came_back_is_added(world: World) -> None:
    other = world.missions / "other.yaml"
    save(other, mission_text(title="Other"))
    with Run(world) as run:
        run.pass_time()
        other.unlink()
        run.pass_time(3)
        run.pass_time()
        save(other, mission_text(title="Other"))
        run.pass_time()

    kinds = [each.event.kind for each in world.recorded() if each.mission == MissionId("other")]
    coming = {EventKind.MISSION_ADDED, EventKind.MISSION_REMOVED, EventKind.BASELINE_FROZEN}
    assert [each for each in kinds if each in coming] == [
        *FIRST,
        EventKind.MISSION_REMOVED,
        EventKind.MISSION_ADDED,
    ]


def test_a_mission_that_went_while_nothing_watched_is_removed_once(world: World) -> None:
    other = world.missions / "other.yaml"
    save(other, mission_text(title="Other"))
    with Run(world) as run:
        run.pass_time()
    other.unlink()

    for _ in range(2):
        with Run(world) as run:
            run.pass_time()
            run.pass_time(3)
            run.pass_time()

    removed = [each for each in world.recorded() if each.event.kind is EventKind.MISSION_REMOVED]
    assert [each.mission for each in removed] == [MissionId("other")]


def test_who_looks_at_one_mission_says_nothing_of_the_others(world: World) -> None:
    save(world.missions / "other.yaml", mission_text(title="Other"))
    with Run(world) as run:
        run.pass_time()
    before = world.recorded()

    with Run(world, path=world.file) as run:
        run.pass_time()
        run.pass_time(5)
        run.pass_time()

    assert world.recorded() == before


def test_a_folder_that_cannot_be_seen_has_not_lost_its_missions(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        before = world.recorded()
        world.missions.rename(world.missions.with_name("elsewhere"))
        run.pass_time(3)
        run.pass_time(3)
        world.missions.with_name("elsewhere").rename(world.missions)
        world.write(progress=40)
        run.pass_time()

    assert EventKind.TASK_PROGRESSED in [e.event.kind for e in world.recorded()[len(before) :]]
    assert EventKind.MISSION_REMOVED not in world.kinds()


def test_an_escalation_is_as_old_as_its_history_says(world: World) -> None:
    text = (
        mission_text()
        + "  more: {title: More, agent: writer, estimate: 4h, started: 2024-01-15T08:00Z}\n"
    )
    save(world.file, text.replace("ACTIVE,", "ACTIVE, capacity: 1,"))
    with Run(world) as run:
        run.pass_time()
        first = _overload(run)
    world.seconds += 1800

    with Run(world) as run:
        run.pass_time()

        assert _overload(run) == first
    assert world.kinds().count(EventKind.ESCALATED) == len(
        {
            each.event.subject + each.event.after
            for each in world.recorded()
            if each.event.kind is EventKind.ESCALATED
        }
    )


def _overload(run: Run) -> object:
    judgement = run.mission().judgement
    assert judgement is not None
    return next(
        each.since for each in judgement.escalations if each.id.startswith("agent-overload")
    )


def test_an_unchanged_world_stays_the_same_objects_between_two_looks(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        run.pass_time()
        world.seconds += 0.1

        assert run.rounds.look() is None


def test_a_clock_set_back_breaks_nothing(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        world.ahead = -timedelta(days=1)
        world.write(progress=40)
        run.pass_time()
        world.write(progress=50)
        run.pass_time()
        judgement = run.mission().judgement
    assert judgement is not None
    assert judgement.tasks[0].progress_percent == 50

    with Run(world) as run:
        run.pass_time()

    recorded = world.recorded()
    assert [each.sequence for each in recorded] == list(range(1, len(recorded) + 1))
    assert _changes(world).count(EventKind.TASK_PROGRESSED) == 2
    assert world.kinds().count(EventKind.BASELINE_FROZEN) == 1
    assert world.is_whole()


def test_with_the_clock_moved_nothing_is_recorded_and_the_history_of_that_time_is_shown(
    world: World,
) -> None:
    with Run(world) as run:
        run.pass_time()
        world.write(progress=40)
        run.pass_time()
        world.seconds += 60
        world.write(progress=50)
        run.pass_time()
    before = world.recorded()
    world.ahead = -timedelta(seconds=30)

    with Run(world, may_record=False) as run:
        run.pass_time()
        world.write(progress=60)
        run.pass_time()
        assert run.activity().count(EventKind.TASK_PROGRESSED) == 2

    assert world.recorded() == before


def test_with_the_clock_moved_no_history_is_made(world: World) -> None:
    with Run(world, may_record=False) as run:
        run.pass_time()

    assert not world.state.exists()
    assert CHAT
