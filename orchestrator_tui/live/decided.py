"""What a person decided, as events: each decision once, and edits as the name behind a change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.text import shorten

KINDS: Final[Mapping[RulingKind, EventKind]] = {
    RulingKind.ACKNOWLEDGED: EventKind.ACKNOWLEDGED,
    RulingKind.TICKED: EventKind.CRITERION_TICKED,
    RulingKind.NOTED: EventKind.NOTE_ADDED,
    RulingKind.APPROVED: EventKind.DECISION_TAKEN,
    RulingKind.REJECTED: EventKind.DECISION_TAKEN,
    RulingKind.WITHDRAWN: EventKind.RULING_WITHDRAWN,
}
"""Rulings that are events of their own. One of kind EDITED shows as a change of the file."""
ATTRIBUTED_WITHIN: Final = timedelta(seconds=60)
"""How long after a person's edit a change of its subject is taken for that edit."""

_SAYINGS: Final = {
    RulingKind.ACKNOWLEDGED: "acknowledged {0}",
    RulingKind.TICKED: "ticked {0}",
    RulingKind.NOTED: "noted of {0}",
    RulingKind.EDITED: "edited {0}",
    RulingKind.APPROVED: "approved {0}",
    RulingKind.REJECTED: "rejected {0}",
}


def events_of(rulings: Iterable[Ruling], all_rulings: Iterable[Ruling]) -> tuple[Event, ...]:
    """Return the events that `rulings` are; `all_rulings` are those that they may take back."""
    by_id = {each.id: each for each in all_rulings}
    found = (_event(each, by_id) for each in rulings)
    return tuple(each for each in found if each is not None)


def is_event_of(event: Event, ruling: Ruling) -> bool:
    """Say whether `event` is the one that `ruling` was."""
    return (
        event.kind is KINDS.get(ruling.kind)
        and (event.at, event.actor) == (ruling.at, ruling.actor)
        and (event.subject == ruling.subject or ruling.kind is RulingKind.WITHDRAWN)
    )


def _event(ruling: Ruling, by_id: Mapping[str, Ruling]) -> Event | None:
    kind = KINDS.get(ruling.kind)
    if kind is None:
        return None
    if ruling.kind is not RulingKind.WITHDRAWN:
        return _told(ruling, kind, ruling.subject, _saying(ruling))
    taken_back = by_id.get(ruling.subject)
    if taken_back is None or taken_back.kind not in KINDS:
        return None
    said = f"took back: {_saying(taken_back)}"
    return replace(
        _told(ruling, kind, taken_back.subject, said), before=taken_back.comment, after=""
    )


def _told(ruling: Ruling, kind: EventKind, subject: str, said: str) -> Event:
    more = f": “{shorten(ruling.comment)}”" if ruling.comment else ""
    return Event(
        ruling.at, kind, subject, f"{ruling.actor} {said}{more}", ruling.actor, "", ruling.comment
    )


def _saying(ruling: Ruling) -> str:
    return _SAYINGS[ruling.kind].format(shorten(ruling.subject))


class Signing:
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
