"""Any moment that the history remembers: the whole dashboard as it was then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.io.clock import Clock

if TYPE_CHECKING:
    from orchestrator_tui.live.past.moments import Moments

MOST_EVENTS = 500
"""Events that are asked for at once, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment when an event was seen."""

    event: RecordedEvent
    assessment: Assessment
    """What followed from the files as they were, at `event.seen`: the same for all events that
    were seen at one instant."""


class Archive:
    """Leads through the past of the missions at one path.

    It only reads, and holds nobody up who records. Every method waits for the disk, may be called
    from any thread, and raises HistoryFault where the history is damaged or cannot be opened.
    """

    def __init__(self, path: Path, *, state: Path, clock: Clock) -> None:
        """Prepare; nothing is opened before something is asked for."""
        self._path = path
        self._state = state
        self._clock = clock
        self._lock = Lock()
        self._opened: Moments | None = None

    def newest(
        self, mission: MissionId | None = None, limit: int = MOST_EVENTS
    ) -> tuple[RecordedEvent, ...]:
        """Return the newest events, of one mission or of all, the newest first."""
        with self._lock:
            return self._moments().newest(mission, limit)

    def about(
        self, mission: MissionId, subjects: Collection[str], limit: int = MOST_EVENTS
    ) -> tuple[RecordedEvent, ...]:
        """Return the newest events of a mission on any of `subjects`, the newest first."""
        with self._lock:
            return self._moments().about(mission, subjects, limit)

    def metrics(
        self, mission: MissionId | None, length: timedelta, now: datetime
    ) -> Metrics | None:
        """Return how well a mission was led, or all were, over so long until `now`.

        None where nothing is recorded.
        """
        from orchestrator_tui.live.measuring.measured import measured_of  # noqa: PLC0415 - only when asked for

        since = now - length
        return measured_of(self._path, self._state, now, since=since, mission=mission or "")

    def read_messages(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        """Return the ids of the messages that an agent said it has read."""
        with self._lock:
            return self._moments().read_messages(mission, agent)

    def moment(self, sequence: int) -> Moment:
        """Return the moment of one event; raises MissionNotFound where there is no such event."""
        with self._lock:
            return self._moments().at(sequence)

    def before(self, sequence: int | None, mission: MissionId | None = None) -> Moment | None:
        """Return the moment of the event before `sequence`, None where there is none.

        Without a sequence it is that of the newest event.
        """
        with self._lock:
            return self._moments().before(sequence, mission)

    def after(self, sequence: int, mission: MissionId | None = None) -> Moment | None:
        """Return the moment of the event after `sequence`; None: after that comes the present."""
        with self._lock:
            return self._moments().after(sequence, mission)

    def _moments(self) -> "Moments":
        if self._opened is None:
            # what reads and judges missions is heavy, and the first picture needs none of it
            from orchestrator_tui.live.past.moments import Moments  # noqa: PLC0415

            self._opened = Moments(self._path, state=self._state, clock=self._clock)
        return self._opened
