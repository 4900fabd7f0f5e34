"""The hub tells everybody once, groups what comes up together, and survives what ends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.settings import Channel, Lead, Settings, TerminalSign
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import LEASE_FILE
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS, Hub
from orchestrator_tui.live.notifying.silence import Tells
from orchestrator_tui.live.recording.keeping import THERE_SECONDS, Keeping
from orchestrator_tui.live.recording.recorder import Recorder
from tests.live.listening import save
from tests.live.recorded_world import START, Run, World

CHANNELS = {"mail": Channel(file="mail"), "desk": Channel(terminal=frozenset(TerminalSign))}
SETTINGS = Settings(channels=CHANNELS)
HOUR = 3600.0
OPENED = START + timedelta(minutes=1)


class Postbox:
    """Stands where deliveries are made: what is to be sent is looked up by the test."""

    notices: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.woken: list[bool] = []

    def wake(self, *, may_send: bool) -> None:
        self.woken.append(may_send)

    def happened(self) -> tuple[Event, ...]:
        return ()

    def close(self) -> None:
        pass


@dataclass
class Mission:
    """The mission of these tests, and the two clocks."""

    world: World

    def blocked(
        self,
        *ids: str,
        resolved: tuple[str, ...] = (),
        more: str = "",
        opened: datetime = OPENED,
    ) -> None:
        blockers = "".join(
            f"  {each}: {{title: No {each}, opened: {_stamp(opened)}"
            + (f", resolved: {_stamp(self.world.clock())}" if each in resolved else "")
            + "}\n"
            for each in ids
        )
        text = (
            "mission: Chat\nstarted: 2024-01-15T08:00Z\n"
            "tasks:\n  api: {title: API, estimate: 90h}\n"
            "stakeholders:\n  boss: {notify: [mail], levels: [1, 2, 3, 4]}\n"
        )
        save(self.world.file, text + (f"blockers:\n{blockers}" if ids else "") + more)

    def run(self, settings: Settings = SETTINGS, postbox: Postbox | None = None) -> Run:
        def tells(recorder: Recorder, keeping: Keeping) -> Tells:
            return Hub(
                keeping,
                settings,
                courier=postbox or Postbox(),
                note=recorder.note,
                monotonic=self.world.monotonic,
            )

        return Run(self.world, tells=tells)

    def sent(self) -> list[OutgoingMessage]:
        opened = History.open_to_read(self.world.history, clock=self.world.clock)
        assert opened is not None
        with opened:
            return [each.message for each in opened.outbox.undelivered()]

    def told(self) -> list[list[tuple[str, str, int]]]:
        return [
            [(item.kind, item.subject.removeprefix("blocker:"), int(item.level or 0))
             for item in each.items]
            for each in self.sent()
        ]  # fmt: skip


def _stamp(moment: object) -> str:
    return str(moment).replace(" ", "T").replace("+00:00", "Z")


@pytest.fixture
def chat(tmp_path: Path) -> Mission:
    return Mission(World(tmp_path))


def wait(run: Run, seconds: float = GROUPED_SECONDS + 1) -> None:
    """Let time pass, as a loop does that looks now and then."""
    for share in (0.0, seconds / 2, seconds / 2):
        run.world.seconds += share
        run.pass_time()


def test_what_comes_up_within_half_a_minute_is_one_message(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        run.world.seconds = 90
        run.pass_time()
        chat.blocked("key", "host")
        run.world.seconds += GROUPED_SECONDS - 10
        run.pass_time()
        assert chat.sent() == []
        wait(run)

    assert chat.told() == [[("RAISED", "key", 1), ("RAISED", "host", 1)]]
    (message,) = chat.sent()
    assert (message.recipient, message.channel) == ("boss", "mail")
    assert "No key" in message.body
    assert "No host" in message.body


def test_every_level_is_one_message_and_so_is_the_end(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        for hours in (0.1, 2.1, 2.5, 4.1, 5.0, 8.1, 9.0):
            run.world.seconds = hours * HOUR
            wait(run)
        chat.blocked("key", resolved=("key",))
        wait(run)
        wait(run)

    raised = [[("RAISED", "key", level)] for level in (1, 2, 3, 4)]
    assert chat.told() == [*raised, [("RECOVERED", "key", 4)]]
    assert len({each.id for each in chat.sent()}) == 5


def test_a_restart_at_any_moment_sends_nothing_again(chat: Mission) -> None:
    chat.blocked("key")
    for hours in (0.1, 0.11, 0.12, 2.1, 2.2, 4.1, 4.2, 4.3):
        with chat.run() as run:
            run.world.seconds = hours * HOUR
            wait(run, 10)
    with chat.run() as run:
        wait(run)

    assert chat.told() == [[("RAISED", "key", level)] for level in (1, 2, 3)]


def test_what_was_dated_anew_before_it_was_sent_is_told_once(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        run.world.seconds = 90
        run.pass_time()
        run.world.seconds += 10
        chat.blocked("key", opened=run.world.clock())
        wait(run)
        wait(run)
        wait(run)

    assert chat.told() == [[("RAISED", "key", 1)]]


def test_what_is_over_before_it_was_sent_is_never_sent(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        run.world.seconds = 90
        run.pass_time()
        chat.blocked()
        wait(run)
        wait(run)

    assert chat.sent() == []


def test_a_snooze_is_silent_until_it_ends_and_then_tells_the_level(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        run.world.seconds = 0.1 * HOUR
        wait(run)
        run.world.snooze("blocker:key", hours=3.0)
        for hours in (2.1, 3.0):
            run.world.seconds = hours * HOUR
            wait(run)
        assert len(chat.sent()) == 1
        run.world.seconds = 3.3 * HOUR
        wait(run)

    assert chat.told() == [[("RAISED", "key", 1)], [("RAISED", "key", 2)]]


def test_an_acknowledgement_holds_the_level_back(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        run.world.seconds = 1.9 * HOUR
        wait(run)
        run.world.rule(RulingKind.ACKNOWLEDGED, "blocker:key")
        for hours in (2.1, 2.8):
            run.world.seconds = hours * HOUR
            wait(run)
        assert len(chat.sent()) == 1
        run.world.seconds = 3.1 * HOUR
        wait(run)

    assert chat.told() == [[("RAISED", "key", 1)], [("RAISED", "key", 2)]]


def test_that_somebody_is_told_is_an_event(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run() as run:
        run.world.seconds = 90
        wait(run)
        wait(run)

    (event,) = [each.event for each in chat.world.recorded()
                if each.event.kind is EventKind.NOTIFIED]  # fmt: skip
    assert event.subject == "blocker:key"
    assert event.text == "boss is told by mail: ROUTINE No key"


def test_a_process_that_does_not_keep_the_history_tells_nobody(chat: Mission) -> None:
    chat.blocked("key")
    postbox = Postbox()
    with chat.run() as first:
        first.world.seconds = 90
        first.pass_time()
        with chat.run(postbox=postbox) as second:
            wait(second)
            assert chat.sent() == []
            assert postbox.woken == []
        wait(first)
    assert len(chat.sent()) == 1


def test_the_next_process_goes_on_where_one_ended(chat: Mission) -> None:
    chat.blocked("key")
    postbox = Postbox()
    with chat.run() as first:
        first.world.seconds = 90
        first.pass_time()
        with chat.run(postbox=postbox) as second:
            second.pass_time()
            first.close()
            wait(second)
            assert chat.told() == [[("RAISED", "key", 1)]]
            assert True in postbox.woken


def test_who_lost_the_right_to_keep_the_history_sends_no_more(chat: Mission) -> None:
    chat.blocked("key")
    postbox = Postbox()
    with chat.run(postbox=postbox) as first:
        first.pass_time()
        assert postbox.woken == [True]
        (chat.world.history / LEASE_FILE).unlink()
        with chat.run() as second:
            second.pass_time()
            wait(first, THERE_SECONDS + 1)
            assert postbox.woken == [True, False]
            wait(second)

    assert chat.told() == [[("RAISED", "key", 1)]]


def test_of_a_mission_that_is_gone_nobody_is_said_to_be_untold(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run(Settings()) as run:
        run.world.seconds = 90
        wait(run)
        assert any("not told" in each for each in run.notices())
        chat.world.file.unlink()
        wait(run, HOUR)
        wait(run)

        assert not any("not told" in each for each in run.notices())


def test_a_terminal_is_told_by_its_own_app(chat: Mission) -> None:
    chat.blocked("key", more="")
    lead = Lead(notify=("desk",), levels=frozenset())
    with chat.run(Settings(channels={"desk": CHANNELS["desk"]}, lead=lead)) as run:
        run.world.seconds = 9 * HOUR
        wait(run)

    assert chat.sent() == []


def test_a_channel_that_nobody_set_up_is_said_and_is_told_once_it_is_there(chat: Mission) -> None:
    chat.blocked("key")
    with chat.run(Settings()) as run:
        run.world.seconds = 90
        wait(run)
        assert "no channel 'mail' in the settings: boss is not told through it" in run.notices()
    with chat.run() as run:
        wait(run)

    assert chat.told() == [[("RAISED", "key", 1)]]


def test_hundreds_at_once_are_one_message(chat: Mission) -> None:
    chat.blocked(*(f"b{number}" for number in range(400)))
    with chat.run() as run:
        run.world.seconds = 90
        wait(run)

    (message,) = chat.sent()
    assert len(message.items) == 400
    assert len(message.body) < 10_000
