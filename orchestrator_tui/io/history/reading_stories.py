"""What is recorded of some subjects of missions, for commands that only look."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.reading.discovery import is_there

if TYPE_CHECKING:
    from orchestrator_tui.io.history.history import History

MOST_SUBJECTS: Final = 400
"""Subjects that are asked for by name; of more, all events of the mission are looked through."""

Stories = dict[MissionId, dict[str, list[RecordedEvent]]]
"""By mission and subject: what is recorded of it, oldest first."""


def read_stories(
    wanted: Mapping[MissionId, Collection[str]], path: Path, state: Path, until: datetime
) -> Stories:
    """Return what was recorded of the subjects of each mission until then.

    Nothing is written or made. Raises HistoryFault.
    """
    folder = history_folder(state, path)
    if not is_there(folder):
        return {}
    # SQLite takes longer to load than most commands have: only where there is something to read
    from orchestrator_tui.io.history.history import History  # noqa: PLC0415

    history = History.open_to_read(folder, clock=lambda: until)
    if history is None:
        return {}
    with history:
        return {
            mission: _told(history, mission, subjects, until)
            for mission, subjects in wanted.items()
            if subjects
        }


def _told(
    history: "History", mission: MissionId, subjects: Collection[str], until: datetime
) -> dict[str, list[RecordedEvent]]:
    asked = subjects if len(subjects) <= MOST_SUBJECTS else ()
    told: dict[str, list[RecordedEvent]] = {each: [] for each in subjects}
    for event in history.events(mission=mission, until=until, subjects=asked):
        if event.event.subject in told:
            told[event.event.subject].append(event)
    return told
