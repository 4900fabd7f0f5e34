"""What the history knows of a mission and no file can hold, as of any moment."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Baseline, HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.engine.sentences import tells_of_rework
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from orchestrator_tui.io.history.decided_facts import facts_from_rulings, with_frozen
from orchestrator_tui.io.history.learned_facts import Learned

ALWAYS: Final = datetime.max.replace(tzinfo=UTC)
"""At this moment all that is known counts, also where the clock was set back since."""


def note_spells(
    database: Connection, mission: MissionId, events: Iterable[Event], seen: datetime
) -> None:
    """Note what among `events` began to be escalated, and what no longer is."""
    for each in events:
        if each.kind not in {EventKind.ESCALATED, EventKind.RECOVERED}:
            continue
        place = (stored_text(mission), stored_text(each.subject))
        open_spell = "mission = ? AND ended IS NULL AND subject = ?"
        if each.kind is EventKind.RECOVERED:
            database.execute(
                f"UPDATE spells SET ended = ? WHERE {open_spell}",  # noqa: S608 - our own words
                (stored_time(seen), *place),
            )
        elif not database.execute(
            f"SELECT 1 FROM spells WHERE {open_spell}",  # noqa: S608 - our own words
            place,
        ).fetchone():
            database.execute(
                "INSERT INTO spells VALUES (?, ?, ?, ?, NULL)",
                (*place, stored_time(each.at), stored_time(seen)),
            )


def write_baseline(database: Connection, mission: MissionId, baseline: Baseline) -> None:
    """Keep a frozen plan."""
    planned = {
        task: [None if each is None else stored_time(each) for each in times]
        for task, times in baseline.planned.items()
    }
    body = zlib.compress(json.dumps(planned, separators=(",", ":")).encode("ascii"))
    database.execute(
        "INSERT INTO baselines VALUES (?, ?, ?)",
        (stored_text(mission), stored_time(baseline.frozen), body),
    )


class Facts:
    """Tells the facts; remembers the newest baseline of each mission, which is long to unpack."""

    def __init__(self) -> None:
        self.learned = Learned()
        self._baselines: dict[MissionId, tuple[int, Baseline]] = {}

    def of(
        self, database: Connection, mission: MissionId, at: datetime, rulings: Sequence[Ruling]
    ) -> HistoryFacts:
        """Return what was known of `mission` at `at`."""
        decided = facts_from_rulings(mission, at, rulings)
        reviewed = _sent_back(database, mission, at)
        frozen = self._baseline(database, mission, at)
        replanned = None if frozen is None else _replanned(database, mission, frozen.frozen)
        return replace(
            with_frozen(decided, frozen, replanned),
            first_seen=_first_seen(database, mission, at),
            rework=MappingProxyType(dict(Counter(decided.rework) + reviewed)),
            experience=self.learned.experience(database, at),
            scored=self.learned.scored(database, at),
        )

    def _baseline(self, database: Connection, mission: MissionId, at: datetime) -> Baseline | None:
        row = database.execute(
            "SELECT rowid, frozen FROM baselines WHERE mission = ? AND frozen <= ?"
            " ORDER BY frozen DESC, rowid DESC LIMIT 1",
            (stored_text(mission), stored_time(at)),
        ).fetchone()
        if row is None:
            return None
        number, frozen = row
        known = self._baselines.get(mission)
        if known is not None and known[0] == number:
            return known[1]
        (body,) = database.execute(
            "SELECT body FROM baselines WHERE rowid = ?", (number,)
        ).fetchone()
        try:
            baseline = Baseline(told_time(frozen), MappingProxyType(_planned(body)))
        except (zlib.error, ValueError, TypeError, AttributeError):
            return None  # damaged: as where none was frozen, it is computed from the mission
        self._baselines[mission] = (number, baseline)
        return baseline


def _replanned(database: Connection, mission: MissionId, frozen: datetime) -> datetime | None:
    """Return when the newest baseline was frozen, if there was one before it."""
    before = "SELECT 1 FROM baselines WHERE mission = ? AND frozen < ? LIMIT 1"
    row = database.execute(before, (stored_text(mission), stored_time(frozen))).fetchone()
    return None if row is None else frozen


def _planned(body: bytes) -> dict[TaskId, tuple[datetime | None, datetime | None]]:
    return {
        TaskId(task): (
            None if start is None else told_time(start),
            None if finish is None else told_time(finish),
        )
        for task, (start, finish) in json.loads(zlib.decompress(body)).items()
    }


def _first_seen(database: Connection, mission: MissionId, at: datetime) -> Mapping[str, datetime]:
    place, moment = stored_text(mission), stored_time(at)
    rows = database.execute(
        "SELECT subject, began FROM spells"
        " WHERE mission = ?1 AND ended IS NULL AND seen <= ?2 AND began <= ?2"
        " UNION ALL SELECT subject, began FROM spells"
        " WHERE mission = ?1 AND ended > ?2 AND seen <= ?2 AND began <= ?2",
        (place, moment),
    )
    return MappingProxyType({told_text(subject): told_time(began) for subject, began in rows})


def _sent_back(database: Connection, mission: MissionId, at: datetime) -> Counter[MilestoneId]:
    """Return how many reviews sent each milestone back; one that was reworded counts once."""
    rows = database.execute(
        "SELECT DISTINCT subject, at, text FROM events"
        " WHERE mission = ?1 AND kind = ?2 AND seen <= ?3 AND at <= ?3",
        (stored_text(mission), EventKind.MILESTONE_REVIEWED.value, stored_time(at)),
    )
    times = {(told_text(subject), when) for subject, when, text in rows if _is_rework(text)}
    return Counter(MilestoneId(subject) for subject, _ in times)


def _is_rework(text: object) -> bool:
    return tells_of_rework(told_text(text))
