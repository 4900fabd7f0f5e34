"""What the history adds to missions that were just read, for commands that only look."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.faults import HistoryFault
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.reading.discovery import is_there

if TYPE_CHECKING:
    from orchestrator_tui.io.history.history import History

EVENTS_TOLD: Final = 200
"""The newest events of a mission that are told of."""


def with_facts(snapshot: Snapshot, path: Path, state: Path, now: datetime) -> Snapshot:
    """Return `snapshot` with what was known of its missions at `now`, and what had happened.

    Nothing is written or made. Where there is no history it costs a look into the state folder;
    where it cannot be read, `snapshot` comes back with a warning.
    """
    folder = history_folder(state, path)
    if not is_there(folder):
        return snapshot
    try:
        return _with_facts(snapshot, folder, now)
    except HistoryFault as error:
        warning = Problem(Severity.WARNING, _shown(path), None, None, f"without history: {error}")
        return replace(snapshot, problems=(*snapshot.problems, warning))


def _with_facts(snapshot: Snapshot, folder: Path, now: datetime) -> Snapshot:
    # SQLite takes longer to load than most commands have: only where there is something to read
    from orchestrator_tui.io.history.decided_facts import facts_from_rulings  # noqa: PLC0415
    from orchestrator_tui.io.history.history import History  # noqa: PLC0415
    from orchestrator_tui.io.history.rulings.rulings import read_rulings  # noqa: PLC0415

    clock = _clock_at(now)
    rulings = read_rulings(folder, clock=clock)
    history = History.open_to_read(folder, clock=clock)
    if history is None:
        known = (
            replace(each, facts=facts_from_rulings(each.id, now, rulings))
            for each in snapshot.missions
        )
        return replace(snapshot, missions=tuple(known))
    with history:
        return replace(
            snapshot,
            missions=tuple(
                replace(
                    each,
                    facts=history.facts(each.id, now, rulings),
                    activity=_activity(history, each.id, now),
                )
                for each in snapshot.missions
            ),
        )


def _activity(history: "History", mission: MissionId, now: datetime) -> tuple[Event, ...]:
    newest = history.events(mission=mission, until=now, limit=EVENTS_TOLD, newest_first=True)
    return tuple(each.event for each in reversed(newest))


def _clock_at(now: datetime) -> Clock:
    return lambda: now


def _shown(path: Path) -> str:
    return plain_text(str(path))
