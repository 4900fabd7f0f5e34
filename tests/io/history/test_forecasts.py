"""What was forecast is kept beside the events, as it was forecast."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history import pruning
from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.history import History
from tests.io.history.keeping import (
    MISSION,
    NOON,
    append,
    days_ago,
    forecast,
    harm,
    noon,
    opened,
)

OTHER = MissionId("other")
made_days_ago = st.integers(-2, 6)
forecasts = st.builds(
    lambda subject, days, hours: forecast(subject, made=days_ago(days), hours=hours),
    st.sampled_from(["", "design", "a\0b\ud800"]),
    made_days_ago,
    st.none() | st.integers(-100, 100).map(float),
)


def kept_after_prune(made: list[Forecast], before: float) -> list[Forecast]:
    """Return what a prune leaves, said plainly: the later days, and the newest of each subject."""
    midnight = days_ago(before).replace(hour=0)
    newest = {each.subject: at for at, each in enumerate(made)}
    return [
        each for at, each in enumerate(made) if each.made >= midnight or newest[each.subject] == at
    ]


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("note"), st.sampled_from([MISSION, OTHER]), st.lists(forecasts)),
            st.tuples(st.just("prune"), made_days_ago),
            st.just(("reopen",)),
        ),
        max_size=12,
    )
)
@settings(max_examples=60)
def test_whatever_is_noted_comes_back_in_order_until_it_is_pruned(steps) -> None:
    made: dict[MissionId, list[Forecast]] = {MISSION: [], OTHER: []}
    with TemporaryDirectory() as name:
        history = opened(Path(name))
        for step in steps:
            match step:
                case ("note", mission, noted):
                    history.note_forecasts(mission, noted)
                    made[mission] += noted
                case ("prune", before):
                    history.prune(days_ago(before))
                    made = {key: kept_after_prune(each, before) for key, each in made.items()}
                case _:
                    history.close()
                    history = opened(Path(name))
            assert {each: history.forecasts(each) for each in made} == made
        assert history.verify().is_whole
        history.close()


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        pytest.param(3, [], id="before the first"),
        pytest.param(2, [1.0], id="at the moment it was made"),
        pytest.param(1.5, [1.0], id="between two"),
        pytest.param(0, [1.0, None], id="after both"),
    ],
)
def test_what_was_forecast_until_a_moment(
    tmp_path: Path, days: float, hours: list[float | None]
) -> None:
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [forecast(made=days_ago(2), hours=1.0)])
        history.note_forecasts(MISSION, [forecast(made=days_ago(1), hours=None)])

        found = history.forecasts(MISSION, until=days_ago(days))

    assert [each.finish for each in found] == [
        None if each is None else NOON + timedelta(hours=each) for each in hours
    ]


def test_all_of_one_note_is_kept_or_nothing(tmp_path: Path) -> None:
    def broken_off():
        yield forecast("design")
        raise InterruptedError

    with opened(tmp_path) as history:
        with pytest.raises(InterruptedError):
            history.note_forecasts(MISSION, broken_off())

        assert history.forecasts(MISSION) == []


def test_the_chain_of_events_does_not_see_forecasts(tmp_path: Path) -> None:
    with opened(tmp_path / "with") as history, opened(tmp_path / "without") as other:
        for _ in range(3):
            history.note_forecasts(MISSION, [forecast("design"), forecast()])
            assert append(history) == append(other)

        assert history.newest_sequence() == 3
        assert history.verify() == other.verify()


def test_a_forecast_never_changes(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [forecast()])

    with (
        closing(sqlite3.connect(tmp_path / "history.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="forecasts never change"),
    ):
        connection.execute("UPDATE forecasts SET finish = 0")


def test_more_than_are_dropped_at_once_are_dropped(tmp_path: Path) -> None:
    old = [forecast(made=days_ago(5))] * (2 * pruning.BATCH + 7)
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, old)

        history.prune(days_ago(3))

        assert history.forecasts(MISSION) == old[-1:]


def test_a_locked_history_notes_nothing_and_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history)
    with closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with History.open(tmp_path, clock=noon, patience_seconds=0.05) as history:
            with pytest.raises(HistoryUnavailable, match="locked by another process"):
                history.note_forecasts(MISSION, [forecast()])

            assert history.forecasts(MISSION) == []


@pytest.mark.parametrize(
    "statement",
    ["made = 'x'", "finish = x'00'", "subject = x'ff'", "mission = x'33'"],
    ids=lambda each: each.partition(" ")[0],
)
def test_a_forecast_that_cannot_be_right_is_found_and_breaks_nothing(
    tmp_path: Path, statement: str
) -> None:
    with opened(tmp_path) as history:
        append(history)
        history.note_forecasts(MISSION, [forecast("design"), forecast()])
    harm(tmp_path, f"UPDATE forecasts SET {statement} WHERE number = 1")  # noqa: S608

    with opened(tmp_path) as history:
        found = history.verify()
        assert (found.is_whole, found.first_bad, found.events) == (False, None, 1)
        assert found.reason == "a forecast is not what was recorded"
        assert forecast() in history.forecasts(MISSION)
        history.prune(NOON)
