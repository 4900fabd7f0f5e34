"""How soon what went wrong was seen to, and how often that was before it went far up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.engine.metrics.record import Record, Window
from orchestrator_tui.engine.scheduling.ticks import TICKS_PER_HOUR, ticks_in

_TOO_FAR: Final = frozenset(
    each.name for each in EscalationLevel if each >= EscalationLevel.CRITICAL
)
_BLOCKER: Final = "blocker:"
"""How the ids of the escalations of blockers begin."""


class Effectiveness:
    """How many blockers were resolved before they rose to CRITICAL.

    A blocker rises to it when the policy says, or at its own SLA.
    """

    def __init__(self, record: Record) -> None:
        self._opened = list(_fates(record))

    def within(self, window: Window) -> tuple[int, int]:
        """Return how many of those that were opened were, and how many were opened."""
        fates = [is_good for opened, is_good in self._opened if window.has(opened)]
        return sum(fates), len(fates)


def _fates(record: Record) -> Iterator[tuple[datetime, bool]]:
    """Yield when each blocker was opened, and whether it was resolved in time."""
    open_since: dict[tuple[str, str], datetime] = {}
    for each in record.told(
        EventKind.BLOCKER_OPENED, EventKind.BLOCKER_RESOLVED, EventKind.ESCALATED
    ):
        event = each.event
        place = (each.mission, event.subject.removeprefix(_BLOCKER))
        if event.kind is EventKind.BLOCKER_OPENED:
            open_since[place] = event.at
        elif event.kind is EventKind.BLOCKER_RESOLVED and place in open_since:
            yield open_since.pop(place), True
        elif _goes_too_far(each) and place in open_since:
            yield open_since.pop(place), False
    yield from ((opened, False) for opened in open_since.values())


def _goes_too_far(recorded: RecordedEvent) -> bool:
    event = recorded.event
    is_blocker = event.kind is EventKind.ESCALATED and event.subject.startswith(_BLOCKER)
    return is_blocker and event.after in _TOO_FAR


class Acknowledging:
    """How long it took until a person took care of an escalation."""

    def __init__(self, record: Record) -> None:
        self._waits = list(_waits(record))

    def within(self, window: Window) -> tuple[float, int]:
        """Return the hours of those that were acknowledged then, and how many those were."""
        return _hours([wait for at, wait in self._waits if window.has(at)])


def _waits(record: Record) -> Iterator[tuple[datetime, int]]:
    """Yield when each escalation was acknowledged first, and after how many ticks."""
    began: dict[tuple[str, str], datetime] = {}
    spells: dict[tuple[str, str], list[datetime]] = {}
    for each in record.told(EventKind.ESCALATED, EventKind.RECOVERED):
        place = (each.mission, each.event.subject)
        if each.event.kind is EventKind.RECOVERED:
            began.pop(place, None)
        elif place not in began:
            began[place] = each.event.at
            spells.setdefault(place, []).append(each.event.at)
    seen: set[tuple[str, str, datetime]] = set()
    for ruling in record.decided(RulingKind.ACKNOWLEDGED):
        earlier = [
            each for each in spells.get((ruling.mission, ruling.subject), ()) if each <= ruling.at
        ]
        if earlier and (ruling.mission, ruling.subject, earlier[-1]) not in seen:
            seen.add((ruling.mission, ruling.subject, earlier[-1]))
            yield ruling.at, ticks_in(ruling.at - earlier[-1])


class Resolving:
    """How long blockers were open."""

    def __init__(self, record: Record) -> None:
        self._spells = [
            (each.resolved, ticks_in(each.resolved - each.opened)) for each in record.blocked
        ]

    def within(self, window: Window) -> tuple[float, int]:
        """Return the hours of those that were resolved then, and how many those were."""
        return _hours([took for at, took in self._spells if window.has(at)])


def _hours(ticks: list[int]) -> tuple[float, int]:
    return sum(ticks) / TICKS_PER_HOUR, len(ticks)
