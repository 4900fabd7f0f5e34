"""Who is behind a change of a file: the person whose edit was written a moment before."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pydantic import ValidationError

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.milestone import Approval
from orchestrator_tui.domain.rulings import LASTING, Ruling, RulingKind
from orchestrator_tui.engine.comparing.milestones import approval_words, tells_only_approval

ATTRIBUTED_WITHIN: Final = timedelta(seconds=60)
"""How long after a person's edit a change of its subject is taken for that edit."""


class Attribution:
    """Puts the name of the person behind an edit to the change that comes of it."""

    def __init__(self) -> None:
        self._edits: tuple[Ruling, ...] = ()
        self._decisions: tuple[Ruling, ...] = ()

    def expect(self, rulings: Iterable[Ruling], now: datetime) -> None:
        """Take in new rulings; those that are too old, or were taken back, are forgotten."""
        new = tuple(rulings)
        withdrawn = {each.subject for each in new if each.kind is RulingKind.WITHDRAWN}
        recent = [each for each in (*self._edits, *new) if each.edits and _is_recent(each, now)]
        self._edits = tuple(
            each for each in recent if each.kind not in LASTING and each.id not in withdrawn
        )
        # what was taken back is in the file for a moment, too, and then no longer
        decisions = [each for each in (*self._decisions, *new) if each.kind in LASTING]
        self._decisions = tuple(each for each in decisions if _is_recent(each, now))

    def signed(
        self, mission: MissionId, events: tuple[Event, ...], now: datetime
    ) -> tuple[Event, ...]:
        """Return the changes of a mission seen at `now`, those of a person with the name.

        An edit is written after its ruling was taken, so it shows in the first change after that.
        A decision is an event of its own: that the file shows it is left out.
        """
        for ruling in self._edits:
            if ruling.mission == mission and _is_recent(ruling, now):
                signed = tuple(_signed_by(ruling, each) for each in events)
                if signed != events:
                    events = signed
                    self._edits = tuple(each for each in self._edits if each is not ruling)
        shown = {
            (each.subject, words)
            for each in self._decisions
            if each.mission == mission and _is_recent(each, now)
            for words in _shown_by(each)
        }
        return tuple(each for each in events if not _is_copy(each, shown)) if shown else events


def _is_recent(ruling: Ruling, now: datetime) -> bool:
    return abs(now - ruling.at) <= ATTRIBUTED_WITHIN


def _signed_by(ruling: Ruling, event: Event) -> Event:
    subjects = {ruling.subject, *("/".join(each.place[1:2]) for each in ruling.edits)}
    return replace(event, actor=ruling.actor) if event.subject in subjects else event


def _shown_by(decision: Ruling) -> Iterator[str]:
    """Yield what an event would tell of a file that shows `decision`."""
    for each in decision.edits:
        if isinstance(each, Put):
            try:
                yield approval_words(Approval.model_validate(each.value))
            except ValidationError:
                continue


def _is_copy(event: Event, shown: set[tuple[str, str]]) -> bool:
    """Say whether an event tells only that the file came to show a decision, or lost it."""
    if not tells_only_approval(event):
        return False
    return (event.subject, event.after or event.before) in shown
