"""Stretches of time as ticks: their union, what they share, and the minutes in them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from orchestrator_tui.engine.scheduling.ticks import TICKS_PER_SECOND

TICKS_PER_MINUTE: Final = 60 * TICKS_PER_SECOND

Span = tuple[int, int]
"""From a tick up to another one that is no longer part of it."""


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans that are apart from each other and in order, and cover the same."""
    found: list[Span] = []
    for start, end in sorted(each for each in spans if each[0] < each[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> Iterator[Span]:
    """Yield what two unions both cover, in order."""
    if not one or not other:
        return
    # most of two long histories lies before or after what they share
    place = max(0, bisect_right(other, one[0]) - 1)
    for start, end in one[max(0, bisect_right(one, other[0]) - 1) :]:
        if start >= other[-1][1]:
            return
        while place < len(other) and other[place][1] <= start:
            place += 1
        at = place
        while at < len(other) and other[at][0] < end:
            yield max(start, other[at][0]), min(end, other[at][1])
            at += 1


def minutes_in(spans: Iterable[Span]) -> int:
    """Return how many whole minutes begin in spans that are apart from each other."""
    return sum(-(-end // TICKS_PER_MINUTE) - -(-start // TICKS_PER_MINUTE) for start, end in spans)
