"""What a person does in the app: written into the mission's file, or kept as a ruling."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator_tui.domain.deeds import AcceptPlan, Deed
from orchestrator_tui.domain.edits import Edit, Place, Value
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock

if TYPE_CHECKING:
    from orchestrator_tui.io.editing.drafts import Change
    from orchestrator_tui.live.acting.doing import Doing

COMMAND = "app"
"""What those are told who wait for a mission while the app writes it."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that a person did, and what it takes to undo it."""

    text: str
    """The sentence for the person."""
    mission: MissionId
    can_undo: bool = False
    ruling: str = ""
    """The id of the ruling that it is."""
    edits: tuple[Edit, ...] = ()
    """What was written into the mission's file; nothing where it is a ruling alone."""
    before: tuple[tuple[Place, Value | None], ...] = ()
    """What the places of the edits said before."""
    changes: "tuple[Change, ...]" = ()
    """What the files said before, and after it."""
    settles_plans: bool = False
    """Whether the ruling has to be taken back with what was written."""


class Desk:
    """Does what a person decides in the app, at once and from any thread."""

    def __init__(
        self, path: Path, *, state: Path, clock: Clock, actor: str, poke: Callable[[], None]
    ) -> None:
        """Prepare; `path` is what the app shows, and `poke` lets it look at the files at once."""
        self._path = path
        self._state = state
        self._clock = clock
        self._actor = plain_text(actor)
        self._poke = poke
        self._doing: Doing | None = None

    @property
    def actor(self) -> str:
        """Return who acts, as the settings or the login name them."""
        return self._actor

    def do(self, mission: MissionId, deed: Deed) -> Done:
        """Do it, and return what was done; raises an OrchestratorError where it cannot be.

        It waits for the disk, and up to five seconds for somebody who writes the same mission.
        """
        return self._done_by().do(mission, deed)

    def undo(self, done: Done) -> Done:
        """Take back what was done, as it would be done: in any thread, waiting as long.

        Raises WriteRefused where somebody went on from there.
        """
        return self._done_by().undo(done)

    def preview(self, mission: MissionId, deed: AcceptPlan) -> tuple[FileDiff, ...]:
        """Return how the mission's files would change by `deed`; nothing is written.

        Raises an OrchestratorError where it could not be done for what it says.
        """
        from orchestrator_tui.live.acting.previewing import preview  # noqa: PLC0415 - as below

        return preview(self._path, mission, deed, actor=self._actor, clock=self._clock)

    def _done_by(self) -> "Doing":
        if self._doing is None:
            # what writes and reads missions is heavy, and the first picture needs none of it
            from orchestrator_tui.live.acting.doing import Doing  # noqa: PLC0415

            self._doing = Doing(
                self._path,
                state=self._state,
                clock=self._clock,
                actor=self._actor,
                poke=self._poke,
            )
        return self._doing
