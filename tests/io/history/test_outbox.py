"""Messages wait until they are delivered, whatever ends the program, and are not sent again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.outgoing_message import (
    MessageItem,
    OutgoingMessage,
    UndeliveredMessage,
)
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.notifying.daily import LAST_LASTS
from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.outbox import Outbox
from orchestrator_tui.io.history.pruning import KNOWN_FOR
from orchestrator_tui.live.notifying.updates import NEWS_LASTS
from tests.io.history.keeping import (
    MISSION,
    NOON,
    append,
    days_ago,
    harm,
    message,
    noon,
    opened,
)

IDS = ["b1/1", "b1/2", "b2/1", "b2/2", "a\0b", "\ud800"]
DIGESTS = ["d1", "d2"]


@dataclass
class Letters:
    """An outbox as a person would keep it: a list, and what was noted beside each letter."""

    fared: dict[str, UndeliveredMessage] = field(default_factory=dict)
    """Every letter that is known, by its id."""
    places: dict[str, int] = field(default_factory=dict)
    arrived: dict[str, datetime] = field(default_factory=dict)
    carriers: dict[str, str] = field(default_factory=dict)

    def put(self, messages: list[OutgoingMessage]) -> None:
        for each in messages:
            if each.id not in self.fared:
                self.places[each.id] = max(self.places.values(), default=0) + 1
                self.fared[each.id] = UndeliveredMessage(
                    message=each, attempts=0, why="", tried=None, again_at=None
                )

    def begin(self, key: str, at: datetime) -> bool:
        if not self.may_go(key):
            return False
        was = self.fared[key]
        self.fared[key] = replace(was, attempts=was.attempts + 1, tried=at, again_at=None)
        return True

    def failed(self, key: str, at: datetime, why: str, again_at: datetime) -> None:
        if key in self.fared and key not in self.arrived:
            was = self.fared[key]
            tries = max(was.attempts, 1)
            self.fared[key] = replace(was, attempts=tries, why=why, tried=at, again_at=again_at)

    def fold(self, digest: OutgoingMessage, carried: list[str]) -> bool:
        fits = [
            self.may_go(each)
            and self.fared[each].tried is None
            and self.fared[each].message.channel == digest.channel
            and not self.fared[each].message.html
            and not self.fared[each].message.carries
            for each in carried
        ]
        if digest.id in self.fared or not all(fits):
            return False
        self.put([digest])
        self.carriers |= dict.fromkeys(carried, digest.id)
        return True

    def delivered(self, key: str, at: datetime) -> None:
        for each in self.fared:
            if key in {each, self.carriers.get(each)}:
                self.arrived.setdefault(each, at)

    def prune(self, before: datetime) -> None:
        for key, at in list(self.arrived.items()):
            if at < min(before.replace(hour=0), NOON - KNOWN_FOR):
                for kept in (self.arrived, self.fared, self.places, self.carriers):
                    kept.pop(key, None)

    def may_go(self, key: str) -> bool:
        carrier = self.carriers.get(key)
        is_carried = carrier in self.fared and carrier not in self.arrived
        return key in self.fared and key not in self.arrived and not is_carried

    def undelivered(self) -> list[UndeliveredMessage]:
        found = [each for key, each in self.fared.items() if self.may_go(key)]
        return sorted(found, key=lambda each: (self.place(each.message.id), each.message.id))

    def place(self, key: str) -> int:
        carried = [self.places[each] for each, by in self.carriers.items() if by == key]
        return min(carried, default=self.places[key])

    def sent_times(self, channel: str, since: datetime) -> list[datetime]:
        return sorted(
            sent
            for key, sent in self.arrived.items()
            if key not in self.carriers
            and sent >= since
            and self.fared[key].message.channel == channel
        )


ids = st.sampled_from([*IDS, *DIGESTS])
channels = st.sampled_from(["chat", "mail"])
times = st.integers(-260, 60).map(lambda hours: NOON + timedelta(hours=hours))
items = st.builds(
    MessageItem,
    st.sampled_from(["RAISED", "REPORT"]),
    st.just(MISSION),
    st.sampled_from(["blocker:b1", "a\0b"]).map(plain_text),
    st.sampled_from([None, *EscalationLevel]),
    st.sampled_from(["No key", "[b] \u202e"]).map(plain_text),
)
messages = st.builds(
    lambda key, channel, body, **more: message(key, channel=channel, body=body, **more),
    st.sampled_from(IDS),
    channels,
    st.sampled_from(["one", "two\nlines", "\x1b[31m"]),
    recipient=st.sampled_from(["", "boss", "\ud800"]),
    items=st.lists(items, max_size=2).map(tuple),
    html=st.sampled_from(["", "", "<p>\0\ud800</p>"]),
)
carried = st.lists(st.sampled_from(IDS), max_size=3, unique=True)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("put"), st.lists(messages, max_size=4)),
            st.tuples(st.just("begin"), ids, times),
            st.tuples(st.just("delivered"), ids, times),
            st.tuples(st.just("failed"), ids, times, st.sampled_from(["down", "refused"]), times),
            st.tuples(st.just("fold"), st.sampled_from(DIGESTS), channels, carried),
            st.tuples(st.just("prune"), times),
            st.just(("reopen",)),
        ),
        max_size=20,
    ),
    times,
)
@settings(max_examples=80)
def test_it_does_what_a_person_with_a_list_would_do(steps, then: datetime) -> None:
    letters = Letters()
    with TemporaryDirectory() as name:
        history = opened(Path(name))
        for what, *stated in steps:
            given_to = stated
            if what == "reopen":
                history.close()
                history = opened(Path(name))
                continue
            if what == "fold":
                key, channel, told = given_to
                given_to = [message(key, channel=channel, carries=tuple(told)), told]
            outbox = history if what == "prune" else history.outbox
            said = getattr(outbox, what)(*given_to)
            expected = getattr(letters, what)(*given_to)
            assert what == "prune" or said == expected
            assert_same(history.outbox, letters, then)
        assert history.verify().is_whole
        history.close()


def assert_same(outbox: Outbox, letters: Letters, then: datetime) -> None:
    waiting = letters.undelivered()
    assert outbox.undelivered() == waiting
    assert outbox.messages(IDS) == [
        letters.fared[each].message for each in IDS if each in letters.fared
    ]
    for channel in ("chat", "mail", "none"):
        assert outbox.sent_times(channel, then) == letters.sent_times(channel, then)
    assert [(each.id, each.attempts, each.why, each.goes_alone) for each in outbox.queued()] == [
        (each.message.id, each.attempts, each.why, bool(each.message.html or each.message.carries))
        for each in waiting
    ]


def said(outbox: Outbox) -> list[OutgoingMessage]:
    """Return the messages that wait."""
    return [each.message for each in outbox.undelivered()]


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with opened(tmp_path) as history:
        yield history.outbox


def test_a_message_that_was_delivered_is_not_sent_again_by_who_starts_again(tmp_path: Path) -> None:
    for _ in range(3):
        with opened(tmp_path) as history:
            history.outbox.put([message("b1/1"), message("b1/2")])
            history.outbox.delivered("b1/1", NOON)

            assert said(history.outbox) == [message("b1/2")]


def test_what_was_put_first_is_said_whatever_is_put_later_under_its_id(outbox: Outbox) -> None:
    outbox.put([message("b1/1", body="first"), message("b1/1", body="second")])
    outbox.put([message("b1/1", body="third")])

    assert [each.body for each in said(outbox)] == ["first"]


def test_how_a_message_fared_is_kept_beside_it(outbox: Outbox) -> None:
    soon = NOON + timedelta(minutes=5)
    outbox.put([message("b1/1"), message("b1/2")])
    for at, why in ((days_ago(1), "refused"), (NOON, "no \x1b[31manswer")):
        assert outbox.begin("b1/1", at)
        outbox.failed("b1/1", at, why, soon)

    first, second = outbox.undelivered()
    assert (first.attempts, first.why, first.tried, first.again_at) == (
        2,
        "no ␛[31manswer",
        NOON,
        soon,
    )
    assert (second.attempts, second.why, second.tried, second.again_at) == (0, "", None, None)


def test_a_try_that_did_not_come_to_an_end_counts_and_waits_for_no_time(outbox: Outbox) -> None:
    outbox.put([message()])
    outbox.begin(message().id, NOON)
    outbox.failed(message().id, NOON, "no answer", NOON + timedelta(minutes=5))
    outbox.begin(message().id, NOON)

    (found,) = outbox.undelivered()
    assert (found.attempts, found.tried, found.again_at) == (2, NOON, None)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda each: each.begin("b1/1", NOON), id="tried"),
        pytest.param(lambda each: each.delivered("b1/1", NOON), id="arrived"),
        pytest.param(
            lambda each: each.fold(message("d0", carries=("b1/1",)), ["b1/1"]), id="carried"
        ),
    ],
)
def test_a_digest_is_not_put_when_something_became_of_what_it_carries(
    outbox: Outbox, change: Callable[[Outbox], object]
) -> None:
    outbox.put([message("b1/1"), message("b1/2")])
    change(outbox)
    before = outbox.undelivered()

    assert not outbox.fold(message("d1", carries=("b1/1", "b1/2")), ["b1/1", "b1/2"])

    assert outbox.undelivered() == before


def test_a_digest_waits_in_the_place_of_what_it_carries_and_delivers_it(outbox: Outbox) -> None:
    outbox.put([message(f"b1/{each}") for each in range(1, 5)])
    digest = message("d1", carries=("b1/2", "b1/3"))

    assert outbox.fold(digest, digest.carries)
    assert [each.id for each in said(outbox)] == ["b1/1", "d1", "b1/4"]
    assert not outbox.begin("b1/2", NOON)
    outbox.delivered("d1", NOON)

    assert [each.id for each in said(outbox)] == ["b1/1", "b1/4"]
    assert outbox.sent_times("chat", NOON) == [NOON]
    outbox.put([message("b1/2"), digest])
    assert [each.id for each in said(outbox)] == ["b1/1", "b1/4"]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("DELETE FROM outbox WHERE id = 'd1'", id="gone"),
        pytest.param("UPDATE outbox SET delivered = 1 WHERE id = 'd1'", id="delivered by itself"),
    ],
)
def test_what_was_carried_by_a_digest_that_does_not_wait_waits_by_itself(
    tmp_path: Path, statement: str
) -> None:
    with opened(tmp_path) as history:
        history.outbox.put([message("b1/1"), message("b1/2")])
        history.outbox.fold(message("d1", carries=("b1/1",)), ["b1/1"])
    harm(tmp_path, statement)

    with opened(tmp_path) as history:
        assert [each.id for each in said(history.outbox)] == ["b1/1", "b1/2"]
        assert history.outbox.begin("b1/1", NOON)


def test_all_messages_are_put_or_none(outbox: Outbox) -> None:
    def broken_off() -> Iterator[OutgoingMessage]:
        yield message("b1/1")
        raise InterruptedError

    with pytest.raises(InterruptedError):
        outbox.put(broken_off())

    assert outbox.undelivered() == []


def test_that_a_report_has_arrived_is_known_longer_than_it_can_be_put_again() -> None:
    assert max(LAST_LASTS, NEWS_LASTS) + timedelta(days=1) <= KNOWN_FOR


@pytest.mark.parametrize(
    ("days", "known"),
    [
        pytest.param(12, ["12", "11", "4"], id="by whole days"),
        pytest.param(3, ["4"], id="never while a report could be put again"),
    ],
)
def test_what_waits_is_never_pruned_and_what_arrived_is(
    tmp_path: Path, days: int, known: list[str]
) -> None:
    with opened(tmp_path) as history:
        arrived = ["13", "12", "11", "4"]
        for each in ("14", *arrived, "2"):
            history.outbox.put([message(each, made=days_ago(int(each)))])
        for each in arrived:
            history.outbox.delivered(each, days_ago(int(each)))

        history.prune(days_ago(days))

        history.outbox.put([message(each) for each in arrived])
        again = [each for each in arrived if each not in known]
        assert [each.id for each in said(history.outbox)] == ["14", "2", *again]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("UPDATE outbox SET body = 'other'", "messages never change", id="other text"),
        pytest.param(
            "UPDATE letters SET document = '{}'", "messages never change", id="another recipient"
        ),
        pytest.param("DELETE FROM outbox", "messages wait until", id="one that waits"),
    ],
)
def test_no_message_is_changed_or_lost_by_a_slip(tmp_path: Path, statement: str, said: str) -> None:
    with opened(tmp_path) as history:
        history.outbox.put([message(recipient="boss")])

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

        assert said(one.outbox) == said(other.outbox) == [message("b1/2")]


def test_who_only_reads_sees_what_waits_and_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.outbox.put([message()])

    reader = History.open_to_read(tmp_path, clock=noon)

    assert reader is not None
    with reader:
        assert said(reader.outbox) == [message()]
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
        assert message("b1/2") in said(history.outbox)
        history.outbox.failed("b1/1", NOON, "no answer", NOON)
        assert [each.attempts for each in history.outbox.undelivered()] == [1, 0]
        history.outbox.delivered("b1/1", NOON)
        assert history.outbox.undelivered()[0].message == message("b1/2")


@pytest.mark.parametrize(
    "document",
    [
        "x'ff'", "7", "'no JSON'", "'[]'", "'7'", "'" + "[" * 100_000 + "'", "'" + "9" * 5000 + "'",
        """'{"recipient": 7, "items": 7, "html": [], "carries": {"a": 1}}'""",
        """'{"items": [7, [], [1, 2, 3, 4, 5], ["a", "b", "c", 99, "d"], {"kind": 1}]}'""",
    ],
    ids=lambda each: each[:20],
)  # fmt: skip
def test_a_letter_that_makes_no_sense_costs_no_message(tmp_path: Path, document: str) -> None:
    with opened(tmp_path) as history:
        history.outbox.put([message("b1/1", recipient="boss"), message("b1/2")])
    harm(tmp_path, f"UPDATE letters SET document = {document}")  # noqa: S608

    with opened(tmp_path) as history:
        first, second = said(history.outbox)
        assert (first.body, first.recipient, second) == (message().body, "", message("b1/2"))
        assert all(isinstance(each, MessageItem) for each in first.items)
        assert history.outbox.fold(message("d1"), ["b1/1", "b1/2"])
        history.outbox.delivered("d1", NOON)
        assert said(history.outbox) == []
