"""Looking for ways to go on with a mission: what was asked, and what is known of the answer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf
from orchestrator_tui.presentation.rows.replan_search import Search
from orchestrator_tui.ui.plan_facts import PlanFacts, plan_facts
from orchestrator_tui.ui.ports import Planner

if TYPE_CHECKING:
    from orchestrator_tui.domain.snapshot import KnownMission

REST_SECONDS: Final = 10.0
"""The least time between two searches of which nobody asked for the second."""
NOT_AT_HAND: Final = "This mission is being read: the search begins in a moment"


class PlanSearch:
    """One question at a time, and the newest answer to it.

    Answers come from another thread, whose only part is to keep the newest and to wake the screen:
    a screen that is slow takes in what counts, and nothing queues up.
    """

    def __init__(
        self, planner: Planner, wake: Callable[[], object], *, monotonic: Callable[[], float]
    ) -> None:
        """Prepare; `wake` is called from another thread, and has `take` called."""
        self._planner = planner
        self._wake = wake
        self._monotonic = monotonic
        self._lock = Lock()
        self._number = 0
        """Of the question; what is told of an earlier one is too late."""
        self._told: Replanning | str | None = None
        self._is_waking = False
        self._asked_at = 0.0
        self._facts: PlanFacts | None = None
        self._what_if = AS_IT_IS
        self._state = Search()
        self._revision = ""

    @property
    def what_if(self) -> WhatIf:
        """Return what is imagined."""
        return self._what_if

    @property
    def found(self) -> Replanning | None:
        """Return what is known so far."""
        return self._state.found

    @property
    def state(self) -> Search:
        """Return how the search stands."""
        found = self._state.found
        is_outdated = found is not None and found.revision != self._revision
        return self._state._replace(is_outdated=is_outdated)

    # Asking

    def follow(self, mission: MissionAssessment, now: datetime) -> bool:
        """Take in what is so now; ask if nobody did yet, or if what plans rest on has changed.

        Says whether it asked. A search that is under way comes to its end before, so that one does
        even where something changes all the time.
        """
        self._revision = mission.revision
        known, facts = mission.known, _facts_of(mission)
        if known is None or facts is None:
            return False
        if self._facts is None:
            self._ask(known, facts, now)
            return True
        is_rested = self._monotonic() - self._asked_at >= REST_SECONDS
        if facts == self._facts or not is_rested or self._state.is_searching:
            return False
        self._ask(known, facts, now)
        return True

    def ask(self, mission: MissionAssessment, now: datetime, what_if: WhatIf) -> None:
        """Ask anew, of the mission as it is now, or as it is imagined."""
        if what_if != self._what_if:
            self._state = Search()
        self._what_if = what_if
        self._revision = mission.revision
        facts = _facts_of(mission)
        if mission.known is not None and facts is not None:
            self._ask(mission.known, facts, now)

    def stop(self) -> None:
        """Search no further; what was found stays."""
        self._end_the_question()
        self._planner.cancel()
        if self._state.is_searching:
            self._state = self._state._replace(is_searching=False, is_cancelled=True)

    def _ask(self, known: "KnownMission", facts: PlanFacts, now: datetime) -> None:
        number = self._end_the_question()
        self._facts, self._asked_at = facts, self._monotonic()
        self._state = Search(self._state.found, is_searching=True)
        try:
            self._planner.ask(
                known,
                now,
                told=partial(self._keep, number),
                failed=partial(self._keep, number),
                what_if=self._what_if,
            )
        except OrchestratorError as error:
            self._state = Search(self._state.found, failure=plain_text(str(error)))

    def _end_the_question(self) -> int:
        with self._lock:
            self._number += 1
            self._told = None
            return self._number

    # Answers

    def _keep(self, number: int, told: Replanning | str) -> None:
        """Keep what another thread tells; the last word of it is the one that counts."""
        with self._lock:
            if number != self._number:
                return
            self._told = told
            is_awake, self._is_waking = self._is_waking, True
        if not is_awake:
            self._wake()

    def take(self) -> bool:
        """Take in what was told last; say whether there is anything new."""
        with self._lock:
            told, self._told = self._told, None
            self._is_waking = False
        if told is None:
            return False
        if isinstance(told, str):
            self._state = Search(self._state.found, failure=plain_text(told))
        else:
            self._state = Search(told, is_searching=not told.is_done)
        return True


def _facts_of(mission: MissionAssessment) -> PlanFacts | None:
    if mission.known is None or mission.known.mission is None or mission.judgement is None:
        return None
    return plan_facts(mission.known.mission, mission.judgement)
