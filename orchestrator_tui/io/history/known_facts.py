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
from orchestrator_tui.domain.history import (
    Acknowledgement,
    ApprovalGiven,
    Assigned,
    Baseline,
    HistoryFacts,
    Snoozed,
)
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.rulings import LASTING, Ruling, RulingKind
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.engine.sentences import tells_of_rework
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from orchestrator_tui.io.history.rulings.standing import standing

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


def facts_from_rulings(mission: MissionId, at: datetime, rulings: Sequence[Ruling]) -> HistoryFacts:
    """Return what people had decided of `mission` at `at`; `rulings` are all, in order."""
    holding = standing([each for each in rulings if each.mission == mission and each.at <= at])
    return HistoryFacts(
        acknowledged=MappingProxyType(_acknowledged(holding)),
        snoozed=MappingProxyType(_snoozed(holding)),
        assigned=MappingProxyType(_assigned(holding)),
        ticked=MappingProxyType(_ticked(holding)),
        approvals=MappingProxyType(_approvals(holding)),
        trusted=_trusted(holding),
        rework=MappingProxyType(_rejections(holding)),
    )


class Facts:
    """Tells the facts; remembers the newest baseline of each mission, which is long to unpack."""

    def __init__(self) -> None:
        self._baselines: dict[MissionId, tuple[int, Baseline]] = {}

    def of(
        self, database: Connection, mission: MissionId, at: datetime, rulings: Sequence[Ruling]
    ) -> HistoryFacts:
        """Return what was known of `mission` at `at`."""
        decided = facts_from_rulings(mission, at, rulings)
        reviewed = _sent_back(database, mission, at)
        baseline = self._baseline(database, mission, at)
        return replace(
            decided,
            baseline=baseline,
            replanned=None if baseline is None else _replanned(database, mission, baseline.frozen),
            first_seen=_first_seen(database, mission, at),
            rework=MappingProxyType(dict(Counter(decided.rework) + reviewed)),
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


def _acknowledged(holding: Iterable[Ruling]) -> dict[str, Acknowledgement]:
    return {
        each.subject: Acknowledgement(each.actor, each.at)
        for each in holding
        if each.kind is RulingKind.ACKNOWLEDGED
    }


def _snoozed(holding: Iterable[Ruling]) -> dict[str, Snoozed]:
    return {
        each.subject: Snoozed(each.actor, each.at, each.until)
        for each in holding
        if each.kind is RulingKind.SNOOZED and each.until is not None
    }


def _assigned(holding: Iterable[Ruling]) -> dict[str, Assigned]:
    return {
        each.subject: Assigned(each.actor, each.at, each.to)
        for each in holding
        if each.kind is RulingKind.ASSIGNED and each.to
    }


def _ticked(holding: Iterable[Ruling]) -> dict[tuple[MilestoneId, CriterionId], Acknowledgement]:
    ticked: dict[tuple[MilestoneId, CriterionId], Acknowledgement] = {}
    for each in holding:
        if each.kind is RulingKind.TICKED:
            milestone, _, criterion = each.subject.partition("/")
            place = MilestoneId(milestone), CriterionId(criterion)
            ticked[place] = Acknowledgement(each.actor, each.at)
    return ticked


def _approvals(holding: Iterable[Ruling]) -> dict[MilestoneId, ApprovalGiven]:
    return {
        MilestoneId(each.subject): ApprovalGiven(
            by=each.actor,
            at=each.at,
            decision=ApprovalDecision(each.kind.value),
            comment=each.comment,
            evidence=each.digest,
            looked_seconds=each.looked_seconds,
        )
        for each in holding
        if each.kind in LASTING
    }


def _trusted(holding: Iterable[Ruling]) -> frozenset[str]:
    """Return the pins that were allowed; to distrust a criterion takes back all of its own."""
    trusted: dict[str, set[str]] = {}
    for each in holding:
        if each.kind is RulingKind.TRUSTED and each.digest:
            trusted.setdefault(each.subject, set()).add(each.digest)
        elif each.kind is RulingKind.DISTRUSTED:
            trusted.pop(each.subject, None)
    return frozenset().union(*trusted.values())


def _rejections(holding: Iterable[Ruling]) -> dict[MilestoneId, int]:
    rejected = (each.subject for each in holding if each.kind is RulingKind.REJECTED)
    return {MilestoneId(subject): count for subject, count in Counter(rejected).items()}
