"""What a person should know of messages that could not be delivered, and why."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.engine.naming import nearest
from orchestrator_tui.live.notifying.dispatch import Dispatch
from orchestrator_tui.live.notifying.lane import SLOW_SECONDS, Lane
from orchestrator_tui.presentation.words import count_words

_LONGEST: Final = 300
_LONGEST_REASON: Final = 160


def complaints(
    dispatch: Dispatch, channels: Collection[str], wall: datetime, now: float
) -> tuple[str, ...]:
    """Return one line for each channel that does not deliver all it should, safe to show."""
    lines = [
        *(_missing(name, count, channels) for name, count in dispatch.homeless.items()),
        *(each for name, lane in dispatch.lanes.items() for each in _of(name, lane, wall, now)),
    ]
    return tuple(plain_text(each, limit=_LONGEST) for each in lines)


def _missing(name: str, count: int, channels: Collection[str]) -> str:
    wait = _wait(count)
    if name in channels:
        return f"channel {shorten(name)} is a terminal now: {wait} that cannot go there"
    near = nearest(name, channels)
    hint = f", or did you mean {' or '.join(near)}?" if near else ""
    return f"no channel '{shorten(name)}' in the settings: add it{hint} ({wait})"


def _of(name: str, lane: Lane, wall: datetime, now: float) -> Iterator[str]:
    if lane.under_way and now - lane.since >= SLOW_SECONDS:
        yield f"channel {shorten(name)}: {_wait(_count(lane))}, a delivery does not come to an end"
    elif lane.is_failing:
        again = _clock_time(lane.rests_until, wall, now)
        yield f"channel {shorten(name)}: {_wait(_count(lane))}, {_why(lane.why)}, again {again}"
    elif lane.aside:
        newest = max(lane.aside.values(), key=lambda each: each.tried)
        again = _clock_time(min(each.again for each in lane.aside.values()), wall, now)
        refused = count_words(len(lane.aside), "message is", "messages are")
        yield f"channel {shorten(name)}: {refused} refused, {_why(newest.why)}, again {again}"


def _count(lane: Lane) -> int:
    return len(lane.line) + len(lane.aside)


def _wait(count: int) -> str:
    return count_words(count, "message waits", "messages wait")


def _why(why: str) -> str:
    return shorten(why or "it failed", _LONGEST_REASON)


def _clock_time(due: float, wall: datetime, now: float) -> str:
    if due <= now:
        return "at once"
    return f"at {wall + timedelta(seconds=due - now):%H:%M} UTC"
