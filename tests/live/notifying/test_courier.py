"""The courier delivers beside the loop, sleeps while nothing is due, and leaves nothing running."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, active_count
from threading import enumerate as all_threads

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.delivering import Deliver, NotDelivered, deliver
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.live.notifying.courier import Courier
from tests.live.notifying.posting import OFTEN, letter
from tests.live.threads import join_all

SOON = 10.0
CHANNELS = {name: Channel(file=name, per_minute=OFTEN) for name in ("ops", "mail")}


class Receiver:
    """Takes what is delivered, in order, and tells a test of it."""

    def __init__(self) -> None:
        self.came: Queue[str] = Queue()
        self.fails: Callable[[OutgoingMessage], Exception | None] = lambda _: None
        self.hanging = Event()
        self.goes_on = Event()
        self.hangs: set[str] = set()

    def __call__(self, _: Channel, message: OutgoingMessage) -> None:
        if message.channel in self.hangs:
            self.hanging.set()
            self.goes_on.wait(SOON)
        error = self.fails(message)
        if error is not None:
            raise error
        self.came.put(message.id)

    def next(self) -> str:
        return self.came.get(timeout=SOON)


class CountingClock:
    """The monotonic clock; it counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> float:
        self.asked += 1
        return time.monotonic()


@contextmanager
def running(folder: Path, deliver: Deliver, **fields: object) -> Iterator[Courier]:
    given = {"clock": system_clock, "deliver": deliver, "random": lambda: 0.001, **fields}
    courier = Courier(folder, CHANNELS, **given)  # type: ignore[arg-type]
    try:
        yield courier
    finally:
        courier.close()
        join_all("courier")


def put(folder: Path, *ids: str, channel: str = "ops") -> None:
    with History.open(folder, clock=system_clock) as history:
        history.outbox.put(letter(each, channel) for each in ids)


def waiting(folder: Path) -> list[str]:
    with History.open(folder, clock=system_clock) as history:
        return [each.message.id for each in history.outbox.undelivered()]


def names() -> list[str]:
    return [each.name for each in all_threads()]


def test_it_delivers_what_is_put_whenever_it_is_woken(tmp_path: Path) -> None:
    receiver = Receiver()
    with running(tmp_path, receiver) as courier:
        for each in ("a", "b", "c"):
            put(tmp_path, each)
            courier.wake(may_send=True)
            assert receiver.next() == each

    assert waiting(tmp_path) == []


def test_before_it_is_woken_nothing_runs(tmp_path: Path) -> None:
    put(tmp_path, "a")
    before = active_count()

    with running(tmp_path, Receiver()) as courier:
        courier.wake(may_send=False)
        assert active_count() == before
        assert courier.notices == ()

    assert waiting(tmp_path) == ["a"]


def test_closed_it_leaves_nothing_running_and_sends_nothing_more(tmp_path: Path) -> None:
    receiver = Receiver()
    with running(tmp_path, receiver) as courier:
        put(tmp_path, "a")
        courier.wake(may_send=True)
        receiver.next()
        courier.close()
        put(tmp_path, "b")
        courier.wake(may_send=True)

    assert "courier" not in names()
    assert waiting(tmp_path) == ["b"]


def test_closed_while_a_delivery_is_under_way_it_waits_for_it_and_notes_it(tmp_path: Path) -> None:
    receiver = Receiver()
    receiver.hangs = {"ops"}
    put(tmp_path, "a", "b")
    with running(tmp_path, receiver) as courier:
        courier.wake(may_send=True)
        assert receiver.hanging.wait(SOON)
        courier.wake(may_send=False)
        receiver.goes_on.set()
        courier.close()
        assert waiting(tmp_path) == ["b"]


