"""What was seen and is not yet kept for sure: bounded, in the order in which it was seen."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.snapshot import KnownMission, MissionFile

EVENTS_HELD: Final = 10_000
"""Beyond these the oldest are lost, where nothing can be written for very long."""
BYTES_HELD: Final = 64_000_000
"""Of missions' files; beyond these, older events are kept without the files that go with them."""
FORECASTS_HELD: Final = 50_000
"""Beyond these, the older forecasts of what was forecast again since are lost; never an event."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was seen to happen to one mission at one look."""

    mission: MissionId
    seen: datetime
    events: tuple[Event, ...]
    files: tuple[MissionFile, ...] | None = None
    """The mission's files after it; none where it is gone, None where they are as before."""
    revision: str = ""
    arrival: "Arrival | None" = None
    """Of a mission that is seen first: what happened since it was kept last is yet to be found."""
    forecasts: tuple[Forecast, ...] = ()
    """What was forecast then, in an entry of its own: so every entry is kept all or not at all."""
    experience: Experience | None = None
    """What was done, in an entry of its own, as above."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mission as it was seen first, and what was decided until then."""

    known: KnownMission
    judged: MissionAssessment
    rulings: tuple[Ruling, ...]


class Journal:
    """Holds entries until they are kept for sure.

    A database may be deleted while it is open, and takes what is written then with it: what was
    appended is held until the file was seen to be there still.
    """

    def __init__(
        self,
        *,
        events_held: int = EVENTS_HELD,
        bytes_held: int = BYTES_HELD,
        forecasts_held: int = FORECASTS_HELD,
    ) -> None:
        self.lost = 0
        """Events for which there was no room."""
        self._events_held = events_held
        self._bytes_held = bytes_held
        self._forecasts_held = forecasts_held
        self._waiting: deque[Entry] = deque()
        self._appended: deque[Entry] = deque()

    @property
    def next(self) -> Entry | None:
        """Return the oldest entry that is not appended; None where all are."""
        return self._waiting[0] if self._waiting else None

    def add(self, entry: Entry) -> None:
        """Hold one more entry, which is newer than the others."""
        self._waiting.append(entry)
        self._make_room()

    def count_as_appended(self) -> None:
        """Note that the next entry is in the database."""
        self._appended.append(self._waiting.popleft())

    def forget_appended(self) -> None:
        """Let go what was appended: the database is still there."""
        self._appended.clear()

    def take_back(self) -> None:
        """Let everything wait again: the database that had some of it is gone."""
        self._waiting.extendleft(reversed(self._appended))
        self._appended.clear()
        self._make_room()

    def clear(self) -> None:
        """Let everything go, because another process keeps the history."""
        self._waiting.clear()
        self._appended.clear()

    def _make_room(self) -> None:
        while self._appended and self._is_too_full():
            self._appended.popleft()
        if self._bytes() > self._bytes_held:
            self._drop_older_files()
        if self._forecasts() > self._forecasts_held:
            self._drop_older_forecasts()
        while len(self._waiting) > 1 and self._events() > self._events_held:
            self.lost += len(self._waiting.popleft().events)

    def _drop_older_files(self) -> None:
        """Keep the newest files of every mission alone."""
        kept: deque[Entry] = deque()
        missions: set[MissionId] = set()
        for each in reversed(self._waiting):
            is_newest = each.mission not in missions and each.files is not None
            missions |= {each.mission} if is_newest else set()
            kept.appendleft(each if is_newest or not each.files else replace(each, files=None))
        self._waiting = kept

    def _drop_older_forecasts(self) -> None:
        """Keep the newest forecast of every subject alone."""
        kept: deque[Entry] = deque()
        subjects: set[tuple[MissionId, str]] = set()
        for each in reversed(self._waiting):
            newest = tuple(
                one for one in each.forecasts if (each.mission, one.subject) not in subjects
            )
            subjects |= {(each.mission, one.subject) for one in newest}
            if newest or not each.forecasts:
                kept.appendleft(replace(each, forecasts=newest))
        self._waiting = kept

    def _is_too_full(self) -> bool:
        return (
            self._events() > self._events_held
            or self._bytes() > self._bytes_held
            or self._forecasts() > self._forecasts_held
        )

    def _events(self) -> int:
        # what holds forecasts alone takes no room from what happened
        return sum(
            len(each.events) + 1 for each in (*self._waiting, *self._appended) if not each.forecasts
        )

    def _forecasts(self) -> int:
        return sum(len(each.forecasts) for each in (*self._waiting, *self._appended))

    def _bytes(self) -> int:
        held = {
            file.digest: len(file.raw)
            for each in (*self._waiting, *self._appended)
            for file in each.files or ()
        }
        return sum(held.values())
