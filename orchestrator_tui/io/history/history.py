"""The history of one folder of missions: what happened, and the files as they were."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from orchestrator_tui.domain.calibration import ScoredForecast
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.history import Baseline, Forecast, HistoryFacts, RecordedEvent
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.snapshot import MissionFile
from orchestrator_tui.io.history import events as event_rows
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text
from orchestrator_tui.io.history.damage import shown
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.experience import batches_of, write_experience
from orchestrator_tui.io.history.faults import HistoryDamaged
from orchestrator_tui.io.history.forecasts import read_forecasts, write_forecasts
from orchestrator_tui.io.history.history_file import HistoryFile
from orchestrator_tui.io.history.known_facts import ALWAYS, Facts, note_spells, write_baseline
from orchestrator_tui.io.history.learned_facts import read_all_scores
from orchestrator_tui.io.history.notices import Notices
from orchestrator_tui.io.history.outbox import Outbox
from orchestrator_tui.io.history.pruning import Pruned, prune
from orchestrator_tui.io.history.verifying import Verification, verify
from orchestrator_tui.io.history.versions.contents import ContentDamaged
from orchestrator_tui.io.history.versions.versions import (
    KeptVersion,
    Versions,
    last_version,
    versions_at,
)

__all__ = ["History", "KeptVersion", "Pruned", "Verification"]


class History(HistoryFile):
    """An open history; every method raises HistoryFault, and nothing else, where it fails.

    It belongs to the process that opened it: a forked child must not use it. Any thread may.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._versions = Versions()
        self._facts = Facts()

    @property
    def outbox(self) -> Outbox:
        """Return the messages that wait to be delivered."""
        return Outbox(self._database)

    @property
    def notices(self) -> Notices:
        """Return who was told what."""
        return Notices(self._database)

    def append(
        self,
        mission: MissionId,
        events: Sequence[Event],
        *,
        seen: datetime,
        version: Sequence[MissionFile] | None,
        revision: str,
    ) -> tuple[RecordedEvent, ...]:
        """Record `events`, all or none, and return them as they stand there.

        `version` is the mission's files after these events: empty where it is gone, None where
        they did not change. Without events, it is what they are from the next event on.
        """
        try:
            with self._database.writing() as database, self._intact():
                digest = None
                if version is not None:
                    kept = KeptVersion(mission, tuple(version), revision, seen)
                    first = event_rows.head(database)[0] + 1
                    digest = self._versions.add(database, kept, first)
                note_spells(database, mission, events, seen)
                return event_rows.append(database, mission, events, seen=seen, version=digest)
        except BaseException:
            self._versions.forget(mission)
            raise

    def events(  # noqa: PLR0913 - each is a filter of its own
        self,
        *,
        mission: MissionId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        kinds: Collection[EventKind] = (),
        subjects: Collection[str] = (),
        text: str = "",
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[RecordedEvent]:
        """Return the events that fit every filter, in order of their sequence."""
        wanted = event_rows.Wanted(
            mission=mission, since=since, until=until, kinds=kinds, subjects=subjects,
            text=text, after=after, before=before, limit=limit, newest_first=newest_first,
        )  # fmt: skip
        with self._database.reading() as database:
            return event_rows.find(database, wanted)

    def newest_sequence(self) -> int:
        """Return the sequence of the newest event, 0 before the first."""
        with self._database.reading() as database:
            return event_rows.head(database)[0]

    def event(self, sequence: int) -> RecordedEvent | None:
        """Return one event, or None where there is none, or no longer."""
        return next(iter(self.events(after=sequence - 1, before=sequence + 1)), None)

    def versions_at(self, sequence: int) -> dict[MissionId, KeptVersion]:
        """Return every mission that was there when an event was recorded, as it was then."""
        with self._database.reading() as database, self._intact():
            return versions_at(database, sequence)

    def last_version(self, mission: MissionId) -> KeptVersion | None:
        """Return the newest version of `mission`; its files are empty where it is gone by now."""
        with self._database.reading() as database, self._intact():
            return last_version(database, mission)

    def freeze_baseline(self, mission: MissionId, baseline: Baseline) -> None:
        """Keep a plan as it is now; later edits do not move it."""
        with self._database.writing() as database:
            write_baseline(database, mission, baseline)

    def facts(self, mission: MissionId, at: datetime, rulings: Sequence[Ruling]) -> HistoryFacts:
        """Return what was known of `mission` at `at`; `rulings` are all there are, in order."""
        with self._database.reading() as database:
            return self._facts.of(database, mission, at, rulings)

    def note_forecasts(self, mission: MissionId, forecasts: Iterable[Forecast]) -> None:
        """Keep when parts of `mission` are expected to finish; the chain is as it was."""
        with self._database.writing() as database:
            write_forecasts(database, mission, forecasts)

    def forecasts(self, mission: MissionId, *, until: datetime | None = None) -> list[Forecast]:
        """Return what was forecast of `mission` by `until`, in the order in which it was."""
        with self._database.reading() as database:
            return read_forecasts(database, mission, until=until)

    def note_experience(self, experience: Experience) -> int:
        """Keep what was finished, resolved and reviewed; return how many things of it are new.

        What is kept already stays as it is; of what is known otherwise by now, the newest counts.
        """
        new = 0
        for rows in batches_of(experience):
            with self._database.writing() as database:
                new += write_experience(database, rows)
        return new

    def experience(self, *, until: datetime | None = None) -> Experience:
        """Return what was done in all missions by `until`: the newest few thousand of each kind."""
        with self._database.reading() as database:
            return self._facts.learned.experience(database, ALWAYS if until is None else until)

    def scored(self, *, until: datetime | None = None) -> tuple[ScoredForecast, ...]:
        """Return the scores of the newest forecasts of what had ended by `until`."""
        with self._database.reading() as database:
            return self._facts.learned.scored(database, ALWAYS if until is None else until)

    def all_scored(self, *, until: datetime) -> tuple[ScoredForecast, ...]:
        """Return the scores of the forecasts of all that had ended by `until`."""
        with self._database.reading() as database:
            return read_all_scores(database, until)

    def mark_read(
        self, mission: MissionId, agent: AgentId, ids: Iterable[str], at: datetime
    ) -> None:
        """Note that an agent has read messages."""
        place = stored_text(mission), stored_text(agent)
        rows = [(*place, stored_text(each), stored_time(at)) for each in ids]
        with self._database.writing() as database:
            database.executemany("INSERT OR IGNORE INTO read_messages VALUES (?, ?, ?, ?)", rows)

    def read_messages(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        """Return the ids of the messages that an agent has read."""
        with self._database.reading() as database:
            rows = database.execute(
                "SELECT message FROM read_messages WHERE mission = ? AND agent = ?",
                (stored_text(mission), stored_text(agent)),
            )
            return frozenset(told_text(each) for (each,) in rows)

    def verify(self) -> Verification:
        """Walk the chain and everything that was kept, and say what is wrong first."""
        return verify(self._database)

    def prune(self, before: datetime) -> Pruned:
        """Drop the oldest whole days (UTC) before `before`; the chain can still be verified."""
        return prune(self._database, before)

    @contextmanager
    def _intact(self) -> Iterator[None]:
        try:
            yield
        except ContentDamaged as error:
            where = shown(self._database.path)
            raise HistoryDamaged(
                f"a file kept in {where} is damaged ({error}): see 'history verify'"
            ) from None
