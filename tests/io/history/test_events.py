"""Events are kept as they came, and found again."""

import sqlite3
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.instant import EARLIEST, LATEST
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from tests.io.history.keeping import MISSION, NOON, append, days_ago, event, harm, opened

zones = st.timezones()
OTHER = MissionId("platform")
ODD_TEXTS = [
    "",
    "a\0b",
    "\ud800 alone",
    "\x10d800",
    "\u202e rtl",
    "🏗️" * 50,
    "'; DROP TABLE events",
    "%_\\",
]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_odd_texts_come_back_whole(tmp_path: Path, text: str) -> None:
    odd = event(text, subject=text, actor=text, before=text, after=text)

    with opened(tmp_path) as history:
        (told,) = append(history, odd, mission=MissionId(text))

        assert history.events() == [told]
        assert told.event == odd
        assert history.events(mission=MissionId(text)) == [told]
        assert history.verify().is_whole


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_comes_back_and_is_never_refused(text: str) -> None:
    stored = stored_text(text)

    assert told_text(stored) == text
    assert "\0" not in stored
    stored.encode("utf-8")


@given(st.datetimes(EARLIEST.replace(tzinfo=None), LATEST.replace(tzinfo=None), timezones=zones))
def test_any_time_comes_back_to_the_microsecond(moment) -> None:
    assert told_time(stored_time(moment)) == moment.astimezone(UTC)


def test_events_count_up_from_one_and_follow_each_other(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        assert history.newest_sequence() == 0

        first = append(history, event("one"), event("two"))
        second = append(history, event("three"))

        assert [each.sequence for each in (*first, *second)] == [1, 2, 3]
        assert history.newest_sequence() == 3
        assert history.event(2) == first[1]
        assert history.event(4) is None


def test_order_is_by_sequence_when_the_clock_was_set_back(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history, event("first"), seen=NOON)
        append(history, event("second"), seen=days_ago(3))
        append(history, event("third"), seen=days_ago(2))

        assert [each.event.text for each in history.events()] == ["first", "second", "third"]
        since = history.events(since=days_ago(2))
        assert [each.event.text for each in since] == ["first", "third"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({}, [1, 2, 3, 4], id="everything"),
        pytest.param({"mission": OTHER}, [3], id="one mission"),
        pytest.param({"since": NOON}, [3, 4], id="since, inclusive"),
        pytest.param({"until": days_ago(1)}, [1, 2], id="until, inclusive"),
        pytest.param({"kinds": [EventKind.BLOCKER_OPENED]}, [2], id="a kind"),
        pytest.param({"text": "LIBRARY"}, [2], id="text in any case"),
        pytest.param({"text": "nobody"}, [], id="text that is nowhere"),
        pytest.param({"text": "50%"}, [4], id="text with a wildcard"),
        pytest.param({"text": "react"}, [2], id="an actor"),
        pytest.param({"after": 2}, [3, 4], id="after an event"),
        pytest.param({"before": 3}, [1, 2], id="before an event"),
        pytest.param({"limit": 2}, [1, 2], id="the oldest two"),
        pytest.param({"limit": 2, "newest_first": True}, [4, 3], id="the newest two"),
        pytest.param({"since": days_ago(1), "limit": 2, "newest_first": True}, [4, 3], id="both"),
        pytest.param({"after": 2**80}, [], id="after what no number of SQLite holds"),
        pytest.param({"text": "x" * 100_000}, [], id="a very long text"),
    ],
)
def test_events_are_found(tmp_path: Path, asked, expected) -> None:
    with opened(tmp_path) as history:
        yesterday = days_ago(1)
        append(history, event(at=yesterday), seen=yesterday)
        kind, actor = EventKind.BLOCKER_OPENED, "react-expert"
        blocked = event("a library is broken", kind=kind, actor=actor, at=yesterday)
        append(history, blocked, seen=yesterday)
        append(history, mission=OTHER)
        append(history, event("at 50% now"))

        assert [each.sequence for each in history.events(**asked)] == expected


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET text = 'x'", "DELETE FROM events"], ids=["change", "delete"]
)
def test_the_database_itself_refuses_to_change_events(tmp_path: Path, statement: str) -> None:
    with opened(tmp_path) as history:
        append(history)
    connection = sqlite3.connect(tmp_path / "history.db")

    with pytest.raises(sqlite3.IntegrityError, match="events"):
        connection.execute(statement)

    connection.close()


def test_all_events_of_a_call_are_recorded_or_none(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history)
        unfit = event(at=NOON.replace(tzinfo=None))

        with pytest.raises(TypeError):
            append(history, event(), unfit)

        assert history.newest_sequence() == 1
        append(history)
        assert history.verify().is_whole


def test_an_event_of_a_kind_that_only_a_newer_program_knows_can_be_read(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history, event("a comet passed"))
    harm(tmp_path, "UPDATE events SET kind = 'COMET_SEEN', at = 9000000000000000000")

    with opened(tmp_path) as history:
        (told,) = history.events()

    assert told.event.text == "a comet passed"


def test_messages_stay_read(tmp_path: Path) -> None:
    agent = AgentId("react-expert")
    with opened(tmp_path) as history:
        history.mark_read(MISSION, agent, ["m1", "m2"], NOON)
        history.mark_read(MISSION, agent, ["m2", "m\0"], NOON + timedelta(hours=1))

    with opened(tmp_path) as history:
        assert history.read_messages(MISSION, agent) == {"m1", "m2", "m\0"}
        assert history.read_messages(MISSION, AgentId("other")) == frozenset()
