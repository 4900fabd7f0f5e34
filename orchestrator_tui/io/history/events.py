"""The events themselves: appended in a chain, and looked up."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.chain import START, Cell, chained
from orchestrator_tui.io.history.coding import (
    LARGEST,
    stored_text,
    stored_time,
    told_text,
    told_time,
)
from orchestrator_tui.io.history.schema import EVENT_FIELDS

_KINDS: Final = MappingProxyType({each.value: each for each in EventKind})
_LAST_SEQUENCE: Final = LARGEST // 2
_LONGEST_SOUGHT: Final = 1000
_SAYS: Final = "text || ' ' || subject || ' ' || actor LIKE ? ESCAPE '\\'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events are asked for; what is empty asks for nothing."""

    mission: MissionId | None = None
    since: datetime | None = None
    """Seen then or later."""
    until: datetime | None = None
    """Seen and happened then or earlier."""
    kinds: Collection[EventKind] = ()
    subjects: Collection[str] = ()
    text: str = ""
    """Found in the sentence, the subject or the actor, in any case."""
    after: int | None = None
    before: int | None = None
    limit: int | None = None
    newest_first: bool = False


def append(
    database: Connection,
    mission: MissionId,
    events: Sequence[Event],
    *,
    seen: datetime,
    version: bytes | None,
) -> tuple[RecordedEvent, ...]:
    """Write `events` at the end of the chain; `version` is what the files came to with them."""
    sequence, digest = head(database)
    recorded: list[RecordedEvent] = []
    when = stored_time(seen)
    for each in events:
        sequence += 1
        fields = (sequence, *_said(mission, each, when), version)
        digest = chained(digest, fields)
        database.execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*fields, digest)
        )
        recorded.append(RecordedEvent(sequence, seen, mission, each, digest.hex()))
        version = None
    database.execute("UPDATE head SET sequence = ?, digest = ?", (sequence, digest))
    return tuple(recorded)


def head(database: Connection) -> tuple[int, bytes]:
    """Return the sequence and the digest of the newest event there ever was.

    What is noted of it may have been damaged: what is recorded from here on is right all the same.
    """
    rows = database.execute(
        "SELECT sequence, digest FROM anchor"
        " UNION ALL SELECT sequence, digest FROM head"
        " UNION ALL SELECT * FROM"
        " (SELECT sequence, digest FROM events ORDER BY sequence DESC LIMIT 1)"
    )
    ends = [
        (sequence, digest if isinstance(digest, bytes) else START)
        for sequence, digest in rows
        if isinstance(sequence, int) and 0 < sequence <= _LAST_SEQUENCE
    ]
    return max(ends, key=lambda each: each[0], default=(0, START))


def noted_head(database: Connection) -> tuple[int, bytes] | None:
    """Return what is noted as the newest event, apart from the events."""
    row: tuple[int, bytes] | None = database.execute("SELECT sequence, digest FROM head").fetchone()
    return row


def dropped_until(database: Connection) -> int:
    """Return the last event that was dropped, 0 where none was."""
    row = database.execute("SELECT sequence FROM anchor").fetchone()
    return 0 if row is None else int(row[0])


def find(database: Connection, wanted: Wanted) -> list[RecordedEvent]:
    """Return the events that are wanted, in order of their sequence."""
    conditions, values = _conditions(wanted)
    where = " AND ".join(conditions) or "1"
    order = "DESC" if wanted.newest_first else "ASC"
    by = f"sequence {order}"
    if wanted.until is not None and wanted.newest_first:
        # the newest of a moment long gone: all that came later would be walked through first
        by = "seen DESC, sequence DESC"
    elif wanted.since or wanted.kinds:
        # with a plus SQLite looks times up in their index, instead of walking through all events
        by = f"+{by}"
    limit = -1 if wanted.limit is None else min(wanted.limit, LARGEST)
    rows = database.execute(
        f"SELECT {EVENT_FIELDS}, digest FROM events WHERE {where}"  # noqa: S608 - our own words
        f" ORDER BY {by} LIMIT ?",
        (*values, limit),
    )
    found = [recorded_event(each) for each in rows]
    found.sort(key=lambda each: each.sequence, reverse=wanted.newest_first)
    return found


def walk(database: Connection) -> Iterator[tuple[Cell, ...]]:
    """Yield every event as it stands there, its digest at the end."""
    yield from database.execute(
        f"SELECT {EVENT_FIELDS}, digest FROM events ORDER BY sequence"  # noqa: S608 - our own words
    )


def recorded_event(row: tuple[Cell, ...]) -> RecordedEvent:
    """Return the event that stands in a row, whatever somebody made of it."""
    sequence, at, seen, mission, kind, subject, actor, text, before, after, _, digest = row
    event = Event(
        told_time(at),
        _kind(kind),
        told_text(subject),
        told_text(text),
        told_text(actor),
        told_text(before),
        told_text(after),
    )
    number = sequence if isinstance(sequence, int) else 0
    shown = digest.hex() if isinstance(digest, bytes) else ""
    return RecordedEvent(number, told_time(seen), MissionId(told_text(mission)), event, shown)


def _kind(stored: Cell) -> EventKind:
    # a newer program may know more kinds; their sentences can be read all the same
    return _KINDS.get(str(stored), EventKind.MISSION_CHANGED)


def _said(mission: MissionId, event: Event, seen: int) -> tuple[Cell, ...]:
    texts = (event.subject, event.actor, event.text, event.before, event.after)
    subject, actor, text, before, after = map(stored_text, texts)
    return (
        stored_time(event.at),
        seen,
        stored_text(mission),
        event.kind.value,
        subject,
        actor,
        text,
        before,
        after,
    )


def _conditions(wanted: Wanted) -> tuple[list[str], list[Cell]]:
    until = None if wanted.until is None else stored_time(wanted.until)
    asked: tuple[tuple[str, Cell], ...] = (
        ("mission = ?", None if wanted.mission is None else stored_text(wanted.mission)),
        ("seen >= ?", None if wanted.since is None else stored_time(wanted.since)),
        ("seen <= ?", until),
        ("at <= ?", until),
        ("sequence > ?", None if wanted.after is None else min(wanted.after, LARGEST)),
        ("sequence < ?", None if wanted.before is None else min(wanted.before, LARGEST)),
        (_SAYS, _pattern(wanted.text) if wanted.text else None),
    )
    parts = [each for each in asked if each[1] is not None]
    conditions = [condition for condition, _ in parts]
    values = [value for _, value in parts]
    if wanted.kinds:
        conditions.append(f"kind IN ({', '.join('?' * len(wanted.kinds))})")
        values += [each.value for each in wanted.kinds]
    if wanted.subjects:
        conditions.append(f"subject IN ({', '.join('?' * len(wanted.subjects))})")
        values += [stored_text(each) for each in wanted.subjects]
    return conditions, values


def _pattern(text: str) -> str:
    escaped = stored_text(text[:_LONGEST_SOUGHT])
    for each in "\\%_":
        escaped = escaped.replace(each, f"\\{each}")
    return f"%{escaped}%"
