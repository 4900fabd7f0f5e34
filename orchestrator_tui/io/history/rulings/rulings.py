"""What people decided, kept twice: in a database of its own, and as lines of text.

The database is on the disk before a decision counts as taken. Where one of the two is damaged it is
moved aside, and made again from the other.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.history.coding import stored_text, stored_time
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.faults import HistoryDamaged
from orchestrator_tui.io.history.opening import open_to_read
from orchestrator_tui.io.history.place import RULINGS_COPY, RULINGS_FILE
from orchestrator_tui.io.history.rulings.mending import mirrored, open_mended
from orchestrator_tui.io.history.rulings.rows import RULINGS, insert, newest_row, sound_rows
from orchestrator_tui.io.history.rulings.second_copy import read_copy
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.io.history.rulings.text import ruling_of, ruling_text

__all__ = ["Rulings", "read_rulings", "standing"]


class Rulings:
    """The open decisions; every method raises HistoryFault, and nothing else, where it fails."""

    def __init__(self, database: Database, copy: Path, notices: Iterable[str] = ()) -> None:
        self._database = database
        self._copy = copy
        self._notices = list(notices)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = system_clock) -> Self:
        """Return the decisions in `folder`; damage is moved aside and made good from the copy.

        Raises HistoryDamaged where that cannot be done, and HistoryUnavailable.
        """
        database, notices = open_mended(folder, clock)
        return cls(database, folder / RULINGS_COPY, notices)

    @classmethod
    def open_to_read(cls, folder: Path, *, clock: Clock = system_clock) -> Self | None:
        """Return the decisions in `folder`, or None where there are none; nothing is made."""
        database = open_to_read(folder / RULINGS_FILE, RULINGS, clock)
        return None if database is None else cls(database, folder / RULINGS_COPY)

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know: what was damaged, and which copy is not written."""
        return tuple(dict.fromkeys(self._notices))

    def is_still_there(self) -> bool:
        """Say whether the file is still in its place; if not, what is written goes nowhere."""
        return self._database.is_still_there()

    def sound(self) -> tuple[list[Ruling], bool]:
        """Return the decisions that are what was recorded, and whether all in the database are."""
        with self._database.reading() as database:
            lines, is_whole = sound_rows(database)
        return list(_told(each.text for each in lines)), is_whole

    def take(self, ruling: Ruling) -> None:
        """Keep `ruling`; it is on the disk when this returns. Taking one twice does no harm."""
        with self._database.writing() as database:
            insert(database, ruling_text(ruling), ruling)
        self._notices += mirrored(self._database, self._copy)

    def all(self, mission: MissionId | None = None, until: datetime | None = None) -> list[Ruling]:
        """Return the decisions in order, withdrawn ones and what withdrew them included."""
        conditions, values = ["1"], []
        if mission is not None:
            conditions.append("mission = ?")
            values.append(stored_text(mission))
        if until is not None:
            conditions.append(f"at <= {stored_time(until)}")
        where = " AND ".join(conditions)
        with self._database.reading() as database:
            rows = database.execute(
                f"SELECT text FROM rulings WHERE {where} ORDER BY sequence",  # noqa: S608 - our own
                values,
            ).fetchall()
        return list(_told(text for (text,) in rows))

    def version(self) -> int:
        """Return a number that changes whenever somebody, in any process, took a decision."""
        with self._database.reading() as database:
            return newest_row(database)[0]

    def close(self) -> None:
        """Close the file; twice does no harm."""
        self._database.close()

    def __enter__(self) -> Self:
        """Keep the decisions open for as long as the context is."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()


def read_rulings(folder: Path, *, clock: Clock) -> list[Ruling]:
    """Return the decisions in `folder` in order, from whichever copy can be read; nothing is made.

    Raises HistoryUnavailable.
    """
    found: list[Ruling] = []
    with suppress(HistoryDamaged):
        rulings = Rulings.open_to_read(folder, clock=clock)
        if rulings is not None:
            with rulings:
                found, is_whole = rulings.sound()
            if is_whole:
                return found
    with suppress(OSError):
        # a ruling may stand there twice
        found = [*_told(line.text for line in read_copy(folder / RULINGS_COPY)), *found]
    return list({each.id: each for each in found}.values())


def _told(texts: Iterable[str]) -> Iterator[Ruling]:
    for each in texts:
        with suppress(ValueError):
            yield ruling_of(each)
