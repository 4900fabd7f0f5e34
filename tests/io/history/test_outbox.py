"""Messages wait until they are delivered, whatever ends the program, and are not sent again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.outgoing_message import OutgoingMessage, UndeliveredMessage
from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.outbox import Outbox
from tests.io.history.keeping import NOON, append, days_ago, harm, message, noon, opened

IDS = ["b1/1", "b1/2", "b2/1", "a\0b", "\ud800"]


@dataclass
class Letters:
    """An outbox as a person would keep it: a list, and what was noted beside each letter."""

    waiting: list[UndeliveredMessage] = field(default_factory=list)
    arrived: dict[str, datetime] = field(default_factory=dict)

    def put(self, messages: list[OutgoingMessage]) -> None:
        for each in messages:
            known = {*self.arrived, *(one.message.id for one in self.waiting)}
            if each.id not in known:
                self.waiting.append(
                    UndeliveredMessage(message=each, attempts=0, why="", tried=None, again_at=None)
                )

    def delivered(self, key: str, at: datetime) -> None:
        if any(each.message.id == key for each in self.waiting):
            self.arrived[key] = at
        self.waiting = [each for each in self.waiting if each.message.id != key]

    def failed(self, key: str, at: datetime, why: str, again_at: datetime) -> None:
        self.waiting = [
            UndeliveredMessage(
                message=each.message, attempts=each.attempts + 1, why=why, tried=at,
                again_at=again_at,
            )
            if each.message.id == key
            else each
            for each in self.waiting
        ]  # fmt: skip

    def due(self, now: datetime, channel: str | None = None) -> list[OutgoingMessage]:
        return [
            each.message
            for each in self.waiting
            if channel in {None, each.message.channel}
            and (
                each.again_at is None
                or each.tried is None
                or each.again_at <= now
                or each.tried > now
            )
        ]

    def prune(self, before: datetime) -> None:
        midnight = before.replace(hour=0)
        self.arrived = {key: at for key, at in self.arrived.items() if at >= midnight}


ids = st.sampled_from(IDS)
times = st.integers(-60, 60).map(lambda hours: NOON + timedelta(hours=hours))
messages = st.builds(
    lambda key, channel, body: message(key, channel=channel, body=body),
    ids,
    st.sampled_from(["chat", "mail"]),
    st.sampled_from(["one", "two\nlines", "\x1b[31m"]),
)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("put"), st.lists(messages, max_size=4)),
            st.tuples(st.just("delivered"), ids, times),
            st.tuples(st.just("failed"), ids, times, st.sampled_from(["down", "refused"]), times),
            st.tuples(st.just("prune"), times),
            st.just(("reopen",)),
        ),
        max_size=20,
    ),
    times,
)
@settings(max_examples=80)
def test_it_does_what_a_person_with_a_list_would_do(steps, now: datetime) -> None:
    letters = Letters()
    with TemporaryDirectory() as name:
        history = opened(Path(name))
        for what, *given_to in steps:
            if what == "reopen":
                history.close()
                history = opened(Path(name))
                continue
            outbox = history if what == "prune" else history.outbox
            getattr(outbox, what)(*given_to)
            getattr(letters, what)(*given_to)
            assert history.outbox.undelivered() == letters.waiting
            for channel in (None, "chat", "mail", "none"):
                assert history.outbox.due(now, channel) == letters.due(now, channel)
        assert history.verify().is_whole
        history.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with opened(tmp_path) as history:
        yield history.outbox


def test_a_message_that_was_delivered_is_not_sent_again_by_who_starts_again(tmp_path: Path) -> None:
    for _ in range(3):
        with opened(tmp_path) as history:
            history.outbox.put([message("b1/1"), message("b1/2")])
            history.outbox.delivered("b1/1", NOON)

            assert history.outbox.due(NOON) == [message("b1/2")]


def test_what_was_put_first_is_said_whatever_is_put_later_under_its_id(outbox: Outbox) -> None:
    outbox.put([message("b1/1", body="first"), message("b1/1", body="second")])
    outbox.put([message("b1/1", body="third")])

    assert [each.body for each in outbox.due(NOON)] == ["first"]


def test_a_message_that_failed_is_shown_and_waits_for_its_time(outbox: Outbox) -> None:
    soon = NOON + timedelta(minutes=5)
    outbox.put([message("b1/1"), message("b1/2")])
    outbox.failed("b1/1", NOON - timedelta(hours=1), "refused", NOON)
    outbox.failed("b1/1", NOON, "no \x1b[31manswer", soon)

    assert outbox.due(NOON) == [message("b1/2")]
    assert outbox.due(soon) == [message("b1/1"), message("b1/2")]
    first, second = outbox.undelivered()
    assert (first.attempts, first.why, first.tried, first.again_at) == (
        2,
        "no ␛[31manswer",
        NOON,
        soon,
    )
    assert (second.attempts, second.why, second.tried, second.again_at) == (0, "", None, None)


def test_a_clock_that_was_ahead_when_it_failed_delays_no_message(outbox: Outbox) -> None:
    ahead = NOON + timedelta(days=365)
    outbox.put([message()])
    outbox.failed(message().id, ahead, "no answer", ahead + timedelta(minutes=5))

    assert outbox.due(NOON) == [message()]


def test_all_messages_are_put_or_none(outbox: Outbox) -> None:
    def broken_off() -> Iterator[OutgoingMessage]:
        yield message("b1/1")
        raise InterruptedError

    with pytest.raises(InterruptedError):
        outbox.put(broken_off())

    assert outbox.undelivered() == []


def test_what_waits_is_never_pruned_and_what_arrived_is_by_whole_days(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for days in (9, 5, 4, 3):
            history.outbox.put([message(f"{days}", made=days_ago(days))])
        history.outbox.delivered("5", days_ago(5))
        history.outbox.delivered("4", days_ago(4))

        history.prune(days_ago(4))

        history.outbox.put([message("5"), message("4")])
        assert [each.id for each in history.outbox.due(NOON)] == ["9", "3", "5"]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("UPDATE outbox SET body = 'other'", "messages never change", id="other text"),
        pytest.param("DELETE FROM outbox", "messages wait until", id="one that waits"),
    ],
)
def test_no_message_is_changed_or_lost_by_a_slip(tmp_path: Path, statement: str, said: str) -> None:
    with opened(tmp_path) as history:
        history.outbox.put([message()])

    with (
        closing(sqlite3.connect(tmp_path / "history.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match=said),
    ):
        connection.execute(statement)


def test_two_processes_share_one_outbox(tmp_path: Path) -> None:
    with opened(tmp_path) as one, opened(tmp_path) as other:
        one.outbox.put([message("b1/1")])
        other.outbox.put([message("b1/1"), message("b1/2")])
        one.outbox.delivered("b1/1", NOON)
        other.outbox.failed("b1/1", NOON, "too late", NOON)

        assert one.outbox.due(NOON) == other.outbox.due(NOON) == [message("b1/2")]


def test_who_only_reads_sees_what_waits_and_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.outbox.put([message()])

    reader = History.open_to_read(tmp_path, clock=noon)

    assert reader is not None
    with reader:
        assert reader.outbox.due(NOON) == [message()]
        with pytest.raises(HistoryUnavailable, match="only read here"):
            reader.outbox.delivered(message().id, NOON)


@pytest.mark.parametrize(
    "statement",
    [
        "attempts = 'x'", "made = 'x'", "tried = 'x'", "again = x'00'", "body = x'ff'",
        "why = x'00'", "channel = x'ff00'",
    ],
    ids=lambda each: each.partition(" ")[0],
)  # fmt: skip
def test_a_message_that_cannot_be_right_is_found_and_breaks_nothing(
    tmp_path: Path, statement: str
) -> None:
    with opened(tmp_path) as history:
        append(history)
        history.outbox.put([message("b1/1"), message("b1/2")])
    harm(tmp_path, f"UPDATE outbox SET {statement} WHERE number = 1")  # noqa: S608

    with opened(tmp_path) as history:
        found = history.verify()
        assert (found.is_whole, found.first_bad, found.events) == (False, None, 1)
        assert found.reason == "a message in the outbox is not what was recorded"
        assert message("b1/2") in history.outbox.due(NOON)
        history.outbox.failed("b1/1", NOON, "no answer", NOON)
        assert [each.attempts for each in history.outbox.undelivered()] == [1, 0]
        history.outbox.delivered("b1/1", NOON)
        assert history.outbox.undelivered()[0].message == message("b1/2")
