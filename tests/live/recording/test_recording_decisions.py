"""What a person decides becomes an event with the person's name, once, and shows at once."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io.history.place import EVENTS_FILE
from tests.live.recorded_world import Run, World

A_WHILE = 35
SILENCE = "silent-agent:writer"
EDIT = (Put(("tasks", "draft", "progress"), 40),)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def run(world: World) -> Iterator[Run]:
    with Run(world) as run:
        run.pass_time()
        yield run


def _events(world: World, *kinds: EventKind) -> list[Event]:
    return [each.event for each in world.recorded() if each.event.kind in kinds]


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        pytest.param((RulingKind.ACKNOWLEDGED, SILENCE), EventKind.ACKNOWLEDGED, id="acknowledged"),
        pytest.param((RulingKind.TICKED, "M1/looks"), EventKind.CRITERION_TICKED, id="ticked"),
        pytest.param((RulingKind.NOTED, "draft"), EventKind.NOTE_ADDED, id="noted"),
        pytest.param((RulingKind.APPROVED, "M1"), EventKind.MILESTONE_APPROVED, id="approved"),
    ],
)
def test_a_decision_is_an_event_at_the_next_look(
    world: World, run: Run, decided: tuple[RulingKind, str], expected: EventKind
) -> None:
    kind, subject = decided
    world.rule(kind, subject, comment="looked at it")

    run.look()
    assert expected in run.activity()
    run.pass_time()

    (event,) = _events(world, expected)
    assert (event.actor, event.subject) == ("kim", subject)
    assert event.text.startswith("kim ")
    assert "looked at it" in event.text


def test_an_acknowledgement_is_known_at_the_next_look_and_after_a_restart(world: World) -> None:
    world.seconds += 4 * 3600
    with Run(world) as run:
        run.pass_time()
        assert _acknowledged_by(run) is None
        world.seconds += 1
        world.rule(RulingKind.ACKNOWLEDGED, SILENCE)
        run.look()
        assert _acknowledged_by(run) == "kim"
        run.pass_time()

    with Run(world) as run:
        run.look()
        assert _acknowledged_by(run) == "kim"


def _acknowledged_by(run: Run) -> str | None:
    judgement = run.mission().judgement
    assert judgement is not None
    return next(each.acknowledged_by for each in judgement.escalations if each.id == SILENCE)


def test_a_decision_is_recorded_once_whoever_looks(world: World, run: Run) -> None:
    world.rule(RulingKind.NOTED, "draft", comment="careful")
    run.pass_time()
    run.close()

    for _ in range(3):
        with Run(world) as later:
            later.pass_time()
            later.pass_time(3)

    assert len(_events(world, EventKind.NOTE_ADDED)) == 1


def test_a_decision_taken_while_nothing_watched_is_caught_up_once(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
    world.rule(RulingKind.NOTED, "draft", comment="meanwhile")

    for _ in range(2):
        with Run(world) as run:
            run.pass_time()
            assert EventKind.NOTE_ADDED in run.activity()

    assert len(_events(world, EventKind.NOTE_ADDED)) == 1


def test_a_decision_that_was_taken_back_says_so_of_its_subject(world: World, run: Run) -> None:
    ruling = world.rule(RulingKind.ACKNOWLEDGED, SILENCE)
    run.pass_time()
    world.rule(RulingKind.WITHDRAWN, ruling.id)
    run.pass_time()

    (event,) = _events(world, EventKind.RULING_WITHDRAWN)
    assert event.subject == SILENCE
    assert event.text == f"kim took back: acknowledged {SILENCE}"


def test_a_change_that_a_person_made_has_the_persons_name(world: World, run: Run) -> None:
    world.rule(RulingKind.EDITED, "draft", edits=EDIT)
    world.write(progress=40)
    run.pass_time()
    world.write(progress=50)
    run.pass_time()

    first, second = _events(world, EventKind.TASK_PROGRESSED)
    assert first.actor == "kim"
    assert second.actor != "kim"


@pytest.mark.parametrize("ending", ["withdrawn", "forgotten"])
def test_an_edit_of_which_nothing_came_is_no_event_and_claims_no_later_change(
    world: World, run: Run, ending: str
) -> None:
    ruling = world.rule(RulingKind.EDITED, "draft", edits=EDIT)
    before = len(world.recorded())
    run.pass_time()
    if ending == "withdrawn":
        world.rule(RulingKind.WITHDRAWN, ruling.id)
        run.pass_time()
    else:
        run.pass_time(61)
    assert len(world.recorded()) == before

    world.write(progress=40)
    run.pass_time()

    (event,) = _events(world, EventKind.TASK_PROGRESSED)
    assert event.actor != "kim"


def test_an_edit_claims_no_change_of_another_entry(world: World, run: Run) -> None:
    world.rule(RulingKind.EDITED, "somebody-else", edits=(Put(("agents", "other"), "x"),))
    world.write(progress=40)
    run.pass_time()

    (event,) = _events(world, EventKind.TASK_PROGRESSED)
    assert event.actor != "kim"


def test_a_decision_that_the_file_lost_is_written_again_and_that_is_recorded(
    world: World, run: Run
) -> None:
    world.rule(RulingKind.APPROVED, "draft", edits=(Put(("tasks", "draft", "title"), "Final"),))
    for _ in range(3):
        run.pass_time()
    assert "Final" in world.file.read_text()
    world.write(progress=40)
    for _ in range(3):
        run.pass_time()

    assert "Final" in world.file.read_text()
    again = _events(world, EventKind.RULING_REAPPLIED)
    assert [each.actor for each in again] == ["kim", "kim"]


def test_who_follows_shows_a_decision_too_and_records_nothing(world: World, run: Run) -> None:
    with Run(world) as follower:
        follower.pass_time()
        world.rule(RulingKind.NOTED, "draft", comment="careful")
        follower.pass_time()
        assert EventKind.NOTE_ADDED in follower.activity()
        assert _events(world, EventKind.NOTE_ADDED) == []

    run.pass_time()
    assert len(_events(world, EventKind.NOTE_ADDED)) == 1
    world.seconds += timedelta(minutes=1).total_seconds()


def test_a_decision_counts_also_while_what_happened_cannot_be_recorded(world: World) -> None:
    world.seconds += 4 * 3600
    with Run(world) as run:
        run.pass_time()
        other = sqlite3.connect(world.history / EVENTS_FILE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        world.write(progress=40)
        run.pass_time()
        world.rule(RulingKind.ACKNOWLEDGED, SILENCE)
        run.look()
        assert "locked" in run.notices()[0]
        assert _acknowledged_by(run) == "kim"
        other.execute("ROLLBACK")
        other.close()
        run.pass_time(A_WHILE)
        run.pass_time()

    assert len(_events(world, EventKind.ACKNOWLEDGED)) == 1
