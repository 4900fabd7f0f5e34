"""The metrics of the missions at a path, over a window, from their history alone."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.engine.metrics.measuring import measure
from orchestrator_tui.engine.metrics.real_time import REPORTS
from orchestrator_tui.engine.metrics.record import Record
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder, mission_at
from orchestrator_tui.io.history.rulings.rulings import read_rulings, standing

WINDOW: Final = timedelta(days=7)
"""The window where nobody names another one."""
KINDS: Final = (
    *sorted(REPORTS),
    EventKind.TASK_REMOVED,
    EventKind.BLOCKER_RESOLVED,
    EventKind.ESCALATED,
    EventKind.RECOVERED,
    EventKind.WORK_ENDED,
    EventKind.MISSION_REMOVED,
)
"""Events that a metric is computed from."""


def measured(
    path: Path, state: Path, now: datetime, *, since: datetime | None = None
) -> tuple[Metrics, ...]:
    """Return the metrics of all missions at `path` together, then of each where there are several.

    The window ends at `now`, and what was recorded later counts for nothing. Of one mission alone
    there is one answer; empty where there is no history. Nothing is written. Raises HistoryFault.
    """
    folder = history_folder(state, path)
    record = recorded(folder, now)
    if record is None:
        return ()
    begin = now - WINDOW if since is None else since
    alone = mission_at(path)
    if alone is not None:
        return (measure(record.of(alone), mission=alone, since=begin, until=now),)
    missions = sorted({each.mission for each in record.events})
    if len(missions) == 1:  # all together would say the same
        missions = []
    return (
        measure(record, mission="", since=begin, until=now),
        *(measure(record.of(each), mission=each, since=begin, until=now) for each in missions),
    )


def measured_of(
    path: Path, state: Path, now: datetime, *, since: datetime, mission: str
) -> Metrics | None:
    """Return the metrics of one mission, or with no name of all at `path` together.

    None where there is no history. Nothing is written. Raises HistoryFault.
    """
    record = recorded(history_folder(state, path), now)
    if record is None:
        return None
    asked = mission or mission_at(path) or ""
    of = record.of(asked) if asked else record
    return measure(of, mission=asked, since=since, until=now)


def recorded(folder: Path, now: datetime) -> Record | None:
    """Return what the history in `folder` held at `now`; None where there is none."""
    history = History.open_to_read(folder, clock=lambda: now)
    if history is None:
        return None
    with history:
        events = history.events(kinds=KINDS, until=now)
        scored = history.all_scored(until=now)
        experience = history.experience(until=now)
    rulings = [each for each in read_rulings(folder, clock=lambda: now) if each.at <= now]
    return Record(tuple(events), scored, standing(rulings), experience.blocked)
