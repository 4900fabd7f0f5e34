"""Brings what waits in the outbox on its way, and notes what became of it.

Every step is noted before the next one is made: whatever ends this program in between, a message
is sent at least once, and again only under the same id. No thread and no clock is in here.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.faults import HistoryFault
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.outbox import Outbox
from orchestrator_tui.io.terminal.stray_output import crash_text
from orchestrator_tui.live.notifying.backoff import Random
from orchestrator_tui.live.notifying.complaints import complaints
from orchestrator_tui.live.notifying.digesting import digest_of
from orchestrator_tui.live.notifying.dispatch import Dispatch, Record
from orchestrator_tui.live.notifying.pace import WINDOW_SECONDS
from orchestrator_tui.live.recording.keeping import FIRST_BACKOFF_SECONDS, LAST_BACKOFF_SECONDS

_LONGEST_FAULT: Final = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try."""

    channel: str
    message: str
    why: str | None
    """Why it failed: one line, safe to show; absent where the message has arrived."""


class Relay:
    """Delivers the messages of one history, as long as it may."""

    def __init__(  # noqa: PLR0913 - all but two are named, and most are for tests
        self,
        open_history: Callable[[], History],
        channels: Mapping[str, Channel],
        *,
        clock: Clock,
        start: Callable[[Channel, OutgoingMessage], None],
        may_begin: Callable[[], bool] = lambda: True,
        random: Random,
        monotonic: Callable[[], float] = time.monotonic,
        log: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare; `start` begins to deliver a message, and does not wait for the outcome.

        It is called only as long as `may_begin`, which is asked before each.
        """
        self._open_history = open_history
        self._channels = channels
        self._clock = clock
        self._start = start
        self._may_begin = may_begin
        self._monotonic = monotonic
        self._log = log
        self._dispatch = Dispatch(channels, random)
        self._history: History | None = None
        self._may_send = self._is_stale = False
        self._unnoted: deque[Callable[[Outbox], None]] = deque()
        """What is so, and is not in the history yet."""
        self._fault = ""
        self._rests_until = -math.inf
        self._backoff = FIRST_BACKOFF_SECONDS

    @property
    def is_busy(self) -> bool:
        """Say whether a delivery is under way."""
        return any(each.under_way for each in self._dispatch.lanes.values())

    def look_again(self, *, may_send: bool) -> None:
        """Read what waits in the next step, if messages may be sent at all."""
        self._may_send = self._is_stale = may_send
        if not may_send:
            self.close()  # opened again, it begins anew: another process may have delivered

    def step(self, outcomes: Iterable[Outcome] = ()) -> tuple[Event, ...]:
        """Note the outcomes, and start whatever can be; return what happened to channels."""
        events = [event for each in outcomes for event in self._take(each)]
        if self._monotonic() >= self._rests_until and (self._may_send or self._unnoted):
            try:
                self._work()
            except HistoryFault as fault:
                self._rest(str(fault))
            except Exception as error:  # noqa: BLE001 - a bug is said, and messages wait
                self._log(crash_text(error))
                self._rest(f"{type(error).__name__}: {error}")
        return tuple(events)

    def due(self) -> float:
        """Return when the next step is due, on the monotonic clock; infinity while all is quiet."""
        if not self._may_send and not self._unnoted:
            return math.inf
        if self._fault:
            return self._rests_until
        return self._dispatch.due(self._monotonic()) if self._may_send else -math.inf

    def notices(self) -> tuple[str, ...]:
        """Return what could not be delivered, and why."""
        if not self._may_send:
            return ()
        fault = (f"messages wait: {self._fault}",) if self._fault else ()
        found = complaints(self._dispatch, self._channels, self._clock(), self._monotonic())
        return (*fault, *found)

    def close(self) -> None:
        """Close the history; what is under way is sent again at the next start."""
        if self._history is not None:
            self._history.close()
        self._history = None

    def _take(self, outcome: Outcome) -> tuple[Event, ...]:
        """Take in what became of a try; it is noted as soon as the history can be written."""
        now, wall = self._monotonic(), self._clock()
        channel, message = outcome.channel, outcome.message
        why = outcome.why
        if why is None:
            self._unnoted.append(lambda outbox: outbox.delivered(message, wall))
            return self._dispatch.delivered(channel, wall, now)
        again, events = self._dispatch.failed(channel, why, wall, now)
        again_at = wall + timedelta(seconds=max(0.0, again - now))
        self._unnoted.append(lambda outbox: outbox.failed(message, wall, why, again_at))
        return events

    def _work(self) -> None:
        outbox = self._opened().outbox
        while self._unnoted:
            self._unnoted[0](outbox)
            self._unnoted.popleft()
        if self._may_send:
            if self._is_stale:
                self._refill(outbox)
            self._send(outbox)
        else:
            self.close()
        self._fault = ""
        self._backoff = FIRST_BACKOFF_SECONDS

    def _opened(self) -> History:
        """Return the history; SQLite would go on writing into one that was deleted."""
        if self._history is not None and not self._history.is_still_there():
            self.close()
        if self._history is None:
            self._history = self._open_history()
            self._dispatch.begin_anew()
            self._is_stale = True
        return self._history

    def _refill(self, outbox: Outbox) -> None:
        wall = self._clock()
        queued = outbox.queued()
        since = wall - timedelta(seconds=WINDOW_SECONDS)
        records = {
            each: Record(outbox.sent_times(each, since), outbox.last_sent(each))
            for each in self._dispatch.unrecorded(queued)
        }
        self._dispatch.refill(queued, records, wall, self._monotonic())
        self._is_stale = False

    def _send(self, outbox: Outbox) -> None:
        while self._may_begin() and (found := self._dispatch.next(self._monotonic())):
            channel, ids = found
            message = self._folded(outbox, channel, ids) if len(ids) > 1 else ids[0]
            if message:
                self._try(outbox, channel, message)

    def _folded(self, outbox: Outbox, channel: str, ids: Sequence[str]) -> str:
        """Return the id of the digest that waits in the place of messages, if it now does."""
        lane = self._dispatch.lanes[channel]
        digest = self._digest(outbox.messages(ids))
        if digest is None or not outbox.fold(digest, ids):
            lane.unfold()
            return ""
        lane.folded(digest.id, frozenset(ids))
        return digest.id

    def _digest(self, messages: Sequence[OutgoingMessage]) -> OutgoingMessage | None:
        """Return the digest of messages; None where a bug in it would hold them all up."""
        try:
            return digest_of(messages)
        except Exception as error:  # noqa: BLE001 - they go one by one
            self._log(crash_text(error))
            return None

    def _try(self, outbox: Outbox, channel: str, key: str) -> None:
        lane = self._dispatch.lanes[channel]
        message = next(iter(outbox.messages([key])), None)
        if message is None or not outbox.begin(key, self._clock()):
            lane.drop(key)
            return
        lane.begin(key, self._monotonic())
        self._start(self._channels[channel], message)

    def _rest(self, why: str) -> None:
        """Leave the history alone for a while, and read it anew after that."""
        self.close()
        self._fault = plain_text(why, limit=_LONGEST_FAULT)
        self._rests_until = self._monotonic() + self._backoff
        self._backoff = min(LAST_BACKOFF_SECONDS, 2 * self._backoff)
