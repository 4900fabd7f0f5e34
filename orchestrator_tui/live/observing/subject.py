"""One mission whose workspace is looked at: what is known, and when to look again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.evidence import NO_EVIDENCE, Evidence, Finding
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.io.evidence.asking import CriterionKey
from orchestrator_tui.live.observing.folder_watch import FolderWatch
from orchestrator_tui.live.observing.wishes import Wish

QUIET_SECONDS: Final = 0.1
"""Rest asked of a workspace after a change: reports are written in many steps."""
UNREST_SECONDS: Final = 2.0
"""After this long without rest it is looked at all the same."""
AGAIN_SECONDS: Final = 30.0
"""Between two looks without any hint: commits give none, and watchers go deaf without a word."""
POLL_SECONDS: Final = 2.0
"""The same, where the workspace cannot be watched."""
SHARE_AT_REST: Final = 200.0
"""Without a hint, a look is so many times shorter than the rest after it."""
SHARE_IN_A_STORM: Final = 4.0
"""The same, while something changes all the time."""
LONGEST_REST_SECONDS: Final = 120.0
STORM_REST_SECONDS: Final = 4.0
"""No rest is longer, however long a look took: a busy machine makes every look long."""
STUCK_SECONDS: Final = 30.0
"""After this long a look is said to hang, and makes room for others."""


@dataclass(slots=True)
class Subject:
    """What is known of one mission's workspace; times are on the monotonic clock."""

    id: MissionId
    mission: Mission
    wish: Wish
    trusted: frozenset[str]
    seen: datetime
    """When it was first told of."""
    watch: FolderWatch
    evidence: Evidence = NO_EVIDENCE
    running: Mapping[CriterionKey, Finding] = field(default_factory=dict)
    """The commands that run, as they are shown meanwhile."""
    command_ended: float | None = None
    """When a command ended of which the result is not shown as yet."""
    done: frozenset[MilestoneId] = frozenset()
    """The milestones whose tasks are all finished."""
    began: float | None = None
    """When the look under way did; absent while there is none."""
    is_stuck: bool = False
    looked: float = -math.inf
    """When the last look ended."""
    looked_from: float = -math.inf
    """When that look began: what it saw is no older."""
    seconds: float = 0.0
    """How long it took."""
    first_hint: float | None = None
    """When something may first have changed since the last look began."""
    last_hint: float = -math.inf
    shown: tuple[KnownMission, Evidence, KnownMission] | None = None
    """A mission as it was told, what was known, and both together."""

    def hint(self, at: float, *, quiet: float = QUIET_SECONDS) -> None:
        """Note that something may have changed, and may go on changing for `quiet` seconds."""
        if self.first_hint is None:
            self.first_hint = at
        self.last_hint = max(self.last_hint, at - QUIET_SECONDS + quiet)

    def due(self, share: float = 1.0) -> float:
        """Return when to look again; `share` counts the missions that are looked at."""
        if self.began is not None:
            return math.inf if self.is_stuck else self.began + STUCK_SECONDS
        usual = POLL_SECONDS if self.watch.is_polled else AGAIN_SECONDS
        rest = min(LONGEST_REST_SECONDS, self.seconds * SHARE_AT_REST * share)
        sweep = self.looked + max(usual, rest)
        if self.first_hint is None:
            return sweep
        rested = min(self.last_hint + QUIET_SECONDS, self.first_hint + UNREST_SECONDS)
        rest = min(STORM_REST_SECONDS, self.seconds * SHARE_IN_A_STORM)
        return min(sweep, max(rested, self.looked + rest))

    def begin(self, at: float) -> None:
        """Note that a look begins."""
        self.began = at
        self.first_hint = None
        self.last_hint = -math.inf

    def end(self, at: float, evidence: Evidence) -> bool:
        """Note what the look under way has found; say whether it is anything new."""
        if self.began is not None:
            self.looked_from = self.began
            self.seconds = at - self.began
        self.began = None
        self.is_stuck = False
        self.looked = at
        before, self.evidence = self.evidence, evidence
        if self.command_ended is not None and self.command_ended <= self.looked_from:
            self.command_ended = None
            self.running = {}
            return True
        return replace(before, observed=evidence.observed) != evidence or (before.observed is None)

    def merged(self, known: KnownMission) -> KnownMission:
        """Return `known` with what was observed: the same object while neither has changed."""
        if self.evidence is NO_EVIDENCE and not self.running:
            return known
        evidence = self.evidence
        if self.running:
            evidence = replace(evidence, findings={**evidence.findings, **self.running})
        if self.shown is not None:
            before, shown, merged = self.shown
            if before is known and (shown is evidence or shown == evidence):
                return merged
        merged = replace(known, evidence=evidence)
        self.shown = (known, evidence, merged)
        return merged
