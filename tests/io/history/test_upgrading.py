"""A history of an older version is brought up to date, and loses nothing by it."""

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.history import History
from tests.io.history.keeping import (
    MISSION,
    NOON,
    append,
    file,
    forecast,
    harm,
    message,
    noon,
    opened,
    raws,
)

VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a history that was made by the first version of the tables."""
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        connection.executescript(VERSION_1)
    return tmp_path


def version(folder: Path) -> int:
    """Return the version of the tables."""
    with closing(sqlite3.connect(folder / "history.db")) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def read(folder: Path) -> History:
    """Return the history, opened only to be read."""
    history = History.open_to_read(folder, clock=noon)
    assert history is not None
    return history


def schema(folder: Path) -> set[tuple[str, str]]:
    """Return every table, index and trigger there is."""
    with closing(sqlite3.connect(folder / "history.db")) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {(name, sql) for name, sql in rows}


def waiting(history: History) -> list[OutgoingMessage]:
    """Return the messages that wait."""
    return [each.message for each in history.outbox.undelivered()]


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A folder with a history of the second version, in which two messages wait."""
    with opened(tmp_path) as history:
        history.outbox.put([message("a"), message("b", channel="mail")])
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        for each in ("letters", "carried", "notices"):
            connection.execute(f"DROP TABLE {each}")
        connection.execute("PRAGMA user_version = 2")
    return tmp_path


def test_messages_of_the_second_version_wait_on_and_can_be_carried(second: Path) -> None:
    with opened(second) as history:
        assert waiting(history) == [message("a"), message("b", channel="mail")]
        assert history.outbox.fold(message("digest", carries=("a",)), ["a"])
        history.outbox.put([message("c", recipient="boss")])

    with opened(second) as history:
        assert [each.id for each in waiting(history)] == ["digest", "b", "c"]
        assert history.verify().is_whole
    assert version(second) == 4
    with opened(second / "new"):
        assert schema(second) == schema(second / "new")


def test_messages_of_the_second_version_are_read_as_they_are(second: Path) -> None:
    with read(second) as history:
        assert waiting(history) == [message("a"), message("b", channel="mail")]
        assert [(each.id, each.goes_alone) for each in history.outbox.queued()] == [
            ("a", False),
            ("b", False),
        ]
        assert history.outbox.messages(["b"]) == [message("b", channel="mail")]
        assert history.outbox.sent_times("chat", NOON) == []
        assert history.outbox.last_sent("chat") is None
        assert history.notices.standing() == []
        assert history.verify().is_whole
    assert version(second) == 2


def test_opened_to_write_it_has_the_new_tables_and_all_it_had(folder: Path) -> None:
    with read(folder) as old:
        before = old.events(), old.versions_at(3), old.facts(MISSION, NOON, ())

    with opened(folder) as history:
        assert (
            history.events(),
            history.versions_at(3),
            history.facts(MISSION, NOON, ()),
        ) == before
        assert history.read_messages(MISSION, AgentId("writer")) == {"m1"}
        assert history.verify().is_whole
        history.note_forecasts(MISSION, [forecast()])
        history.outbox.put([message()])
        assert append(history, version=(file(b"new"),))[0].sequence == 4

    with opened(folder) as history:
        assert history.forecasts(MISSION) == [forecast()]
        assert waiting(history) == [message()]
        assert raws(history.versions_at(4)[MISSION].files) == {"mission.yaml": b"new"}
        assert history.verify().is_whole
    facts = before[2]
    assert facts.baseline is not None
    assert facts.baseline.planned == {TaskId("chat-ui"): (NOON, None)}
    assert set(facts.first_seen) == {"blocker:b1"}


def test_brought_up_to_date_it_has_the_tables_of_a_new_one(folder: Path) -> None:
    with opened(folder), opened(folder / "new"):
        pass

    assert schema(folder) == schema(folder / "new")
    assert version(folder) == version(folder / "new") == 4


def test_opened_only_to_read_it_is_read_without_the_new_tables_and_stays(folder: Path) -> None:
    before = (folder / "history.db").read_bytes()

    with read(folder) as history:
        assert len(history.events()) == 3
        assert history.forecasts(MISSION) == []
        assert history.outbox.undelivered() == []
        assert history.outbox.queued() == []
        assert history.outbox.sent_times("chat", NOON) == []
        assert history.outbox.last_sent("chat") is None
        assert history.verify().is_whole

    assert (folder / "history.db").read_bytes() == before
    assert version(folder) == 1


def test_who_reads_sees_the_new_tables_as_soon_as_they_are_there(folder: Path) -> None:
    with read(folder) as reader:
        assert reader.forecasts(MISSION) == []

        with opened(folder) as history:
            history.note_forecasts(MISSION, [forecast()])
            history.outbox.put([message()])

        assert reader.forecasts(MISSION) == [forecast()]
        assert waiting(reader) == [message()]


def test_while_it_is_locked_it_is_left_as_it_is_and_brought_up_to_date_later(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "history.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryUnavailable, match="locked by another process"):
            History.open(folder, clock=noon, patience_seconds=0.05)
        assert version(folder) == 1
        other.execute("ROLLBACK")

    with opened(folder) as history:
        assert len(history.events()) == 3
    assert version(folder) == 4


def test_without_room_it_is_left_as_it_is_and_brought_up_to_date_later(folder: Path) -> None:
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, was[1]))
    try:
        with pytest.raises(HistoryUnavailable):
            opened(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
    assert version(folder) == 1
    assert [each.name for each in folder.glob("*.corrupt-*")] == []

    with opened(folder) as history:
        assert len(history.events()) == 3
        assert history.verify().is_whole
    assert version(folder) == 4


def test_a_process_of_the_first_version_goes_on_while_another_brings_it_up_to_date(
    folder: Path,
) -> None:
    with closing(sqlite3.connect(folder / "history.db", isolation_level=None)) as older:
        older.execute("SELECT count(*) FROM events").fetchone()
        with opened(folder) as history:
            older.execute("INSERT INTO read_messages VALUES ('chat-app', 'writer', 'm2', 0)")

            assert history.read_messages(MISSION, AgentId("writer")) == {"m1", "m2"}


def test_a_version_that_somebody_set_back_costs_nothing(folder: Path) -> None:
    with opened(folder) as history:
        history.note_forecasts(MISSION, [forecast()])
    harm(folder, "PRAGMA user_version = 1")

    with opened(folder) as history:
        assert history.forecasts(MISSION) == [forecast()]
    assert version(folder) == 4
