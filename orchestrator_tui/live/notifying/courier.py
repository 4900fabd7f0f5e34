"""Delivers what waits in the outbox, beside the loop: asleep unless something is due.

One thread has the outbox, and each delivery one of its own: a channel that hangs holds up no other.
"""

import math
import random as chance
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import TIMEOUT_MAX, Condition, Thread
from typing import Final

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.delivering import Deliver, NotDelivered, deliver
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.terminal.stray_output import crash_text
from orchestrator_tui.live.notifying.backoff import Random
from orchestrator_tui.live.notifying.relay import Outcome, Relay

CLOSE_SECONDS: Final = 2.0
"""How long `close` waits for deliveries under way."""
_NOTED_SECONDS: Final = 0.3
"""What of that is left to note how they ended."""
_AFTER_A_BUG_SECONDS: Final = 5.0


class Courier:
    """Delivers the messages of the history in one folder, while this process may."""

    def __init__(  # noqa: PLR0913 - all but two are named, and most are for tests
        self,
        folder: Path,
        channels: Mapping[str, Channel],
        *,
        clock: Clock,
        deliver: Deliver = deliver,
        monotonic: Callable[[], float] = time.monotonic,
        random: Random = chance.random,
        log: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare; nothing runs before something is to be sent."""
        self._deliver = deliver
        self._monotonic = monotonic
        self._log = log
        self._changed = Condition()
        self._wakes: deque[bool] = deque()
        self._outcomes: deque[Outcome] = deque()
        self._happened: list[Event] = []
        self._notices: tuple[str, ...] = ()
        self._may_send = False
        self._closes_at = math.inf
        self._thread: Thread | None = None
        self._relay = Relay(
            lambda: History.open(folder, clock=clock),
            channels,
            clock=clock,
            start=self._start,
            may_begin=lambda: self._may_send,
            random=random,
            monotonic=monotonic,
            log=log,
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what could not be delivered, and why."""
        return self._notices

    def wake(self, *, may_send: bool) -> None:
        """See what is in the outbox, or begin no more deliveries; never waits."""
        with self._changed:
            if self._closes_at < math.inf:
                return
            self._may_send = may_send
            if not self._wakes or self._wakes[-1] != may_send:
                self._wakes.append(may_send)
            if self._thread is None and may_send:
                self._begin()
            self._changed.notify()

    def happened(self) -> tuple[Event, ...]:
        """Return what happened to channels since this was asked last."""
        with self._changed:
            found, self._happened = self._happened, []
        return tuple(found)

    def close(self) -> None:
        """End, after the deliveries under way if those are quick.

        What was not confirmed is sent again by whoever is next, under the same id.
        """
        with self._changed:
            self._may_send = False
            self._wakes.append(False)
            self._closes_at = self._monotonic() + CLOSE_SECONDS - _NOTED_SECONDS
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(CLOSE_SECONDS)

    def _begin(self) -> None:
        thread = Thread(target=self._run, name="courier", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # this machine lets no more threads run: the next wake may
            self._log(crash_text(error))
        else:
            self._thread = thread

    def _run(self) -> None:
        try:
            while not self._is_over():
                self._turn()
        finally:
            self._relay.close()

    def _is_over(self) -> bool:
        if self._closes_at == math.inf:
            return False
        has_work = self._relay.is_busy or self._outcomes
        return not has_work or self._monotonic() >= self._closes_at

    def _turn(self) -> None:
        try:
            due = self._work()
        except Exception as error:  # noqa: BLE001 - a bug is logged, and messages go on
            self._log(crash_text(error))
            due = self._monotonic() + _AFTER_A_BUG_SECONDS
        with self._changed:
            if not self._wakes and not self._outcomes and not self._is_over():
                rest = min(due, self._closes_at) - self._monotonic()
                self._changed.wait(min(max(0.0, rest), TIMEOUT_MAX))

    def _work(self) -> float:
        """Do what is to be done now; return when the next thing is."""
        with self._changed:
            wakes, self._wakes = self._wakes, deque()
            outcomes, self._outcomes = self._outcomes, deque()
        for may_send in wakes:
            self._relay.look_again(may_send=may_send)
        events = self._relay.step(outcomes)
        notices = self._relay.notices()
        with self._changed:
            self._happened += events
            self._notices = notices
        return self._relay.due()

    def _start(self, channel: Channel, message: OutgoingMessage) -> None:
        try:
            Thread(
                target=self._bring, args=(channel, message), name="delivery", daemon=True
            ).start()
        except RuntimeError:
            self._end(message, "this machine lets no more threads run")

    def _bring(self, channel: Channel, message: OutgoingMessage) -> None:
        why = None
        try:
            self._deliver(channel, message)
        except NotDelivered as failure:
            why = failure.why or "it failed"
        except BaseException as error:  # noqa: BLE001 - its text may hold the secrets of a channel
            why = f"the way to deliver is broken ({type(error).__name__})"
            self._log(f"channel {message.channel}: {why}\n")
        self._end(message, why)

    def _end(self, message: OutgoingMessage, why: str | None) -> None:
        with self._changed:
            self._outcomes.append(Outcome(message.channel, message.id, why))
            self._changed.notify()
