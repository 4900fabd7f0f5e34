"""What a team has done is kept across missions, each thing as it was known last."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.events import OF_MILESTONE, OF_MISSION, Event, EventKind
from orchestrator_tui.domain.experience import (
    NO_EXPERIENCE,
    BlockedSpell,
    Experience,
    ReviewRecord,
    SilentSpell,
    WorkRecord,
)
from orchestrator_tui.domain.foresight import LEVELS
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.standing import EscalationKind, Level
from orchestrator_tui.engine.acknowledging import escalation_id
from orchestrator_tui.engine.forecasting.experience import joined
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.known_facts import ALWAYS
from tests.io.history.keeping import MISSION, NOON, append, days_ago, event, harm, noon, opened

HOUR = timedelta(hours=1)


def work(task: str, days: float = 0, *, hours: float = 3.0, mission: str = "past") -> WorkRecord:
    """Return a task that was finished so many days ago."""
    return WorkRecord(mission, task, days_ago(days), 2.0, hours, "ann", "backend", "M1")


def blocked(days: float) -> BlockedSpell:
    until = days_ago(days)
    return BlockedSpell("past", f"b{days}", until - HOUR, until, Level.HIGH, "ann", "t", "access")


def review(days: float) -> ReviewRecord:
    return ReviewRecord("past", "M1", days_ago(days), "bob", "design", is_rework=True)


ALL = Experience((work("a", 2), work("b\0\ud800", 1)), (blocked(1),), (review(2), review(1)))


def test_what_was_noted_comes_back_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        assert history.experience() == NO_EXPERIENCE
        assert history.note_experience(ALL) == 5

    with opened(tmp_path) as history:
        assert history.experience() == ALL
        assert history.verify().is_whole


def test_to_note_a_thing_again_adds_nothing_and_a_correction_counts(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)

        assert history.note_experience(ALL) == 0
        assert history.note_experience(Experience((work("a", 2, hours=9.0),))) == 1
        assert history.experience().work == (work("a", 2, hours=9.0), ALL.work[1])


def test_as_of_a_moment_only_what_had_happened_by_then_is_known(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)

        assert history.experience(until=days_ago(3)) == NO_EXPERIENCE
        assert history.experience(until=days_ago(2)) == Experience(
            ALL.work[:1], (), ALL.reviews[:1]
        )
        assert history.experience(until=NOON) == ALL


def test_every_mission_is_told_the_same_object(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)

        one = history.facts(MISSION, ALWAYS, ()).experience
        assert one == ALL
        assert history.facts(MissionId("other"), ALWAYS, ()).experience is one

        history.note_experience(Experience((work("c"),)))
        assert history.facts(MISSION, ALWAYS, ()).experience.work[-1] == work("c")


def test_another_process_that_notes_the_same_adds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as one, opened(tmp_path) as other:
        one.note_experience(ALL)

        assert other.note_experience(ALL) == 0
        assert other.experience() == one.experience() == ALL


tasks = st.builds(
    work, st.sampled_from("abc"), st.integers(0, 4), hours=st.sampled_from([1.0, 2.5])
)


@given(st.lists(st.lists(tasks, max_size=3), max_size=5))
@settings(max_examples=30)
def test_it_holds_what_was_told_last_of_each_thing(tmp_path_factory, told) -> None:
    with opened(tmp_path_factory.mktemp("history")) as history:
        for each in told:
            # of a task that is told twice at once the last word counts, too
            history.note_experience(joined([Experience((one,)) for one in each]))

        assert history.experience() == joined([Experience((one,)) for each in told for one in each])


def told(kind: EventKind, subject: str, days: float) -> Event:
    return event(kind=kind, subject=subject, at=days_ago(days))


def test_who_was_silent_is_known_from_the_escalations(tmp_path: Path) -> None:
    subject = escalation_id(EscalationKind.SILENT_AGENT, "ann")
    with opened(tmp_path) as history:
        append(history, told(EventKind.ESCALATED, subject, 2), seen=days_ago(2))
        assert history.experience().silences == ()

        append(history, told(EventKind.RECOVERED, subject, 1), seen=days_ago(1))
        append(history, told(EventKind.ESCALATED, "blocker:x", 1), seen=days_ago(1))
        append(history, told(EventKind.RECOVERED, "blocker:x", 0), seen=NOON)

        assert history.experience().silences == (
            SilentSpell(MISSION, "ann", days_ago(2), days_ago(1)),
        )


def test_pruning_keeps_what_forecasts_rest_on(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)
        append(history)

        history.prune(NOON + timedelta(days=1))

        assert history.experience() == ALL


@pytest.mark.parametrize(
    "statement",
    ["body = '['", "body = '[1]'", "body = x'ff'", "at = 'x'", "mission = 3"],
)
def test_a_damaged_record_is_passed_over_and_breaks_nothing(tmp_path: Path, statement: str) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)
    harm(tmp_path, f"UPDATE experience SET {statement} WHERE number = 2")  # noqa: S608

    with opened(tmp_path) as history:
        found = history.experience()

        assert ALL.work[0] in found.work
        assert found.blocked == ALL.blocked
        history.note_experience(Experience((work("c"),)))


def test_a_history_of_the_third_version_has_none_and_gets_room_for_it(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history)
        history.note_forecasts(MISSION, [Forecast("", NOON, NOON + HOUR)])
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        for each in ("experience", "forecast_ranges"):
            connection.execute(f"DROP TABLE {each}")
        connection.execute("DROP TRIGGER forecast_ranges_go")
        connection.execute("PRAGMA user_version = 3")

    old = History.open_to_read(tmp_path, clock=noon)
    assert old is not None
    with old:
        assert old.experience() == NO_EXPERIENCE
        assert old.facts(MISSION, NOON, ()).scored == ()
        assert old.forecasts(MISSION) == [Forecast("", NOON, NOON + HOUR)]
        assert old.verify().is_whole
    with opened(tmp_path) as new:
        assert new.note_experience(ALL) == 5
        new.note_forecasts(MISSION, [ranged("", NOON)])
        assert new.forecasts(MISSION)[1] == ranged("", NOON)


def ranged(subject: str, made: datetime, hours: float = 10) -> Forecast:
    """Return a forecast whose levels lie an hour apart, the median so many hours ahead."""
    finishes = tuple(made + (hours + at - LEVELS.index(0.5)) * HOUR for at in range(len(LEVELS)))
    return Forecast(subject, made, made + hours * HOUR, finishes, made + 9 * HOUR, 0.25)


def ended(subject: str, what: str, at: datetime) -> Event:
    after = f"finish {format_instant(at)}"
    return event(kind=EventKind.WORK_ENDED, subject=subject, at=at, before=what, after=after)


def test_a_range_is_kept_with_its_forecast_and_goes_with_it(tmp_path: Path) -> None:
    old, new = ranged("design", days_ago(9)), ranged("design", days_ago(1))
    never = Forecast("", days_ago(1), None, (None,) * len(LEVELS), None, 0.0)
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [old, new, never, Forecast("plain", NOON, None)])
        assert history.forecasts(MISSION) == [old, new, never, Forecast("plain", NOON, None)]

        history.prune(days_ago(3))
        assert history.forecasts(MISSION)[0] == new
        assert history.verify().is_whole
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        assert connection.execute("SELECT count(*) FROM forecast_ranges").fetchone() == (2,)


def test_what_ended_is_scored_by_the_forecast_of_half_time(tmp_path: Path) -> None:
    first, halfway, late = (ranged("M1", days_ago(each)) for each in (2.0, 1.4, 0.1))
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [first, halfway, late, ranged("", days_ago(2))])
        assert history.facts(MISSION, ALWAYS, ()).scored == ()

        append(history, ended("M1", OF_MILESTONE, NOON), seen=NOON)
        append(history, ended(MISSION, OF_MISSION, NOON), seen=NOON)
        append(history, ended("nobody-foresaw", OF_MILESTONE, NOON), seen=NOON)

        scored = history.facts(MissionId("other"), ALWAYS, ()).scored
        assert [each.subject for each in scored] == ["", "M1"]
        assert scored[1].forecast == halfway
        assert (scored[1].began, scored[1].ended) == (days_ago(2), NOON)
        assert scored[1].error_hours == pytest.approx(1.4 * 24 - 10)
        assert history.facts(MISSION, days_ago(0.5), ()).scored == ()


def test_what_ended_again_counts_by_its_last_end(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [ranged("M1", days_ago(2))])
        for days in (1, 0):
            append(history, ended("M1", OF_MILESTONE, days_ago(days)), seen=days_ago(days))

        (one,) = history.facts(MISSION, ALWAYS, ()).scored
        assert one.ended == NOON


@pytest.mark.parametrize("body", ["'['", "'[[1],2,3,4]'", "'[3,null,null]'", "x'00'"])
def test_a_forecast_with_a_damaged_range_is_one_without(tmp_path: Path, body: str) -> None:
    one = ranged("M1", NOON)
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [one])
    harm(tmp_path, f"UPDATE forecast_ranges SET body = {body}")  # noqa: S608

    with opened(tmp_path) as history:
        assert history.forecasts(MISSION) == [Forecast("M1", NOON, one.finish)]
