"""Who was told what, and what waits to be told with something else.

What waits is sent in one step with noting that it was: whatever ends this program in between,
nobody is told twice, and nothing is forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.notice import Address, Notice, NoticeKind
from orchestrator_tui.domain.outgoing_message import OutgoingMessage, plain_lines
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.chain import Cell
from orchestrator_tui.io.history.coding import stored_text, stored_time, told_text, told_time
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.outbox import Outbox
from orchestrator_tui.io.history.schema import has_notices

_NOTICE: Final = (
    "mission, recipient, channel, subject, kind, level, since, noted, mission_title, title, detail"
)


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice that stands: it waits, or was told and is not over."""

    number: int
    notice: Notice
    noted: datetime
    """Since when it waits; once it was told, when that was."""
    message: str = ""
    """The id of the message that tells it; empty as long as it waits."""


class Notices:
    """The notices of one history; every method raises HistoryFault, and nothing else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def standing(self) -> list[KeptNotice]:
        """Return all that wait, or were told and are not over, in the order of noting."""
        with self._database.reading() as database:
            if not has_notices(database):
                return []
            return _found(database, "ended IS NULL ORDER BY number")

    def note(
        self,
        news: Sequence[tuple[Notice, datetime]],
        *,
        unsaid: Iterable[int] = (),
        over: Iterable[int] = (),
        at: datetime,
    ) -> list[KeptNotice]:
        """Let `news` wait, each since then, and return it as it is kept.

        What is `unsaid` is not sent; what is `over` was told, and may be told again.
        """
        with self._database.writing() as database:
            database.executemany(
                "DELETE FROM notices WHERE number = ? AND message IS NULL",
                [(each,) for each in unsaid],
            )
            _end(database, over, at)
            kept = []
            for notice, noted in news:
                row = (*_cells(notice), stored_time(noted))
                number = database.execute(
                    "INSERT INTO notices (mission, recipient, channel, subject, kind, level, since,"
                    " mission_title, title, detail, noted) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                    row,
                ).lastrowid
                kept.append(KeptNotice(number or 0, notice, noted))
            return kept

    def tell(
        self, message: OutgoingMessage, told: Iterable[int], *, over: Iterable[int] = ()
    ) -> None:
        """Put `message` into the outbox, and note that it tells those notices.

        Those that are `over` with it need not be remembered any more.
        """
        with self._database.writing() as database:
            Outbox(self._database).put([message])
            database.executemany(
                "UPDATE notices SET message = ?1, noted = max(noted, ?2) WHERE number = ?3",
                [(stored_text(message.id), stored_time(message.made), each) for each in told],
            )
            _end(database, over, message.made)


def drop_notices(database: Connection, before: datetime, *, limit: int) -> int:
    """Drop at most `limit` of those that were over before then; return how many were dropped."""
    return database.execute(
        "DELETE FROM notices WHERE number IN (SELECT number FROM notices WHERE ended < ? LIMIT ?)",
        (stored_time(before), limit),
    ).rowcount


def _end(database: Connection, numbers: Iterable[int], at: datetime) -> None:
    database.executemany(
        "UPDATE notices SET ended = ? WHERE number = ?",
        [(stored_time(at), each) for each in numbers],
    )


def _cells(notice: Notice) -> tuple[Cell, ...]:
    return (
        stored_text(notice.mission),
        stored_text(notice.address.recipient),
        stored_text(notice.address.channel),
        stored_text(notice.subject),
        notice.kind.value,
        None if notice.level is None else int(notice.level),
        stored_time(notice.since),
        stored_text(notice.mission_title),
        stored_text(notice.title),
        stored_text(notice.detail),
    )


def _found(database: Connection, condition: str) -> list[KeptNotice]:
    rows = database.execute(
        f"SELECT number, message, {_NOTICE} FROM notices WHERE {condition}"  # noqa: S608 - our own
    )
    return [each for row in rows if (each := _kept(row)) is not None]


def _kept(row: tuple[Cell, ...]) -> KeptNotice | None:
    """Return the notice that stands in a row; None where somebody made nonsense of it."""
    number, message, mission, recipient, channel, subject, kind, level, since, noted, *texts = row
    mission_title, title, detail = (told_text(each) for each in texts)
    try:
        notice = Notice(
            mission=MissionId(told_text(mission)),
            subject=told_text(subject),
            address=Address(told_text(recipient), told_text(channel)),
            kind=NoticeKind(told_text(kind)),
            level=EscalationLevel(level) if isinstance(level, int) else None,
            since=told_time(since),
            mission_title=plain_text(mission_title),
            title=plain_text(title),
            detail=plain_lines(detail),
        )
    except ValueError:
        return None
    kept = number if isinstance(number, int) else 0
    return KeptNotice(kept, notice, told_time(noted), told_text(message))
