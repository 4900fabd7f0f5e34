"""Sees to it that what was approved is handed over, also where the app was killed before it was."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.live.acting.projecting import projections

GRACE: Final = timedelta(seconds=30)
"""After an approval the desk hands over itself, or the person takes it back."""
Begin = Callable[[Callable[[], None]], object]
"""Has something done beside the loop."""


class Handovers:
    """Hands over every approved milestone that was not, once in the life of a program."""

    def __init__(
        self,
        path: Path,
        *,
        state: Path,
        clock: Clock,
        rulings: Callable[[], tuple[Ruling, ...]],
        begin: Begin | None = None,
    ) -> None:
        """Prepare; `path` is what is watched, and `rulings` returns all there are, in order."""
        self._path = path
        self._state = state
        self._clock = clock
        self._rulings = rulings
        self._begin = begin or _in_a_thread
        self._looked_at: tuple[Ruling, ...] = ()
        self._approvals: Sequence[Ruling] = ()
        """Those that hold, and were not looked after as yet."""
        self._told: SimpleQueue[Problem] = SimpleQueue()
        self._problems: tuple[Problem, ...] = ()

    def see_to_it(self, snapshot: Snapshot, now: datetime) -> tuple[Problem, ...]:
        """Begin what is due, and return what a person should know; never waits."""
        self._take_problems()
        readable = {
            each.id: each.path
            for each in snapshot.missions
            if each.mission is not None and each.stale_since is None and each.missing_since is None
        }
        for each in self._to_look_after():
            if each.mission in readable and now - each.at >= GRACE:
                self._approvals = [other for other in self._approvals if other is not each]
                self._hand_over(each, readable[each.mission])
        return self._problems

    def _to_look_after(self) -> Sequence[Ruling]:
        rulings = self._rulings()
        if rulings is not self._looked_at:
            known = {each.id for each in self._looked_at}
            self._looked_at = rulings
            waiting = {each.id for each in self._approvals}
            self._approvals = [
                each.ruling
                for each in projections(rulings).values()
                if each.ruling.kind is RulingKind.APPROVED
                and not each.is_taken_back
                and (each.ruling.id in waiting or each.ruling.id not in known)
            ]
        return self._approvals

    def _hand_over(self, ruling: Ruling, shown: str) -> None:
        def work() -> None:
            # what it takes is heavy, and hardly ever needed
            from orchestrator_tui.live.acting.handing_over import hand_over_once  # noqa: PLC0415
            from orchestrator_tui.live.acting.present_mission import find_mission  # noqa: PLC0415
            from orchestrator_tui.live.acting.signing import Signatory  # noqa: PLC0415

            signatory = Signatory(self._path, self._state, self._clock, ruling.actor)
            try:
                found = find_mission(self._path, ruling.mission)
            except OrchestratorError:
                return  # gone meanwhile: there is nobody to hand over to
            for each in hand_over_once(found, ruling, signatory):
                self._told.put(Problem(Severity.WARNING, shown, None, None, each))

        self._begin(work)

    def _take_problems(self) -> None:
        while True:
            try:
                self._problems = (*self._problems, self._told.get_nowait())
            except Empty:
                return


def _in_a_thread(work: Callable[[], None]) -> None:
    Thread(target=work, name="handover", daemon=True).start()
