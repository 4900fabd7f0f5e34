"""What is forecast is kept where it has moved, so that it can be scored when all is done."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.standing import MilestoneStatus, Standing, TaskState
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import EVENTS_FILE
from orchestrator_tui.live.recording.forecasting import MOVED, Forecasting
from orchestrator_tui.live.recording.journal import Entry, Journal
from tests.assessments import NOW, judgement, milestone, mission, task
from tests.live.listening import mission_text, save
from tests.live.recorded_world import CHAT, START, Run, World

A_MINUTE = 61
A_WHILE = 35
"""Longer than any rest after a fault."""
DRAFTED = START + timedelta(hours=3, minutes=36)
CHECKED = DRAFTED + timedelta(hours=2)
AT_FIRST = {WHOLE: CHECKED, "drafted": DRAFTED, "checked": CHECKED}


def text(*, check: str = "2h", more: str = "") -> str:
    """Return a mission of two tasks, each with a milestone."""
    return (
        mission_text()
        + f"  check: {{title: Check, agent: writer, estimate: {check}{more}}}\n"
        + "milestones:\n  drafted: {tasks: [draft]}\n  checked: {tasks: [check]}\n"
    )


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    save(world.file, text())
    return world


def kept(world: World) -> list[Forecast]:
    """Return what the history holds, as another process reads it."""
    opened = History.open_to_read(world.history, clock=world.clock)
    assert opened is not None
    with opened:
        assert opened.verify().is_whole
        return opened.forecasts(CHAT)


def finishes(forecasts: Iterable[Forecast]) -> dict[str, datetime | None]:
    return {each.subject: each.finish for each in forecasts}


def test_at_the_first_look_all_forecasts_are_kept(world: World) -> None:
    with Run(world) as run:
        run.look()
        assert world.recorded() == []
        run.pass_time()
        run.pass_time()

    assert finishes(kept(world)) == AT_FIRST
    assert [each.made for each in kept(world)] == [START] * 3


def test_a_forecast_that_moved_is_kept_once(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        save(world.file, text(check="4h"))
        for _ in range(3):
            run.pass_time()
        recorded = world.recorded()

    later = CHECKED + timedelta(hours=2)
    new = kept(world)[3:]
    assert [each.subject for each in new] == [WHOLE, "checked"]
    assert all(each.finish and each.finish - later < timedelta(seconds=2) for each in new)
    assert {each.made for each in new} == {START + timedelta(seconds=0.3)}
    assert [each.sequence for each in recorded] == list(range(1, len(recorded) + 1))


def test_small_moves_are_kept_once_they_come_to_a_fortieth_of_the_time_left(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
        for _ in range(10):
            run.pass_time(60)

    moved = {each.subject: (each.made - START) // timedelta(minutes=1) for each in kept(world)[3:]}
    assert moved == {WHOLE: 9, "checked": 9, "drafted": 6}


def test_a_milestone_that_only_waits_for_its_review_is_forecast_no_more(world: World) -> None:
    save(world.file, text().replace("progress: 10", "progress: 100"))

    with Run(world) as run:
        for _ in range(4):
            run.pass_time(600)

    assert [each.subject for each in kept(world)].count("drafted") == 0
    assert [each.subject for each in kept(world)].count("checked") > 1


def test_who_starts_again_keeps_all_forecasts_again(world: World) -> None:
    for _ in range(2):
        with Run(world) as run:
            run.pass_time()

    assert len(kept(world)) == 6


def test_a_closing_loop_keeps_what_was_forecast(world: World) -> None:
    with Run(world) as run:
        run.look()

    assert finishes(kept(world)) == AT_FIRST


def test_what_was_forecast_while_the_history_was_locked_is_kept_as_of_then(world: World) -> None:
    with Run(world) as run:
        run.pass_time()
    began = world.clock()
    with closing(sqlite3.connect(world.history / EVENTS_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Run(world) as run:
            run.pass_time()
            assert "locked" in run.notices()[0]
            save(world.file, text(check="4h"))
            run.pass_time()
            other.execute("ROLLBACK")
            run.pass_time(A_WHILE)
            run.pass_time()

    new = kept(world)[3:]
    assert [each.subject for each in new] == [
        WHOLE, "drafted", "checked", WHOLE, "checked",
    ]  # fmt: skip
    assert [each.made - began for each in new] == [
        timedelta(seconds=each) for each in (0, 0, 0, 0.3, 0.3)
    ]


def test_who_follows_keeps_nothing_and_all_once_it_takes_over(world: World) -> None:
    first, second = Run(world), Run(world)
    first.pass_time()
    second.pass_time()
    assert len(kept(world)) == 3

    first.close()
    seen = world.clock()
    second.pass_time(3)
    second.pass_time()
    second.close()

    new = kept(world)[3:]
    assert [each.subject for each in new] == [WHOLE, "drafted", "checked"]
    assert {each.made for each in new} == {seen}


@pytest.mark.parametrize("starts", [1, 2], ids=["of a first start", "of a later start"])
def test_a_history_that_begins_anew_has_all_forecasts(world: World, starts: int) -> None:
    for _ in range(starts - 1):
        with Run(world) as run:
            run.pass_time()
    with Run(world) as run:
        run.pass_time()
        run.pass_time(A_MINUTE)
        shutil.rmtree(world.history)
        run.pass_time(A_MINUTE)
        run.pass_time()

    assert set(finishes(kept(world))) == set(AT_FIRST)


def test_with_the_clock_moved_nothing_is_kept(world: World) -> None:
    with Run(world) as run:
        run.pass_time()

    with Run(world, may_record=False) as run:
        save(world.file, text(check="4h"))
        run.pass_time()

    assert len(kept(world)) == 3


def judged(*minutes: int | None, status: MilestoneStatus) -> MissionAssessment:
    """Return a mission whose milestones are to finish so many minutes from now, or never."""
    times = [None if each is None else NOW + timedelta(minutes=each) for each in minutes]
    whole = Timeline(Standing.ON_TRACK, None, None, times[0], None, None)
    return mission(
        judgement=judgement(
            timeline=whole,
            tasks=(task("t", state=TaskState.READY),),
            milestones=tuple(
                milestone(f"m{number}", eta=each, status=status)
                for number, each in enumerate(times)
            ),
        )
    )


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 60),
            st.none() | st.integers(0, 60),
            st.sampled_from([MilestoneStatus.PENDING, MilestoneStatus.COMPLETED]),
        )
    )
)
def test_what_was_noted_last_is_never_off_by_a_fortieth_of_the_time_left(looks) -> None:
    forecasting = Forecasting()
    noted: dict[str, datetime | None] = {}
    for first, second, status in looks:
        now = judged(first, second, status=status)

        moved = finishes(forecasting.moved(now, NOW))

        assert now.judgement is not None
        there: dict[str, datetime | None] = {WHOLE: now.judgement.timeline.forecast_finish}
        if status is MilestoneStatus.PENDING:
            there |= {each.id: each.eta for each in now.judgement.milestones}
        for subject, finish in there.items():
            old = noted.get(subject, NOW)
            is_off = (old is None) != (finish is None) or (
                old is not None and finish is not None and abs(finish - old) >= _limit(old)
            )
            assert (subject in moved) == (subject not in noted or is_off)
        assert moved.items() <= there.items()
        noted = {each: (noted | moved)[each] for each in there}
        assert forecasting.moved(now, NOW) == ()


def _limit(finish: datetime) -> timedelta:
    return max(timedelta(seconds=30), min(MOVED, (finish - NOW) / 40))


def test_a_mission_that_cannot_be_read_forecasts_nothing_and_forgets_nothing() -> None:
    forecasting = Forecasting()
    world = judged(5, status=MilestoneStatus.PENDING)
    assert len(forecasting.moved(world, NOW)) == 2

    assert forecasting.moved(mission(judgement=None), NOW) == ()
    assert forecasting.moved(world, NOW) == ()


@pytest.mark.parametrize(
    "states", [[], [TaskState.FINISHED, TaskState.CANCELLED]], ids=["no tasks", "all done"]
)
def test_a_mission_with_nothing_left_to_do_is_forecast_no_more(states: list[TaskState]) -> None:
    tasks = tuple(task(f"t{at}", state=each) for at, each in enumerate(states))

    assert Forecasting().moved(mission(judgement=judgement(tasks=tasks)), NOW) == ()


def test_a_mission_that_went_is_forecast_anew_when_it_comes_back() -> None:
    forecasting = Forecasting()
    world = judged(5, status=MilestoneStatus.PENDING)
    first = forecasting.moved(world, NOW)

    forecasting.forget(world.id)

    assert forecasting.moved(world, NOW) == first


def entry(number: int, *, subjects: int = 1) -> Entry:
    """Return an entry of forecasts alone."""
    made = START + timedelta(minutes=number)
    forecasts = tuple(Forecast(f"m{each}", made, None) for each in range(subjects))
    return Entry(CHAT, made, (), forecasts=forecasts)


def taken(journal: Journal) -> list[Entry]:
    """Return all that waits."""
    found = []
    while (each := journal.next) is not None:
        found.append(each)
        journal.count_as_appended()
    return found


def test_a_journal_with_too_many_forecasts_keeps_the_newest_of_each_subject() -> None:
    journal = Journal(forecasts_held=5)
    journal.add(entry(0, subjects=3))
    journal.add(Entry(CHAT, START, (), files=()))
    for number in range(1, 4):
        journal.add(entry(number, subjects=1))

    held = taken(journal)

    assert [[each.subject for each in one.forecasts] for one in held] == [["m1", "m2"], [], ["m0"]]
    assert held[1].files == ()
    assert held[2] == entry(3)
    assert journal.lost == 0


def test_forecasts_take_no_room_from_events() -> None:
    journal = Journal(events_held=10)
    for number in range(4):
        journal.add(Entry(CHAT, START, (), files=()))
        journal.add(entry(number, subjects=20))

    assert len(taken(journal)) == 8
    assert journal.lost == 0
