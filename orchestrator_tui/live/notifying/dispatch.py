"""What goes next, and through which channel: pure; it is told of all that happens, and when."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.io.history.outbox import Queued
from orchestrator_tui.live.notifying.backoff import Random
from orchestrator_tui.live.notifying.lane import Lane
from orchestrator_tui.live.notifying.pace import Pace

MOST_AT_ONCE: Final = 4
QUICK_SECONDS: Final = 5.0
"""A delivery that takes longer makes room for another channel's."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a channel delivered before this process, by the wall clock."""

    lately: Sequence[datetime] = ()
    """When it did within the last minute."""
    last: datetime | None = None


class Dispatch:
    """The messages that wait for the channels of the settings."""

    def __init__(self, channels: Mapping[str, Channel], random: Random) -> None:
        """Prepare; a terminal is told by its own app, and waits for nothing."""
        self._channels = {name: each for name, each in channels.items() if not each.terminal}
        self._random = random
        self._paces = {name: Pace(each.per_minute) for name, each in self._channels.items()}
        self._recorded: set[str] = set()
        """The channels whose record was given."""
        self.lanes: dict[str, Lane] = {}
        self.homeless: dict[str, int] = {}
        """How many messages wait for channels that there are not, by their names."""

    def begin_anew(self) -> None:
        """Forget what waits: another process may have delivered it. What is under way stays."""
        self.lanes = {name: each for name, each in self.lanes.items() if each.under_way}
        self._recorded.clear()

    def unrecorded(self, queued: Iterable[Queued]) -> list[str]:
        """Return the channels of which a record is needed to deliver what is `queued`."""
        wanted = dict.fromkeys((*self.lanes, *(each.channel for each in queued)))
        return [each for each in wanted if each in self._channels and each not in self._recorded]

    def refill(
        self, queued: Sequence[Queued], records: Mapping[str, Record], wall: datetime, now: float
    ) -> None:
        """Take in all that waits by now, in order, and the records of channels that lacked one."""
        by_channel: dict[str, list[Queued]] = {}
        for each in queued:
            by_channel.setdefault(each.channel, []).append(each)
        for name, record in records.items():
            lane = self.lanes.setdefault(name, Lane(self._paces[name], self._random))
            lane.pace.restore(record.lately, wall, now)
            lane.restore(by_channel.get(name, ()), record.last, wall, now)
            self._recorded.add(name)
        for name, lane in self.lanes.items():
            lane.refill(by_channel.pop(name, ()), wall, now)
        self.homeless = {name: len(each) for name, each in by_channel.items()}

    def next(self, now: float) -> tuple[str, tuple[str, ...]] | None:
        """Return what to send now: a channel, and a message or those that a digest is to carry."""
        if self._has_no_room(now):
            return None
        for name, lane in sorted(self.lanes.items(), key=lambda each: each[1].since):
            ids = lane.next_ids(now)
            if ids:
                return name, ids
        return None

    def due(self, now: float) -> float:
        """Return when there is something to send, on the monotonic clock."""
        due = min((each.due(now) for each in self.lanes.values()), default=math.inf)
        room = min(self._busy(now), default=-math.inf) if self._has_no_room(now) else -math.inf
        return max(due, room)

    def delivered(self, channel: str, wall: datetime, now: float) -> tuple[Event, ...]:
        """Note that what was under way has arrived; return the events that this is."""
        if not self.lanes[channel].delivered(now):
            return ()
        text = f"channel {shorten(channel)} delivers again"
        return (Event(wall, EventKind.CHANNEL_RECOVERED, channel, text),)

    def failed(
        self, channel: str, why: str, wall: datetime, now: float
    ) -> tuple[float, tuple[Event, ...]]:
        """Note that what was under way failed.

        Returns when it is tried again, on the monotonic clock, and the events that this is.
        """
        again, is_news = self.lanes[channel].failed(why, now)
        if not is_news:
            return again, ()
        text = shorten(f"channel {shorten(channel)} does not deliver: {why}")
        return again, (Event(wall, EventKind.CHANNEL_FAILED, channel, text),)

    def _has_no_room(self, now: float) -> bool:
        return len(self._busy(now)) >= MOST_AT_ONCE

    def _busy(self, now: float) -> list[float]:
        """Return until when the deliveries under way take the room of others."""
        until = (each.since + QUICK_SECONDS for each in self.lanes.values() if each.under_way)
        return [each for each in until if each > now]
