"""How current what agents said was, minute by minute, while they had work in hand."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.engine.metrics.record import Record, Window
from orchestrator_tui.engine.metrics.spans import Span, minutes_in, shared, union
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at, ticks_in

FRESH_FOR: Final = timedelta(minutes=15)
"""A status that is older is no longer current."""
_WORKS: Final = frozenset(
    {EventKind.TASK_STARTED, EventKind.TASK_PROGRESSED, EventKind.TASK_REGRESSED}
)
_ENDS: Final = frozenset({EventKind.TASK_FINISHED, EventKind.TASK_REMOVED})
REPORTS: Final = _WORKS | {
    EventKind.AGENT_REPORTED,
    EventKind.BLOCKER_OPENED,
    EventKind.MILESTONE_REVIEWED,
    EventKind.TASK_CHANGED,
    EventKind.TASK_FINISHED,
}
"""What an agent says shows as one of these: where a sentence on its task tells of a report, there
is no other one that says that it made it."""

Agent = tuple[str, str]
"""A mission, and an agent of it."""


class RealTime:
    """When each agent had work in hand, and when its status was current.

    A task is in the hands of who was last said to have worked on it, from then until it is
    finished, removed or in other hands.
    """

    def __init__(self, record: Record) -> None:
        in_hand: dict[Agent, list[Span]] = {}
        for agent, span in _held(record.events):
            in_hand.setdefault(agent, []).append(span)
        fresh: dict[Agent, list[Span]] = {each: [] for each in in_hand}
        for each in record.events:
            agent = (each.mission, each.event.actor)
            if each.event.kind in REPORTS and agent in fresh:
                at = _at(each)
                fresh[agent].append((at, at + ticks_in(FRESH_FOR) + 1))
        self._agents = [(union(spans), union(fresh[agent])) for agent, spans in in_hand.items()]

    def within(self, window: Window) -> tuple[int, int]:
        """Return the minutes with a current status, and all with work in hand, of all agents."""
        whole = ((ticks_at(window.since), ticks_at(window.until)),)
        current = minutes = 0
        for in_hand, fresh in self._agents:
            held = tuple(shared(in_hand, whole))
            minutes += minutes_in(held)
            current += minutes_in(shared(held, fresh))
        return current, minutes


def _at(recorded: RecordedEvent) -> int:
    """Return when something happened; nothing happens after it was seen."""
    return ticks_at(min(recorded.event.at, recorded.seen))


def _held(events: Iterable[RecordedEvent]) -> Iterator[tuple[Agent, Span]]:
    """Yield from when to when an agent had a task in hand."""
    holding: dict[tuple[str, str], tuple[str, int]] = {}
    for each in events:
        kind, place, at = each.event.kind, (each.mission, each.event.subject), _at(each)
        ended: tuple[tuple[str, str], ...] = ()
        if kind in _ENDS or (kind in _WORKS and _is_in_other_hands(holding.get(place), each)):
            ended = (place,)
        elif kind is EventKind.MISSION_REMOVED:
            ended = tuple(key for key in holding if key[0] == each.mission)
        for key in ended:
            if key in holding:
                agent, since = holding.pop(key)
                yield (key[0], agent), (since, at)
        if kind in _WORKS and each.event.actor and place not in holding:
            holding[place] = each.event.actor, at
    for (mission, _), (agent, since) in holding.items():
        yield (mission, agent), (since, NEVER)


def _is_in_other_hands(held: tuple[str, int] | None, recorded: RecordedEvent) -> bool:
    actor = recorded.event.actor
    return held is not None and bool(actor) and held[0] != actor
