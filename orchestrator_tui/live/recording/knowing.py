"""What the history knows of missions, as the loop tells it: activity, facts, and decisions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.io.history.decided_facts import facts_from_rulings, with_frozen
from orchestrator_tui.io.history.known_facts import ALWAYS
from orchestrator_tui.live.recording.chronicle import EVENTS_KEPT
from orchestrator_tui.live.recording.keeping import Keeping


class Knowing:
    """Reads what is known, and notes what has to be read again."""

    def __init__(self, keeping: Keeping, known_at: Callable[[], datetime] | None = None) -> None:
        """Prepare; what came to be known after `known_at`, a time past, counts for nothing."""
        self.rulings: tuple[Ruling, ...] = ()
        self._keeping = keeping
        self._known_at = known_at
        self._are_rulings_read = False
        self._is_outdated = False
        self._outdated: set[MissionId] = set()
        self._sequence = 0

    def begin_anew(self) -> None:
        """Take what was decided until now as known; what is known of missions is read again."""
        self._are_rulings_read = False
        self._is_outdated = True

    def new_rulings(self) -> tuple[Ruling, ...]:
        """Return what was decided since this was asked last; nothing the first time."""
        rulings = self._keeping.rulings()
        if rulings is None or (rulings is self.rulings and self._are_rulings_read):
            return ()
        known = {each.id for each in self.rulings}
        new = tuple(each for each in rulings if each.id not in known)
        self.rulings = rulings
        self._is_outdated = True
        if self._are_rulings_read:
            return new
        self._are_rulings_read = True
        return ()

    def recalled(self, known: KnownMission) -> KnownMission:
        """Return a mission with its activity and its facts."""
        facts = self._facts(known.id)
        if facts is None:
            return replace(known, facts=self._decided(known))
        return replace(known, activity=self._activity(known.id), facts=facts)

    def outdate_all(self) -> None:
        """Read what is known of every mission again when it is asked for."""
        self._is_outdated = True

    def outdate(self, mission: MissionId) -> None:
        """Read what is known of a mission again when it is asked for."""
        self._outdated.add(mission)

    def follow(self) -> None:
        """See whether another process has recorded anything since."""
        newest = self._keeping.use(lambda each: each.newest_sequence(), self._sequence)
        if newest != self._sequence:
            self._sequence = newest
            self.outdate_all()

    def changed_facts(self, missions: tuple[KnownMission, ...]) -> dict[MissionId, HistoryFacts]:
        """Return the facts of those `missions` of which other things may be known by now."""
        if not self._is_outdated and not self._outdated:
            return {}
        found: dict[MissionId, HistoryFacts] = {}
        is_complete = True
        for each in missions:
            if self._is_outdated or each.id in self._outdated:
                facts = self._facts(each.id)
                is_complete = is_complete and facts is not None
                found[each.id] = self._decided(each) if facts is None else facts
        if is_complete:
            self._is_outdated = False
            self._outdated.clear()
        return found

    def _facts(self, mission: MissionId) -> HistoryFacts | None:
        return self._keeping.use(lambda each: each.facts(mission, self._at(), self.rulings), None)

    def _decided(self, known: KnownMission) -> HistoryFacts:
        """Return what was known, with what was decided since: that is kept by itself."""
        decided = facts_from_rulings(known.id, self._at(), self.rulings)
        frozen = known.facts.frozen
        is_in_force = frozen is not None and known.facts.baseline is frozen
        replanned = known.facts.replanned if is_in_force else None
        return replace(
            with_frozen(decided, frozen, replanned),
            first_seen=known.facts.first_seen,
            rework=known.facts.rework or decided.rework,  # reviews are told by the history alone
        )

    def _at(self) -> datetime:
        return ALWAYS if self._known_at is None else self._known_at()

    def _activity(self, mission: MissionId) -> tuple[Event, ...]:
        until = None if self._known_at is None else self._known_at()
        newest = self._keeping.use(
            lambda each: each.events(
                mission=mission, until=until, limit=EVENTS_KEPT, newest_first=True
            ),
            (),
        )
        return tuple(each.event for each in reversed(newest))
