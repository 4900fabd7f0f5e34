"""All that is known at one instant."""

from dataclasses import dataclass, field
from datetime import datetime

from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.evidence import NO_EVIDENCE, Evidence
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.history import NO_FACTS, HistoryFacts
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.learned import Learned
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class MissionFile:
    """One file of a mission, whole: what the history keeps of it."""

    name: str
    """Relative to the mission's folder, `os.fsdecode`d: shown only through `plain_text`."""
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    raw: bytes = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KnownMission:
    """One mission as far as it is known: its last good version, and what is wrong now."""

    id: MissionId
    path: str
    """As the person named it, made safe to show."""
    revision: str
    """SHA-256 of the newest bytes; of a folder, over its sorted (path, SHA-256)."""
    mission: Mission | None
    """The last good version; absent if there never was one."""
    problems: tuple[Problem, ...] = ()
    """Of the newest version, in order of place; with an error `mission` is an older version."""
    stale_since: datetime | None = None
    """When the newest version was first found broken; absent while the newest is in force."""
    missing_since: datetime | None = None
    """When its file or folder vanished; absent while it is there."""
    vanishing: tuple[str, ...] = ()
    """Ids that the newest version no longer has, kept in `mission` until that is believed."""
    activity: tuple[Event, ...] = ()
    """What was seen to change while watching, oldest first, the newest few hundred."""
    is_being_written: bool = False
    """Whether its newest version has been unsettled for more than a second."""
    files: tuple[MissionFile, ...] = ()
    """The files that `mission` was read from, `mission.yaml` first."""
    facts: HistoryFacts = NO_FACTS
    """What the history holds about it."""
    evidence: Evidence = NO_EVIDENCE
    """What was observed in its workspace."""
    foresight: Foresight | None = None
    """What was drawn of its future last; it may be of an older version."""
    learned: Learned | None = None
    """What its team's past teaches; it may be of an older version."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that is known at one instant: every mission, and what is wrong beside them."""

    missions: tuple[KnownMission, ...] = ()
    """In the order of their ids."""
    problems: tuple[Problem, ...] = ()
    """Those that belong to no mission: the folder itself, the watcher, odd files in it."""
    generation: int = 0
    """Counts the loads; a snapshot never replaces one with a higher number."""
    notices: tuple[str, ...] = ()
    """What a person should know of the watching itself, such as "watching by polling"."""
    unread: tuple[MissionId, ...] = ()
    """Missions that are there, and whose files have not come to rest since this program began."""
