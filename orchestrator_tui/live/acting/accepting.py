"""Accepting a plan and dismissing all of them: a ruling, and one edit of the mission.

The decision is judged again while the mission is locked, of the mission as it is then, and kept
just before the file is written. Where that fails, nothing was decided.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator_tui.domain.deeds import AcceptPlan, DismissPlan
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.accepting import PlanKept, keep_acceptance, keep_dismissal
from orchestrator_tui.io.editing.present import FilesRead
from orchestrator_tui.io.mission_edit import Written, edit_mission
from orchestrator_tui.io.reading.discovery import FoundMission
from orchestrator_tui.live.acting.decisions import Decision
from orchestrator_tui.live.acting.desk import COMMAND
from orchestrator_tui.live.acting.looking import Look, look_at_mission
from orchestrator_tui.live.acting.signing import Pen, Signatory

PlanDeed: TypeAlias = AcceptPlan | DismissPlan


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a decision on plans."""

    text: str
    ruling: Ruling
    written: Written | None
    """None where nothing was to be written."""
    notices: tuple[str, ...]
    """What the person should know beside that."""


def settle(found: FoundMission, deed: PlanDeed, signatory: Signatory, known: FilesRead) -> Settled:
    """Take a decision on plans, and write what it writes.

    Raises MissionNotFound, UsageError, MissionInvalid or WriteRefused where it cannot be taken:
    then there is none.
    """
    look = look_at_mission(found, signatory)
    kept = _kept(look, deed, signatory)  # what is refused need not wait for the lock
    with signatory.rulings() as rulings:
        pen = signatory.pen(rulings, found.id)
        if not kept.edits:
            ruling = _keep(pen, deed, kept, look)
            return Settled(_sentence(kept), ruling, None, rulings.notices)
        act = _Act(found, deed, signatory, look=look, pen=pen)
        written, ruling = act.write(known)
        notices = (*written.notices, *rulings.notices)
        return Settled(_sentence(kept), ruling, written, notices)


class _Act:
    """One decision while the mission is locked: judged again whenever that is another one."""

    def __init__(
        self,
        found: FoundMission,
        deed: PlanDeed,
        signatory: Signatory,
        *,
        look: Look,
        pen: Pen,
    ) -> None:
        self._found = found
        self._deed = deed
        self._signatory = signatory
        self._look = look
        self._pen = pen
        self._ruling: Ruling | None = None

    def write(self, known: FilesRead) -> tuple[Written, Ruling]:
        """Write it, and return the ruling behind it; raises OrchestratorError."""
        try:
            written = edit_mission(
                self._found.path,
                self._plan,
                state=self._signatory.state,
                present=self._signatory.clock(),
                command=COMMAND,
                known=known,
            )
        except BaseException:
            self._let_go()
            raise
        if self._ruling is None:
            raise AssertionError  # pragma: no cover - what was written was planned
        return written, self._ruling

    def _plan(self, mission: Mission) -> Sequence[Edit]:
        if self._ruling is None or mission != self._look.mission:
            if mission != self._look.mission:
                self._look = look_at_mission(self._found, self._signatory)
            kept = _kept(self._look, self._deed, self._signatory)
            self._let_go()
            self._ruling = _keep(self._pen, self._deed, kept, self._look)
        return self._ruling.edits

    def _let_go(self) -> None:
        if self._ruling is not None:
            taken, self._ruling = self._ruling, None
            with suppress(OrchestratorError):  # why nothing was written says more
                self._pen.take(RulingKind.WITHDRAWN, taken.id)


def _kept(look: Look, deed: PlanDeed, signatory: Signatory) -> PlanKept:
    actor, now = signatory.actor, look.at
    if isinstance(deed, DismissPlan):
        return keep_dismissal(look.mission, deed, actor=actor, now=now)
    return keep_acceptance(look.mission, look.judgement, deed, actor=actor, now=now)


def _keep(pen: Pen, deed: PlanDeed, kept: PlanKept, look: Look) -> Ruling:
    is_accepted = isinstance(deed, AcceptPlan)
    decision = Decision(
        RulingKind.PLAN_ACCEPTED if is_accepted else RulingKind.PLAN_DISMISSED,
        pen.mission,
        "",
        comment=kept.comment,
        plan=kept.plan,
        causes=kept.causes,
    )
    return pen.keep(decision, edits=kept.edits, at=look.at)


def _sentence(kept: PlanKept) -> str:
    """Return what the person is told."""
    if kept.plan is not None:
        return f"the plan is accepted: {shorten(kept.plan.title)}"
    if kept.edits:
        return f"the plan is kept, and {_named(kept)} dismissed"
    return "the plan is kept as it is"


def _named(kept: PlanKept) -> str:
    names = [shorten(each.subject) for each in kept.causes]
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"
