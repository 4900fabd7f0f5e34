"""The first assessment, made by a process of its own while this one imports the screen.

Reading and judging bring a fifth of a second of imports along. On the other core they cost the
person who waits for the first picture nothing. What is in the workspaces is no part of it: the live
loop tells that a moment later, and the first picture never waits for a disk full of reports.
"""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.side_process import SideProcess

PATIENCE_SECONDS: Final = 3.0
"""After which the live loop goes first: the missions are huge, or the disk is slow."""


class FirstLook:
    """One assessment that is on its way."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        state: Path,
        warns_of_future: bool = True,
        close: tuple[int, ...] = (),
    ) -> None:
        """Begin to look; `state` is where histories are kept.

        `close` names descriptors that only this process may hold open.
        """
        self._side = SideProcess(
            lambda: _seen(path, clock, state, warns_of_future=warns_of_future), close=close
        )

    def take(self) -> Assessment | None:
        """Wait for the assessment, and return it; None where the live loop must go first."""
        seen = self._side.result(PATIENCE_SECONDS)
        if not seen:
            return None
        # These bytes come from our own child through a pipe that nobody else holds.
        found = pickle.loads(seen)  # noqa: S301
        return found if isinstance(found, Assessment) else None


def _seen(path: Path, clock: Clock, state: Path, *, warns_of_future: bool) -> bytes:
    from orchestrator_tui.engine.assess import assess  # noqa: PLC0415 - heavy, and only here
    from orchestrator_tui.io.history.reading_facts import with_facts  # noqa: PLC0415 - only here
    from orchestrator_tui.io.library import read_snapshot  # noqa: PLC0415 - heavy, and only here

    now = clock()
    snapshot = read_snapshot(path, now, warns_of_future=warns_of_future)
    known = with_facts(snapshot, path, state, now)
    seen = assess(known, now)
    # the missions themselves are large, and the live loop brings them along soon enough
    light = tuple(replace(each, mission=None, known=None) for each in seen.missions)
    return pickle.dumps(replace(seen, missions=light), pickle.HIGHEST_PROTOCOL)
