"""An outbox, receivers that a test tells what to do, and a time that only a test moves."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import (
    MessageItem,
    OutgoingMessage,
    UndeliveredMessage,
)
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.io.history.history import History
from orchestrator_tui.live.notifying.relay import Outcome, Relay

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DOWN = "connection refused"
OFTEN = 10_000

Receiver = Callable[[OutgoingMessage], str | None]
"""Returns why a message is not taken; None where it is."""


def receives(_: OutgoingMessage) -> None:
    """Take whatever comes."""


def is_down(_: OutgoingMessage) -> str:
    """Take nothing."""
    return DOWN


def refuses(*ids: str) -> Receiver:
    """Take all but the messages with these ids."""
    return lambda message: "HTTP 400" if message.id in ids else None


def letter(key: str, channel: str = "ops", **fields: object) -> OutgoingMessage:
    """Return a message that tells one thing."""
    mission = MissionId("chat")
    given = {
        "id": key,
        "mission": mission,
        "channel": channel,
        "made": NOON,
        "subject": f"blocker:{key}",
        "body": f"No {key}\nIt has been for 4 h.",
        "recipient": "boss",
        "items": (
            MessageItem("RAISED", mission, f"blocker:{key}", EscalationLevel.CRITICAL, f"No {key}"),
        ),
    }
    return OutgoingMessage(**{**given, **fields})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Arrival:
    """One message that a receiver took."""

    at: float
    channel: str
    id: str
    message: OutgoingMessage
    tries: int
    """How many tries there were before it."""
    was_killed: bool = False
    """Whether the process was ended before it could note this."""


class Post:
    """A relay in a world of its own."""

    def __init__(
        self, folder: Path, *, per_minute: int = OFTEN, channels: dict[str, Channel] | None = None
    ) -> None:
        self.folder = folder
        self.channels = channels or {
            name: Channel(file=name, per_minute=per_minute) for name in ("ops", "mail")
        }
        self.seconds = 0.0
        self.ahead = timedelta(0)
        """How far the wall clock was set."""
        self.luck = 1.0
        """What chance says: the longest pause at 1."""
        self.most_begun = OFTEN
        """Deliveries after which no more may be begun."""
        self.receivers: dict[str, Receiver] = {}
        self.hanging: list[tuple[Channel, OutgoingMessage]] = []
        """Deliveries of channels that hang."""
        self.hangs: set[str] = set()
        self.tries: list[Arrival] = []
        self.arrived: list[Arrival] = []
        self.events: list[Event] = []
        self.fault: Exception | None = None
        """Why the history cannot be opened."""
        self._started: list[tuple[Channel, OutgoingMessage]] = []
        self.start()

    def clock(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds) + self.ahead

    def start(self) -> None:
        """Begin anew, as a process does; what one was doing that was killed is gone."""
        self._started.clear()
        self.hanging.clear()
        self.relay = Relay(
            self._open,
            self.channels,
            clock=self.clock,
            start=lambda channel, message: self._started.append((channel, message)),
            may_begin=lambda: len(self._started) < self.most_begun,
            random=lambda: self.luck,
            monotonic=lambda: self.seconds,
        )

    def restart(self) -> None:
        """Kill the process, and start another."""
        self.relay.close()
        self.start()

    def die(self, *, is_taken: bool) -> None:
        """Kill the process, and start another; what was under way arrives, or does not."""
        for _, message in (*self._started, *self.hanging):
            if is_taken:
                self._arrive(message, was_killed=True)
            else:
                self.tries.append(self._arrival(message))
        self.restart()

    def let_go(self, *, is_taken: bool) -> None:
        """End the deliveries that hang: they arrive, or do not."""
        hanging, self.hanging[:] = self.hanging[:], []
        outcomes = []
        for _, message in hanging:
            if is_taken:
                self._arrive(message)
            else:
                self.tries.append(self._arrival(message))
            why = None if is_taken else "timed out"
            outcomes.append(Outcome(message.channel, message.id, why))
        self.events += self.relay.step(outcomes)
        self.step()

    def put(self, *messages: OutgoingMessage) -> None:
        """Put messages, as the process does that keeps the history, and say so."""
        with History.open(self.folder, clock=self.clock) as history:
            history.outbox.put(messages)
        self.relay.look_again(may_send=True)

    def put_many(self, *ids: str, channel: str = "ops") -> None:
        self.put(*(letter(each, channel) for each in ids))

    def note_delivered(self, key: str) -> None:
        """Deliver a message, as another process does."""
        with History.open(self.folder, clock=self.clock) as history:
            history.outbox.delivered(key, self.clock())

    def undelivered(self) -> list[UndeliveredMessage]:
        with History.open(self.folder, clock=self.clock) as history:
            return history.outbox.undelivered()

    def waiting(self) -> list[str]:
        return [each.message.id for each in self.undelivered()]

    def step(self) -> None:
        """Do all that is to be done now, and nothing that is due later."""
        self.events += self.relay.step()
        while self._started:
            started, self._started[:] = self._started[:], []
            self.events += self.relay.step(
                [outcome for each in started if (outcome := self._deliver(*each)) is not None]
            )

    def begun(self) -> list[str]:
        """Return what was begun by one step, and leave it under way."""
        self.events += self.relay.step()
        return [message.id for _, message in self._started]

    def run(self, seconds: float) -> None:
        """Let time pass: from one thing that is due to the next."""
        until = self.seconds + seconds
        while True:
            self.step()
            due = self.relay.due()
            assert due > self.seconds, "it would spin"
            if due > until:
                break
            self.seconds = due
        self.seconds = until

    def is_quiet(self) -> bool:
        return self.relay.due() == math.inf

    def came(self, channel: str = "ops") -> list[str]:
        """Return the ids of what a channel took, in order, those of a digest in its place."""
        return [
            key
            for each in self.arrived
            if each.channel == channel
            for key in each.message.carries or (each.id,)
        ]

    def ids(self) -> list[str]:
        return [each.id for each in self.arrived]

    def set_clock(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def _open(self) -> History:
        if self.fault is not None:
            raise self.fault
        return History.open(self.folder, clock=self.clock)

    def _deliver(self, channel: Channel, message: OutgoingMessage) -> Outcome | None:
        if message.channel in self.hangs:
            self.hanging.append((channel, message))
            return None
        why = self.receivers.get(message.channel, receives)(message)
        if why is None:
            self._arrive(message)
        else:
            self.tries.append(self._arrival(message))
        return Outcome(message.channel, message.id, why)

    def _arrive(self, message: OutgoingMessage, *, was_killed: bool = False) -> None:
        arrival = self._arrival(message, was_killed=was_killed)
        self.tries.append(arrival)
        self.arrived.append(arrival)

    def _arrival(self, message: OutgoingMessage, *, was_killed: bool = False) -> Arrival:
        return Arrival(
            self.seconds, message.channel, message.id, message, len(self.tries), was_killed
        )
