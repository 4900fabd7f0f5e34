"""Looks events up for commands that read nothing else: without the models of missions."""

from pathlib import Path

from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.events import Wanted, find
from orchestrator_tui.io.history.opening import open_to_read
from orchestrator_tui.io.history.place import EVENTS_FILE
from orchestrator_tui.io.history.schema import HISTORY


def read_events(folder: Path, wanted: Wanted, *, clock: Clock) -> list[RecordedEvent] | None:
    """Return the events that are wanted, or None where there is no history.

    Raises HistoryFault.
    """
    database = open_to_read(folder / EVENTS_FILE, HISTORY, clock)
    if database is None:
        return None
    try:
        with database.reading() as connection:
            return find(connection, wanted)
    finally:
        database.close()
