"""What stands in the outbox, read whatever somebody made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage, UndeliveredMessage
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.chain import Cell
from orchestrator_tui.io.history.coding import stored_text, told_text, told_time
from orchestrator_tui.io.history.letters import told_letter
from orchestrator_tui.io.history.schema import has_notices, has_tables_beside

IS_CARRIED: Final = (
    "EXISTS (SELECT 1 FROM carried JOIN outbox AS digest ON digest.id = carried.carrier"
    " WHERE carried.message = outbox.id AND digest.delivered IS NULL)"
)
"""Whether a digest that waits stands for a message; one whose digest is gone waits by itself."""
_PLACE: Final = (
    "coalesce((SELECT min(first.number) FROM carried JOIN outbox AS first"
    " ON first.id = carried.message WHERE carried.carrier = outbox.id), outbox.number), number"
)
"""A digest stands where the first of what it carries would."""
_LETTERS: Final = "outbox LEFT JOIN letters ON letters.message = outbox.id"
_NO_LETTERS: Final = "(SELECT *, NULL AS document, 0 AS alone FROM outbox) AS outbox"
"""The same of a file of an older version, in which a message is its text alone."""
_FARED: Final = "attempts, why, tried, again"
_MESSAGE: Final = "outbox.id, mission, channel, made, subject, body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """How one message that waits has fared, without what it says."""

    id: str
    channel: str
    attempts: int
    why: str
    tried: datetime | None
    again_at: datetime | None
    goes_alone: bool
    """Whether no digest may carry it."""


def find_undelivered(database: Connection) -> list[UndeliveredMessage]:
    """Return all that waits, in order."""
    return [_undelivered(each) for each in _waiting(database, f"{_FARED}, {_MESSAGE}, document")]


def find_queued(database: Connection) -> list[Queued]:
    """Return how all that waits has fared, in order."""
    return [
        Queued(
            id=told_text(key),
            channel=plain_text(told_text(channel)),
            attempts=_count(attempts),
            why=plain_text(told_text(why)),
            tried=_time(tried),
            again_at=_time(again),
            goes_alone=bool(alone),
        )
        for attempts, why, tried, again, key, channel, alone in _waiting(
            database, f"{_FARED}, outbox.id, channel, alone"
        )
    ]


def find_messages(database: Connection, ids: Sequence[str]) -> list[OutgoingMessage]:
    """Return the messages with these ids that are there, in the order of the ids."""
    if not has_tables_beside(database):
        return []
    letters = _LETTERS if has_notices(database) else _NO_LETTERS
    statement = f"SELECT {_MESSAGE}, document FROM {letters} WHERE outbox.id = ?"  # noqa: S608 - our own
    found = (database.execute(statement, (stored_text(each),)).fetchone() for each in ids)
    return [_message(row) for row in found if row is not None]


def _waiting(database: Connection, fields: str) -> list[tuple[Cell, ...]]:
    """Return rows of what waits; a file that is only read may be of an older version."""
    if not has_tables_beside(database):
        return []
    told, before = (_LETTERS, IS_CARRIED, _PLACE), (_NO_LETTERS, "FALSE", "number")
    letters, is_carried, place = told if has_notices(database) else before
    return database.execute(
        f"SELECT {fields} FROM {letters}"  # noqa: S608 - our own
        f" WHERE delivered IS NULL AND NOT {is_carried} ORDER BY {place}"
    ).fetchall()


def _undelivered(row: tuple[Cell, ...]) -> UndeliveredMessage:
    attempts, why, tried, again, *said = row
    return UndeliveredMessage(
        message=_message(said),
        attempts=_count(attempts),
        why=plain_text(told_text(why)),
        tried=_time(tried),
        again_at=_time(again),
    )


def _message(row: Sequence[Cell]) -> OutgoingMessage:
    key, mission, channel, made, subject, body, document = row
    letter = told_letter(document)
    return OutgoingMessage(
        id=told_text(key),
        mission=MissionId(told_text(mission)),
        channel=told_text(channel),
        made=told_time(made),
        subject=told_text(subject),
        body=told_text(body),
        recipient=letter.recipient,
        items=letter.items,
        markdown=letter.markdown,
        html=letter.html,
        carries=letter.carries,
    )


def _count(stored: Cell) -> int:
    return stored if isinstance(stored, int) else 0


def _time(stored: Cell) -> datetime | None:
    return None if stored is None else told_time(stored)
