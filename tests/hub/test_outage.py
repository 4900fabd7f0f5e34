"""A channel that was down for an hour gets its messages afterwards: in order, and as one digest."""

from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.delivering import NotDelivered
from orchestrator_tui.io.channels.message_document import message_line
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS
from tests.hub.by_hand import HandWorld
from tests.hub.received import things_of
from tests.hub.watchers import wait_until
from tests.live.recorded_world import Run
from tests.receivers import LOOPBACK, HttpReceiver

BLOCKERS = 12
EVERY_SECONDS = 300
"""Between two of them: it takes them an hour."""
STEP_SECONDS = 5
FEW = 6
"""Messages that may go one by one, because the channel was tried with them while it was down."""


class Outage:
    """A mission that goes from bad to worse, and a web server that is down."""

    def __init__(self, root: Path, receiver: HttpReceiver) -> None:
        self.receiver = receiver
        self.place = HandWorld(root, deliver=self._post)
        self.blockers: dict[str, str] = {}
        self.place.write(self.blockers)

    def open_one_more(self, run: Run) -> None:
        """Open a blocker, and let half a minute pass, in which it comes to be told."""
        key = f"b{len(self.blockers):02}"
        self.blockers[key] = f"opened: {format_instant(self.place.world.clock())}"
        self.place.write(self.blockers)
        run.pass_time()
        self.place.world.seconds += GROUPED_SECONDS
        run.pass_time()

    def go_on(self) -> None:
        """Let a little time pass for those who deliver."""
        assert self.place.courier is not None
        self.place.world.seconds += STEP_SECONDS
        self.place.courier.wake(may_send=True)

    def go_on_until(self, seconds: float) -> bool:
        """Let a little time pass; say whether it is so late."""
        self.go_on()
        return self.place.world.seconds >= seconds

    def go_on_until_all_is_delivered(self) -> bool:
        """Let a little time pass; say whether nothing waits any more."""
        self.go_on()
        return self.place.is_all_delivered()

    def told(self) -> list[OutgoingMessage]:
        return self.place.messages([each.id for each in self.receiver.received])

    def _post(self, _: Channel, message: OutgoingMessage) -> None:
        """Deliver as a channel with a URL does, at a hundredth of what that costs."""
        connection = HTTPConnection(LOOPBACK, self.receiver.port)
        try:
            connection.request(
                "POST", "/hook", message_line(message), {"Content-Type": "application/json"}
            )
            connection.getresponse().read()
        except (OSError, HTTPException) as error:
            raise NotDelivered(type(error).__name__) from None
        finally:
            connection.close()


def test_after_an_hour_its_messages_come_in_order_and_as_one_digest_if_they_are_many(
    tmp_path: Path,
) -> None:
    with HttpReceiver() as receiver:
        outage = Outage(tmp_path, receiver)
        receiver.refuse()
        with outage.place.run() as run:
            for number in range(1, BLOCKERS + 1):
                outage.open_one_more(run)
                if number == 1:
                    wait_until(lambda: run.look().notices, "a word on the channel that is down")
                    (notice,) = run.notices()
                    assert notice.startswith("channel log: 1 message waits, ConnectionRefusedError")
                wait_until(partial(outage.go_on_until, number * EVERY_SECONDS))
            assert receiver.received == []
            receiver.recover()
            wait_until(outage.go_on_until_all_is_delivered, outage.place.waiting)
        told = outage.told()

    assert [each.made for each in told] == sorted(each.made for each in told)
    things = [thing for each in told for thing in things_of(each.items)]
    assert things == [("RAISED", f"blocker:b{each:02}", 1) for each in range(BLOCKERS)]
    assert [bool(each.carries) for each in told] == [False] * (len(told) - 1) + [True]
    assert len(told) <= FEW
