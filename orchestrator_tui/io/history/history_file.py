"""The file of a history while it is open."""

from pathlib import Path
from typing import Self

from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.database import Database
from orchestrator_tui.io.history.opening import PATIENCE_SECONDS, open_to_read, open_to_write
from orchestrator_tui.io.history.place import EVENTS_FILE
from orchestrator_tui.io.history.schema import HISTORY


class HistoryFile:
    """An open file; it belongs to the process that opened it, and there to any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(
        cls, folder: Path, *, clock: Clock, patience_seconds: float = PATIENCE_SECONDS
    ) -> Self:
        """Return the history in `folder`, new where there is none.

        Raises HistoryDamaged after the damage was moved aside: opened again, a new one begins.
        """
        path = folder / EVENTS_FILE
        return cls(open_to_write(path, HISTORY, clock, patience_seconds=patience_seconds))

    @classmethod
    def open_to_read(cls, folder: Path, *, clock: Clock) -> Self | None:
        """Return the history in `folder`, or None where there is none; nothing is made or moved."""
        database = open_to_read(folder / EVENTS_FILE, HISTORY, clock)
        return None if database is None else cls(database)

    @property
    def read_only(self) -> str:
        """Return why nothing can be written, such as a newer version; empty where it can."""
        return self._database.read_only

    def is_still_there(self) -> bool:
        """Say whether the file is still in its place; if not, what is written goes nowhere."""
        return self._database.is_still_there()

    def close(self) -> None:
        """Close the file; twice does no harm."""
        self._database.close()

    def __enter__(self) -> Self:
        """Keep the history open for as long as the context is."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()