def test_a_delivery_that_hangs_is_left_behind_and_sent_again_by_the_next(tmp_path: Path) -> None:
    receiver, next_one, clock = Receiver(), Receiver(), CountingClock()
    receiver.hangs = {"ops"}
    put(tmp_path, "a")
    with running(tmp_path, receiver, monotonic=clock) as courier:
        courier.wake(may_send=True)
        assert receiver.hanging.wait(SOON)
        put(tmp_path, "x", channel="mail")
        courier.wake(may_send=True)
        began = time.monotonic()
        courier.close()
        assert time.monotonic() - began < 2.5
        assert clock.asked < 100
    assert waiting(tmp_path)[0] == "a"
    with running(tmp_path, next_one) as courier:
        courier.wake(may_send=True)
        assert next_one.next() == "a"
    receiver.goes_on.set()
    join_all("delivery")


def test_a_channel_that_hangs_holds_up_no_other(tmp_path: Path) -> None:
    receiver = Receiver()
    receiver.hangs = {"ops"}
    put(tmp_path, "a")
    put(tmp_path, "x", "y", channel="mail")
    with running(tmp_path, receiver) as courier:
        courier.wake(may_send=True)
        assert [receiver.next(), receiver.next()] == ["x", "y"]
        receiver.goes_on.set()
        assert receiver.next() == "a"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(NotDelivered("refused\x1b[31m"), "refused␛[31m", id="as it should"),
        pytest.param(
            ValueError("https://token@secret"),
            "the way to deliver is broken (ValueError)",
            id="a bug, whose text may hold a secret",
        ),
        pytest.param(
            SystemExit(1), "the way to deliver is broken (SystemExit)", id="one that would end it"
        ),
    ],
)
def test_whatever_a_delivery_raises_is_said_and_it_is_tried_again(
    tmp_path: Path, error: Exception, said: str
) -> None:
    receiver = Receiver()
    errors = [error]
    receiver.fails = lambda _: errors.pop() if errors else None
    logged: list[str] = []
    put(tmp_path, "a")
    with running(tmp_path, receiver, log=logged.append) as courier:
        courier.wake(may_send=True)
        assert receiver.next() == "a"

    failed, recovered = courier.happened()
    assert (failed.kind, failed.subject) == (EventKind.CHANNEL_FAILED, "ops")
    assert failed.text == f"channel ops does not deliver: {said}"
    assert recovered.kind is EventKind.CHANNEL_RECOVERED
    assert courier.happened() == ()
    assert "secret" not in "".join(logged)


def test_when_the_lease_is_lost_nothing_more_is_begun(tmp_path: Path) -> None:
    receiver = Receiver()
    receiver.hangs = {"ops"}
    put(tmp_path, "a", "b")
    with running(tmp_path, receiver) as courier:
        courier.wake(may_send=True)
        assert receiver.hanging.wait(SOON)
        courier.wake(may_send=False)
        receiver.goes_on.set()
        assert receiver.next() == "a"

    assert waiting(tmp_path) == ["b"]


def test_it_sleeps_while_nothing_waits(tmp_path: Path) -> None:
    receiver, clock = Receiver(), CountingClock()
    put(tmp_path, "a")
    with running(tmp_path, receiver, monotonic=clock) as courier:
        courier.wake(may_send=True)
        receiver.next()
        courier.wake(may_send=False)
        put(tmp_path, "b")
        courier.wake(may_send=True)
        receiver.next()

    assert clock.asked < 100


def test_through_a_file_every_message_comes_once(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    channels = {"log": Channel(file=str(log), per_minute=OFTEN)}
    written = Queue[str]()

    def noted(channel: Channel, message: OutgoingMessage) -> None:
        deliver(channel, message)
        written.put(message.id)

    put(tmp_path / "history", "a", "b", "c", channel="log")
    courier = Courier(tmp_path / "history", channels, clock=system_clock, deliver=noted)
    courier.wake(may_send=True)
    came = [written.get(timeout=SOON) for _ in range(3)]
    courier.close()

    assert came == ["a", "b", "c"]
    assert len(log.read_text(encoding="utf-8").splitlines()) == 3
