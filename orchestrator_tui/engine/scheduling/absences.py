"""Absences of one agent: work pauses when one begins and goes on when it ends."""

from collections.abc import Iterable

from orchestrator_tui.domain.agent import Window
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at

Absences = tuple[tuple[int, int], ...]
"""Stretches of absence in ticks, apart from each other and in order; the end is not part of one."""


def absences_of(windows: Iterable[Window]) -> Absences:
    """Return `windows` as stretches that neither touch nor overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_stretch(each) for each in windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def back_at(absences: Absences, moment: int) -> int:
    """Return when the agent can work, counted from `moment`: `moment` itself unless it is away."""
    for start, end in absences:
        if start <= moment < end:
            return end
    return moment


def finish_of(absences: Absences, start: int, work: int) -> int:
    """Return when `work` begun at `start` is done; NEVER where an absence does not end before."""
    finish = start + work
    for away, back in absences:
        if back <= start:
            continue
        if away >= finish and not (work == 0 and away == finish):
            break
        if back >= NEVER:
            return NEVER
        finish += back - max(away, start)
    return finish


def latest_finish(absences: Absences, limit: int) -> int:
    """Return the last moment up to `limit` at which the agent can have been working."""
    for away, back in reversed(absences):
        if away < limit <= back:
            return away
    return limit


def latest_start(absences: Absences, finish: int, work: int) -> int:
    """Return the last moment at which `work` that is done by `finish` can begin."""
    start = finish - work
    for away, back in reversed(absences):
        if away >= finish:
            continue
        if back <= start:
            break
        start -= min(back, finish) - away
    return start


def _stretch(window: Window) -> tuple[int, int]:
    return (
        0 if window.start is None else ticks_at(window.start),
        NEVER if window.until is None else ticks_at(window.until),
    )
