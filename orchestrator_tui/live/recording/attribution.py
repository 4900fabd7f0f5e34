"""Who is behind a change of a file: the person whose edit was written a moment before."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind

ATTRIBUTED_WITHIN: Final = timedelta(seconds=60)
"""How long after a person's edit a change of its subject is taken for that edit."""


class Attribution:
    """Puts the name of the person behind an edit to the change that comes of it."""

    def __init__(self) -> None:
        self._edits: tuple[Ruling, ...] = ()

    def expect(self, rulings: Iterable[Ruling], now: datetime) -> None:
        """Take in new rulings; those that are too old, or were taken back, are forgotten."""
        new = tuple(rulings)
        withdrawn = {each.subject for each in new if each.kind is RulingKind.WITHDRAWN}
        self._edits = tuple(
            each
            for each in (*self._edits, *new)
            if each.edits and each.id not in withdrawn and _is_recent(each, now)
        )

    def signed(
        self, mission: MissionId, events: tuple[Event, ...], now: datetime
    ) -> tuple[Event, ...]:
        """Return the changes of a mission seen at `now`, those of a person with the name.

        An edit is written after its ruling was taken, so it shows in the first change after that.
        """
        for ruling in self._edits:
            if ruling.mission == mission and _is_recent(ruling, now):
                signed = tuple(_signed_by(ruling, each) for each in events)
                if signed != events:
                    events = signed
                    self._edits = tuple(each for each in self._edits if each is not ruling)
        return events


def _is_recent(ruling: Ruling, now: datetime) -> bool:
    return abs(now - ruling.at) <= ATTRIBUTED_WITHIN


def _signed_by(ruling: Ruling, event: Event) -> Event:
    subjects = {ruling.subject, *("/".join(each.place[1:2]) for each in ruling.edits)}
    return replace(event, actor=ruling.actor) if event.subject in subjects else event
