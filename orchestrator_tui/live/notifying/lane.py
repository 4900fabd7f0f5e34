"""What waits for one channel, and what of it goes next: pure, and told of all that happens."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from operator import attrgetter, itemgetter
from typing import Final

from orchestrator_tui.io.history.outbox import Queued
from orchestrator_tui.live.notifying.backoff import (
    LONGEST_SECONDS,
    Random,
    own_pause_seconds,
    rest_seconds,
)
from orchestrator_tui.live.notifying.pace import Pace

PATIENT_TRIES: Final = 5
"""Failed tries of a message after which the next one may go first."""
SLOW_SECONDS: Final = 60.0
"""A try that takes longer is said to hang."""
MOST_SINGLE: Final = 3
"""Messages that go one by one after a channel was down or too slow; more go as a digest."""
MOST_CARRIED: Final = 1_000
"""Messages of one digest."""


@dataclass(slots=True)
class Item:
    """One message that waits."""

    id: str
    goes_alone: bool
    attempts: int = 0
    why: str = ""
    refusals: int = 0
    """How often it failed while others were delivered."""
    tried: float = -math.inf
    again: float = -math.inf
    """When it was tried last, and is again if it was set aside; on the monotonic clock, as all
    times here."""

    @property
    def may_be_carried(self) -> bool:
        """Say whether a digest may stand for it: it cannot have arrived, and its text is all."""
        return not self.attempts and not self.goes_alone


class Lane:
    """The messages of one channel, in order, and how the channel fares."""

    def __init__(self, pace: Pace, random: Random) -> None:
        self.pace = pace
        self.line: dict[str, Item] = {}
        """What goes one after the other."""
        self.aside: dict[str, Item] = {}
        """What failed so often that it holds up no other any more; it is tried in turn."""
        self.under_way = ""
        """The id of the message that is being tried."""
        self.since = -math.inf
        """When the newest try began."""
        self.is_failing = False
        """Whether the channel does not deliver, as far as that is known."""
        self.why = ""
        self.rests_until = -math.inf
        self._random = random
        self._failures = 0
        self._is_behind = False
        """Whether what waits does so because the channel was down, or too slow."""
        self._was_aside = False
        """Whether the newest try failed, and was of a message that is set aside."""
        self._was_oldest = self._was_front = False
        """While the channel fails: whether the oldest of all had its turn in this round, and
        whether in the last one it was the front of the line that had the other turn."""

    def restore(
        self, queued: Iterable[Queued], last_sent: datetime | None, wall: datetime, now: float
    ) -> None:
        """Take in how the channel fared before this process: what was persisted is a hint."""
        tries = [(each.tried, each) for each in queued if each.why and each.tried is not None]
        if not tries:
            return
        tried, newest = max(tries, key=itemgetter(0))
        if last_sent is not None and last_sent >= tried:
            return
        self.is_failing = self._is_behind = True
        self.why = newest.why
        self._failures = max(1, newest.attempts)
        self.rests_until = now + _hinted(newest, wall)

    def refill(self, queued: Iterable[Queued], wall: datetime, now: float) -> None:
        """Take in all that waits by now, in order."""
        known = self.line | self.aside
        self.line, self.aside = {}, {}
        for each in queued:
            item = known.get(each.id)
            if item is None:
                item = Item(each.id, each.goes_alone, why=each.why, again=now + _hinted(each, wall))
            item.attempts = max(item.attempts, each.attempts)
            (self.aside if item.attempts >= PATIENT_TRIES else self.line)[item.id] = item

    def next_ids(self, now: float) -> tuple[str, ...]:
        """Return the message to try now: several where a digest is to go in their place."""
        if self.under_way or self.rests_until > now:
            return ()
        if self.pace.opens_at(now) > now:
            self._is_behind = bool(self.line)
            return ()
        item = self._next(now)
        if item is None:
            return ()
        run = self._run() if self._is_behind and not self._failures else ()
        return run if len(run) > MOST_SINGLE and item.id in self.line else (item.id,)

    def due(self, now: float) -> float:
        """Return when there is something to do or to say; infinity where nothing waits for time."""
        if self.under_way:
            hangs_from = self.since + SLOW_SECONDS
            return hangs_from if now < hangs_from else math.inf
        if not (self.line or self.aside):
            return math.inf
        earliest = -math.inf
        if not self.line and not self._failures:
            earliest = min(each.again for each in self.aside.values())
        return max(self.pace.opens_at(now), self.rests_until, earliest)

    def begin(self, key: str, now: float) -> None:
        """Note that a try of a message begins."""
        self.under_way = key
        self.since = now
        item = self.line.get(key) or self.aside.get(key)
        if item is not None:
            item.attempts += 1

    def folded(self, digest: str, carried: Collection[str]) -> None:
        """Let a digest wait where the first of what it carries did."""
        line, self.line = self.line, {}
        for key, item in line.items():
            if key in carried:
                self.line.setdefault(digest, Item(digest, goes_alone=True))
            else:
                self.line[key] = item

    def unfold(self) -> None:
        """Let messages go one by one: they could not be folded."""
        self._is_behind = False

    def drop(self, key: str) -> None:
        """Forget a message that need not be delivered any more."""
        self.line.pop(key, None)
        self.aside.pop(key, None)

    def delivered(self, now: float) -> bool:
        """Note that what was under way has arrived; say whether the channel had failed before."""
        self.drop(self.under_way)
        self.under_way = self.why = ""
        self.rests_until = -math.inf
        self.pace.note(now)
        had_failed, self.is_failing = self.is_failing, False
        if had_failed:
            self._forgive(now)
        self._failures = 0
        self._was_aside = self._was_oldest = self._was_front = False
        if not self.line:
            self._is_behind = False
        return had_failed

    def failed(self, why: str, now: float) -> tuple[float, bool]:
        """Note that what was under way failed.

        Returns when it is tried again, and whether it is news that the channel fails.
        """
        key, self.under_way = self.under_way, ""
        was_aside = key in self.aside
        item = self.line.get(key) or self.aside.get(key) or Item(key, goes_alone=True)
        item.why, item.tried, item.again = why, now, now
        if key in self.line and item.attempts >= PATIENT_TRIES:
            self.aside[key] = self.line.pop(key)
        self._was_aside = key in self.aside
        if was_aside and not self.is_failing:
            item.refusals += 1
            item.again = now + own_pause_seconds(item.refusals, self._random)
            self.rests_until = now + rest_seconds(1, self._random)
            return max(item.again, self.rests_until), False
        is_news, self.is_failing = not self.is_failing, True
        self._is_behind = True
        self.why = why
        rest = rest_seconds(self._failures + 1, self._random)
        self._was_oldest = was_aside and not self._was_oldest and self._has_others()
        if not self._was_oldest:
            self._failures += 1
            self._was_front = not was_aside
            self.rests_until = now + rest
        return now + rest, is_news

    def _forgive(self, now: float) -> None:
        """Let what is set aside have its turn again, in order: the channel was to blame.

        But not for the oldest, if that failed just before another arrived.
        """
        for each in self.aside.values():
            each.refusals, each.tried, each.again = 0, -math.inf, now
        oldest = next(iter(self.aside.values()), None)
        if self._was_oldest and oldest is not None:
            oldest.refusals, oldest.tried = 1, now
            oldest.again = now + own_pause_seconds(1, self._random)

    def _has_others(self) -> bool:
        return len(self.line) + len(self.aside) > 1

    def _next(self, now: float) -> Item | None:
        front = next(iter(self.line.values()), None)
        if self._failures and self.aside:
            return self._next_of_round(front)
        if front is not None and self._was_aside:
            return front
        return next((each for each in self.aside.values() if each.again <= now), front)

    def _next_of_round(self, front: Item | None) -> Item | None:
        """Return what to try while the channel fails: after each rest the oldest, and one other.

        Where the channel is to blame, the oldest is the first to arrive when it works again; where
        the oldest is, others are not held up.
        """
        oldest, *others = self.aside.values()
        if not self._was_oldest:
            return oldest
        other = min(others, key=attrgetter("tried"), default=None)
        return other if front is None or (other is not None and self._was_front) else front

    def _run(self) -> tuple[str, ...]:
        """Return the first messages of the line, as far as one digest may carry them."""
        run = takewhile(lambda each: each.may_be_carried, self.line.values())
        return tuple(each.id for each in islice(run, MOST_CARRIED))


def _hinted(queued: Queued, wall: datetime) -> float:
    """Return how long a message is to wait, as far as a clock can be believed that may be set."""
    if queued.again_at is None:
        return 0.0
    return min(LONGEST_SECONDS, max(0.0, (queued.again_at - wall).total_seconds()))
