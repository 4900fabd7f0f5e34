"""What the app asks others for: to write, to remember, and to look for plans."""

from typing import TYPE_CHECKING, Protocol, TypeVar

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import AgentId, MissionId

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime, timedelta

    from orchestrator_tui.domain.deeds import AcceptPlan, Deed
    from orchestrator_tui.domain.file_diff import FileDiff
    from orchestrator_tui.domain.history import RecordedEvent
    from orchestrator_tui.domain.metrics import Metrics
    from orchestrator_tui.domain.replanning import Replanning
    from orchestrator_tui.domain.snapshot import KnownMission
    from orchestrator_tui.engine.what_if import WhatIf


class Done(Protocol):
    """A deed that was done."""

    @property
    def text(self) -> str:
        """Return the sentence that tells it to the person."""
        ...

    @property
    def can_undo(self) -> bool:
        """Say whether it can be taken back."""
        ...


DoneT = TypeVar("DoneT", bound=Done)


class Desk(Protocol[DoneT]):
    """Where a person's deeds are done; both may wait for a disk, so they are asked in threads.

    They raise OrchestratorError, with what to do.
    """

    @property
    def actor(self) -> str:
        """Return who acts, as the settings or the login name them."""
        ...

    def do(self, mission: MissionId, deed: "Deed") -> DoneT:
        """Do it, and return what was done."""
        ...

    def undo(self, done: DoneT) -> DoneT:
        """Take it back, and return what that did."""
        ...

    def preview(self, mission: MissionId, deed: "AcceptPlan") -> "tuple[FileDiff, ...]":
        """Return how the mission's files would change by `deed`; nothing is written."""
        ...


class Planner(Protocol):
    """Who looks for ways to go on with a mission; nothing waits for anything."""

    def ask(
        self,
        known: "KnownMission",
        now: "datetime",
        *,
        told: "Callable[[Replanning], None]",
        failed: "Callable[[str], None]",
        what_if: "WhatIf",
    ) -> None:
        """Look for them; what was asked before is dropped.

        From another thread `told` hears of better and better ones until they are done, or `failed`
        why there are none. Raises OrchestratorError where nothing can be looked for.
        """
        ...

    def cancel(self) -> None:
        """Look no further."""
        ...

    def close(self) -> None:
        """End, and leave nothing running."""
        ...


class Moment(Protocol):
    """The missions as they were when something had just happened."""

    @property
    def event(self) -> "RecordedEvent":
        """Return what had happened."""
        ...

    @property
    def assessment(self) -> Assessment:
        """Return what followed then."""
        ...


class Archive(Protocol):
    """What the history holds; everything may wait for a disk, so it is asked in threads.

    All of it raises OrchestratorError, with what is wrong.
    """

    def newest(
        self, mission: MissionId | None = None, limit: int = 500
    ) -> "tuple[RecordedEvent, ...]":
        """Return the newest events, the newest first; of one mission or of all."""
        ...

    def about(
        self, mission: MissionId, subjects: "Collection[str]", limit: int = 500
    ) -> "tuple[RecordedEvent, ...]":
        """Return the newest events of a mission on any of `subjects`, the newest first."""
        ...

    def read_messages(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        """Return the ids of the messages that an agent said it has read."""
        ...

    def metrics(
        self, mission: MissionId | None, length: "timedelta", now: "datetime"
    ) -> "Metrics | None":
        """Return how well a mission was led, or all were, over so long until `now`.

        None where nothing is recorded.
        """
        ...

    def moment(self, sequence: int) -> Moment:
        """Return the moment of an event."""
        ...

    def before(self, sequence: int | None, mission: MissionId | None = None) -> Moment | None:
        """Return the moment of the event before; a sequence that is None is now."""
        ...

    def after(self, sequence: int, mission: MissionId | None = None) -> Moment | None:
        """Return the moment of the event after; None where that is now."""
        ...
