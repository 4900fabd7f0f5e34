"""When an agent can begin an activity, by how long it then lasts: absences make it last longer."""

from collections.abc import Iterator
from typing import NamedTuple

from orchestrator_tui.engine.scheduling.absences import Absences
from orchestrator_tui.engine.scheduling.ticks import NEVER

Stretch = tuple[int, int]
"""From the first to the last minute."""


class Spell(NamedTuple):
    """An activity in the hands of one agent, begun at one of some moments."""

    length: int
    """Minutes from its start to its finish, absences in between included."""
    starts: tuple[Stretch, ...]
    """When it can begin so that it lasts that long: apart from each other and in order."""


def spells(absences: Absences, minutes: int, first: int, last: int) -> tuple[Spell, ...]:
    """Return how long `minutes` of work can last that begin at `first` or later, end by `last`.

    Shorter ones come first. Nobody begins while away.
    """
    found: dict[int, list[Stretch]] = {}
    for length, begin, end in _pieces(_apart(absences), minutes):
        stretch = max(begin, first), min(end, last - length)
        if stretch[0] <= stretch[1]:
            found.setdefault(length, []).append(stretch)
    return tuple(Spell(length, tuple(found[length])) for length in sorted(found))


def _apart(absences: Absences) -> list[Stretch]:
    """Return the absences with those joined that touch, as rounding to minutes makes them."""
    joined: list[Stretch] = []
    for away, back in absences:
        if joined and away <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(back, joined[-1][1]))
        else:
            joined.append((away, back))
    return joined


def _pieces(absences: list[Stretch], minutes: int) -> Iterator[tuple[int, int, int]]:
    """Yield lengths, each with the first and the last start between two absences that has it."""
    back = 0
    for gap in range(len(absences) + 1):
        away = absences[gap][0] if gap < len(absences) else NEVER
        begin, length = back, minutes
        for next_away, next_back in [*absences[gap:], (NEVER, NEVER)]:
            end = min(away - 1, next_away - length)
            if begin <= end:
                yield length, begin, end
                begin = end + 1
            if begin >= away or next_back >= NEVER:
                break
            length += next_back - next_away
        back = absences[gap][1] if gap < len(absences) else NEVER
