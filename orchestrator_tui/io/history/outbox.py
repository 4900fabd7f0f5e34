"""Messages that wait to be delivered: they survive whatever ends this program.

Each is delivered at least once. What was delivered stays until it is pruned, so that a message
which is put again, as it is after every restart, is not sent again.
"""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage, UndeliveredMessage
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.chain import Cell
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.schema import has_tables_beside

_MESSAGE: Final = "id, mission, channel, made, subject, body"
# a failure that lies ahead was noted before the clock was set back, and so was `again`
_IS_DUE: Final = "(again IS NULL OR again <= :now OR tried > :now)"


class Outbox:
    """The messages of one history; every method raises HistoryFault, and nothing else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, messages: Iterable[OutgoingMessage]) -> None:
        """Let `messages` wait, all or none; of those with one id only the first ever counts."""
        rows = [
            (
                stored_text(each.id),
                stored_text(each.mission),
                stored_text(each.channel),
                stored_time(each.made),
                stored_text(each.subject),
                stored_text(each.body),
            )
            for each in messages
        ]
        with self._database.writing() as database:
            database.executemany(
                f"INSERT INTO outbox ({_MESSAGE}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own
                " ON CONFLICT (id) DO NOTHING",
                rows,
            )

    def due(self, now: datetime, channel: str | None = None) -> list[OutgoingMessage]:
        """Return what is to be delivered at `now`, in the order in which it was put.

        Without a `channel`, that of all channels.
        """
        condition = f"{_IS_DUE} AND (:channel IS NULL OR channel = :channel)"
        wanted = None if channel is None else stored_text(plain_text(channel))
        found = self._waiting(condition, {"now": stored_time(now), "channel": wanted})
        return [each.message for each in found]

    def undelivered(self) -> list[UndeliveredMessage]:
        """Return everything that waits, in the order in which it was put."""
        return self._waiting("TRUE", {})

    def delivered(self, message: str, at: datetime) -> None:
        """Note that the message with this id has arrived; only the first time counts."""
        with self._database.writing() as database:
            database.execute(
                "UPDATE outbox SET delivered = ? WHERE id = ? AND delivered IS NULL",
                (stored_time(at), stored_text(message)),
            )

    def failed(self, message: str, at: datetime, why: str, again_at: datetime) -> None:
        """Note that the message with this id could not be delivered; it is due at `again_at`.

        Of one that has arrived by now nothing is noted.
        """
        with self._database.writing() as database:
            database.execute(
                "UPDATE outbox SET attempts = attempts + 1, tried = ?, why = ?, again = ?"
                " WHERE id = ? AND delivered IS NULL",
                (
                    stored_time(at),
                    stored_text(plain_text(why)),
                    stored_time(again_at),
                    stored_text(message),
                ),
            )

    def _waiting(self, condition: str, values: dict[str, Cell]) -> list[UndeliveredMessage]:
        with self._database.reading() as database:
            if not has_tables_beside(database):
                return []
            rows = database.execute(
                f"SELECT attempts, why, tried, again, {_MESSAGE} FROM outbox"  # noqa: S608 - our own
                f" WHERE delivered IS NULL AND {condition} ORDER BY number",
                values,
            )
            return [_undelivered(each) for each in rows]


def _undelivered(row: tuple[Cell, ...]) -> UndeliveredMessage:
    """Return the message that stands in a row, whatever somebody made of it."""
    attempts, why, tried, again, *said = row
    return UndeliveredMessage(
        message=_message(said),
        attempts=attempts if isinstance(attempts, int) else 0,
        why=plain_text(told_text(why)),
        tried=None if tried is None else told_time(tried),
        again_at=None if again is None else told_time(again),
    )


def _message(row: list[Cell]) -> OutgoingMessage:
    key, mission, channel, made, subject, body = row
    return OutgoingMessage(
        id=told_text(key),
        mission=MissionId(told_text(mission)),
        channel=told_text(channel),
        made=told_time(made),
        subject=told_text(subject),
        body=told_text(body),
    )


def drop_delivered(database: Connection, before: datetime, *, limit: int) -> int:
    """Drop at most `limit` messages that had arrived before then; return how many were dropped."""
    return database.execute(
        "DELETE FROM outbox WHERE number IN"
        " (SELECT number FROM outbox WHERE delivered < ? LIMIT ?)",
        (stored_time(before), limit),
    ).rowcount
