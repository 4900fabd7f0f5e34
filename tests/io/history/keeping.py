"""Histories for tests: events and files to keep, and ways to do harm to what is kept."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Forecast, RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.snapshot import MissionFile
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import EVENTS_FILE

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MISSION = MissionId("chat-app")
TRIGGERS = (
    "events_never_change",
    "events_stay",
    "experience_never_changes",
    "forecast_ranges_never_change",
    "forecasts_never_change",
    "letters_never_say_other",
    "outbox_never_says_other",
    "outbox_waits",
)
"""What keeps what was recorded from being changed."""


def noon() -> datetime:
    """Return the present of these tests."""
    return NOON


def opened(folder: Path) -> History:
    """Return the history in `folder`, opened at noon."""
    return History.open(folder, clock=noon)


def event(text: str = "it went on", **fields: object) -> Event:
    """Return an event of noon."""
    given = {"at": NOON, "kind": EventKind.TASK_PROGRESSED, "subject": "chat-ui", "text": text}
    return Event(**{**given, **fields})  # type: ignore[arg-type]


def append(
    history: History,
    *events: Event,
    mission: MissionId = MISSION,
    seen: datetime = NOON,
    version: tuple[MissionFile, ...] | None = None,
) -> tuple[RecordedEvent, ...]:
    """Record `events`, one where none is given."""
    return history.append(
        mission, events or (event(),), seen=seen, version=version, revision="a revision"
    )


def forecast(subject: str = "", *, made: datetime = NOON, hours: float | None = 4.0) -> Forecast:
    """Return a forecast of a finish so many hours after noon; without hours of none at all."""
    return Forecast(subject, made, None if hours is None else NOON + timedelta(hours=hours))


def message(key: str = "blocker:b1/2", **fields: object) -> OutgoingMessage:
    """Return a message of noon."""
    given = {
        "id": key,
        "mission": MISSION,
        "channel": "chat",
        "made": NOON,
        "subject": "blocker:b1",
        "body": "The interface is missing.\nIt has been for 4 h.",
    }
    return OutgoingMessage(**{**given, **fields})  # type: ignore[arg-type]


def file(raw: bytes, name: str = "mission.yaml") -> MissionFile:
    """Return a file of a mission."""
    return MissionFile(name, sha256(raw).hexdigest(), raw)


def raws(files: Iterable[MissionFile]) -> dict[str, bytes]:
    """Return the bytes of every file by its name."""
    return {each.name: each.raw for each in files}


def days_ago(days: float) -> datetime:
    """Return the time so many days before noon."""
    return NOON - timedelta(days=days)


def harm(folder: Path, *statements: str, name: str = EVENTS_FILE) -> None:
    """Change a database behind the back of the program."""
    with closing(sqlite3.connect(folder / name, isolation_level=None)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for each in statements:
            connection.execute(each)


def cell(folder: Path, column: str, sequence: int) -> bytes:
    """Return the bytes of one field of an event."""
    with closing(sqlite3.connect(folder / EVENTS_FILE)) as connection:
        (raw,) = connection.execute(
            f"SELECT CAST({column} AS BLOB) FROM events WHERE sequence = ?",  # noqa: S608
            (sequence,),
        ).fetchone()
    return bytes(raw)
