"""Approving and rejecting: a ruling on what was shown, which the mission's file then shows.

The ruling is the decision. It is taken while the mission is locked and is what it was when it was
judged, just before the file is written; where that fails, the file is written later.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from orchestrator_tui.domain.deeds import Decide
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.errors import OrchestratorError, WriteRefused
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.approving import DecisionKept, keep_decision, milestone_of
from orchestrator_tui.engine.saying import whole_second
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.io.reading.discovery import FoundMission
from orchestrator_tui.live.acting.decisions import Decision
from orchestrator_tui.live.acting.desk import COMMAND
from orchestrator_tui.live.acting.looking import Look, look_at_mission
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.projecting import edits_to_come, projections
from orchestrator_tui.live.acting.signing import Signatory

NOT_SHOWN_YET: Final = "the file does not show it yet, and will as soon as it can be written"


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision."""

    ruling: Ruling
    notices: tuple[str, ...]
    """What the person should know beside that."""


def decide(found: FoundMission, deed: Decide, signatory: Signatory) -> Decided:
    """Take a decision on a milestone, and let the file show it.

    Raises MissionNotFound, UsageError, MissionInvalid or WriteRefused where it cannot be taken:
    then there is none.
    """
    look = look_at_mission(found, signatory)
    _kept(look, deed, signatory, signatory.clock())  # what is refused need not wait for the lock
    with signatory.rulings() as rulings:
        act = _Act(found, deed, signatory, look=look, rulings=rulings)
        try:
            notices = _write(found, act.plan, signatory)
        except OrchestratorError as error:
            if act.ruling is None:
                raise
            notices = (f"{NOT_SHOWN_YET} ({_first_line(error)})",)
        if act.ruling is None:
            raise WriteRefused("nothing was decided: the mission could not be looked at again")
        return Decided(act.ruling, (*notices, *rulings.notices))


def take_back(ruling: Ruling, signatory: Signatory) -> tuple[str, ...]:
    """Take back a decision, and let the file show the one before it, or none.

    Returns what the person should know beside that. A file that cannot be written now is put right
    later.
    """
    with signatory.rulings() as rulings:
        pen = signatory.pen(rulings, ruling.mission)
        withdraw = cache(lambda: pen.take(RulingKind.WITHDRAWN, ruling.id))

        def plan(mission: Mission) -> Sequence[Edit]:
            withdraw()
            instead = projections(rulings.all(ruling.mission))
            return edits_to_come(mission, instead[ruling.mission, ruling.subject])

        try:
            notices = _write(find_mission(signatory.path, ruling.mission), plan, signatory)
        except OrchestratorError as error:
            withdraw()
            notices = (f"the file shows it until it can be written ({_first_line(error)})",)
        return (*notices, *rulings.notices)


def withdrawable(rulings: Rulings, ruling: str, mission: MissionId) -> Ruling:
    """Return the ruling of that id; raises WriteRefused where it was taken back already."""
    for each in standing(rulings.all(mission)):
        if each.id == ruling:
            return each
    raise WriteRefused("it was taken back already")


class _Act:
    """One decision while the mission is locked: judged again whenever that is another one."""

    def __init__(
        self,
        found: FoundMission,
        deed: Decide,
        signatory: Signatory,
        *,
        look: Look,
        rulings: Rulings,
    ) -> None:
        self.ruling: Ruling | None = None
        self._found = found
        self._deed = deed
        self._signatory = signatory
        self._look = look
        self._pen = signatory.pen(rulings, found.id)

    def plan(self, mission: Mission) -> Sequence[Edit]:
        """Return what the file is to show, once the ruling is taken; raises OrchestratorError."""
        if self.ruling is None or mission != self._look.mission:
            self._take(mission)
        return () if self.ruling is None else self.ruling.edits

    def _take(self, mission: Mission) -> None:
        now = self._signatory.clock()
        try:
            if mission != self._look.mission:
                self._look = look_at_mission(self._found, self._signatory)
            kept = _kept(self._look, self._deed, self._signatory, now)
        except OrchestratorError:
            self._let_go()
            raise
        if self.ruling is None:
            decision = _decision(self._deed, kept)
            at = _counts_from(self._deed, now)
            self.ruling = self._pen.keep(decision, edits=kept.edits, at=at)

    def _let_go(self) -> None:
        if self.ruling is not None:
            taken, self.ruling = self.ruling, None
            with suppress(OrchestratorError):  # why nothing is decided says more
                self._pen.take(RulingKind.WITHDRAWN, taken.id)


def _kept(look: Look, deed: Decide, signatory: Signatory, now: datetime) -> DecisionKept:
    milestone_of(look.mission, deed.milestone)
    judged = next(each for each in look.judgement.milestones if each.id == deed.milestone)
    return keep_decision(look.mission, judged, deed, actor=signatory.actor, now=now)


def _counts_from(deed: Decide, now: datetime) -> datetime:
    """Return from when a decision counts.

    What is approved is so for those, too, who look in whole seconds right after it. A rejection is
    over as soon as something is newer, and what was there in the same second is not.
    """
    return whole_second(now) if deed.decision is ApprovalDecision.APPROVED else now


def _decision(deed: Decide, kept: DecisionKept) -> Decision:
    is_approved = deed.decision is ApprovalDecision.APPROVED
    return Decision(
        RulingKind.APPROVED if is_approved else RulingKind.REJECTED,
        deed.milestone,
        f"{deed.milestone} is {deed.decision}",
        comment=kept.comment,
        digest=deed.evidence,
        looked_seconds=deed.looked_seconds,
    )


def _write(
    found: FoundMission, plan: Callable[[Mission], Sequence[Edit]], signatory: Signatory
) -> tuple[str, ...]:
    present = signatory.clock()
    written = edit_mission(
        found.path, plan, state=signatory.state, present=present, command=COMMAND
    )
    return written.notices


def _first_line(error: Exception) -> str:
    return plain_text(str(error).partition("\n")[0])
