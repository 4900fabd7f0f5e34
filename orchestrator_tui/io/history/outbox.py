"""Messages that wait to be delivered: they survive whatever ends this program.

Each is delivered at least once. What was delivered stays until it is pruned, so that a message
which is put again, as it is after every restart, is not sent again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from sqlite3 import Connection

from orchestrator_tui.domain.outgoing_message import OutgoingMessage, UndeliveredMessage
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_time
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.letters import EMPTY, goes_alone, letter_of, stored_letter
from orchestrator_tui.io.history.outbox_rows import (
    IS_CARRIED,
    Queued,
    find_messages,
    find_queued,
    find_undelivered,
)
from orchestrator_tui.io.history.schema import has_notices

__all__ = ["Outbox", "Queued", "drop_delivered"]


class Outbox:
    """The messages of one history; every method raises HistoryFault, and nothing else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, messages: Iterable[OutgoingMessage]) -> None:
        """Let `messages` wait, all or none; of those with one id only the first ever counts."""
        given = list(messages)
        with self._database.writing() as database:
            for each in given:
                _put(database, each)

    def fold(self, digest: OutgoingMessage, carried: Collection[str]) -> bool:
        """Let `digest` wait in the place of the messages with these ids; say whether it does.

        It does not where one of them was tried meanwhile, has arrived, waits elsewhere, goes alone
        or is carried already: then all is as it was.
        """
        channel, carrier = stored_text(digest.channel), stored_text(digest.id)
        ids = [stored_text(each) for each in carried]
        with self._database.writing() as database:
            if not all(_can_be_carried(database, each, channel) for each in ids):
                return False
            if not _put(database, digest):
                return False
            database.executemany(
                "INSERT OR REPLACE INTO carried (message, carrier) VALUES (?, ?)",
                [(each, carrier) for each in ids],
            )
            return True

    def undelivered(self) -> list[UndeliveredMessage]:
        """Return what waits, in order, and not what a digest carries that waits itself."""
        with self._database.reading() as database:
            return find_undelivered(database)

    def queued(self) -> list[Queued]:
        """Return how all that waits has fared, in order, without what it says."""
        with self._database.reading() as database:
            return find_queued(database)

    def messages(self, ids: Sequence[str]) -> list[OutgoingMessage]:
        """Return the messages with these ids that are there, in the order of the ids."""
        with self._database.reading() as database:
            return find_messages(database, ids)

    def begin(self, message: str, at: datetime) -> bool:
        """Note that a try is about to be made; say whether it may be.

        It may not where the message has arrived by now, or a digest carries it.
        """
        with self._database.writing() as database:
            return bool(
                database.execute(
                    "UPDATE outbox SET attempts = CAST(attempts AS INTEGER) + 1,"  # noqa: S608 - our own
                    " tried = ?, again = NULL WHERE id = ? AND delivered IS NULL"
                    f" AND NOT {IS_CARRIED}",
                    (stored_time(at), stored_text(message)),
                ).rowcount
            )

    def delivered(self, message: str, at: datetime) -> None:
        """Note that a message has arrived, and all that it carries; only the first time counts."""
        row = stored_time(at), stored_text(message)
        with self._database.writing() as database:
            for which in ("= ?", "IN (SELECT message FROM carried WHERE carrier = ?)"):
                database.execute(
                    f"UPDATE outbox SET delivered = ? WHERE id {which}"  # noqa: S608 - our own
                    # the sign keeps SQLite from walking through all that waits
                    " AND +delivered IS NULL",
                    row,
                )

    def failed(self, message: str, at: datetime, why: str, again_at: datetime) -> None:
        """Note that the message with this id could not be delivered; it is due at `again_at`.

        Of one that has arrived by now nothing is noted.
        """
        with self._database.writing() as database:
            database.execute(
                "UPDATE outbox SET attempts = max(CAST(attempts AS INTEGER), 1), tried = ?,"
                " why = ?, again = ? WHERE id = ? AND delivered IS NULL",
                (
                    stored_time(at),
                    stored_text(plain_text(why)),
                    stored_time(again_at),
                    stored_text(message),
                ),
            )

    def sent_times(self, channel: str, since: datetime) -> list[datetime]:
        """Return when a channel delivered messages since then, in order; a digest counts as one."""
        with self._database.reading() as database:
            if not has_notices(database):
                return []
            rows = database.execute(
                "SELECT delivered FROM outbox WHERE delivered >= ? AND channel = ? AND NOT EXISTS"
                " (SELECT 1 FROM carried WHERE carried.message = outbox.id) ORDER BY delivered",
                (stored_time(since), stored_text(plain_text(channel))),
            )
            return [told_time(each) for (each,) in rows]

    def last_sent(self, channel: str) -> datetime | None:
        """Return when a channel delivered the last time, as far as that is still known."""
        with self._database.reading() as database:
            if not has_notices(database):
                return None
            row = database.execute(
                "SELECT delivered FROM outbox WHERE delivered IS NOT NULL AND channel = ?"
                " ORDER BY delivered DESC LIMIT 1",
                (stored_text(plain_text(channel)),),
            ).fetchone()
            return None if row is None else told_time(row[0])


def drop_delivered(database: Connection, before: datetime, *, limit: int) -> int:
    """Drop at most `limit` messages that had arrived before then; return how many were dropped."""
    rows = database.execute(
        "SELECT id FROM outbox WHERE delivered < ? LIMIT ?", (stored_time(before), limit)
    ).fetchall()
    for table, key in (("outbox", "id"), ("letters", "message"), ("carried", "message")):
        database.executemany(f"DELETE FROM {table} WHERE {key} = ?", rows)  # noqa: S608 - our own
    return len(rows)


def _put(database: Connection, message: OutgoingMessage) -> bool:
    """Let one message wait; say whether it is new."""
    key = stored_text(message.id)
    row = (
        key,
        stored_text(message.mission),
        stored_text(message.channel),
        stored_time(message.made),
        stored_text(message.subject),
        stored_text(message.body),
    )
    is_new = database.execute(
        "INSERT INTO outbox (id, mission, channel, made, subject, body) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        row,
    ).rowcount
    letter = letter_of(message)
    if is_new and letter != EMPTY:
        database.execute(
            "INSERT OR REPLACE INTO letters (message, document, alone) VALUES (?, ?, ?)",
            (key, stored_letter(letter), goes_alone(message)),
        )
    return bool(is_new)


def _can_be_carried(database: Connection, key: str, channel: str) -> bool:
    return bool(
        database.execute(
            "SELECT 1 FROM outbox LEFT JOIN letters"  # noqa: S608 - our own
            " ON letters.message = outbox.id"
            " WHERE outbox.id = ? AND channel = ? AND delivered IS NULL AND attempts = 0"
            " AND tried IS NULL AND NOT coalesce(alone, 0)"
            f" AND NOT {IS_CARRIED}",
            (key, channel),
        ).fetchone()
    )
