"""How a person's deeds are done and undone: what they bring along is imported when needed."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, assert_never

from orchestrator_tui.domain.deeds import (
    AcceptPlan,
    Acknowledge,
    Assign,
    Block,
    Decide,
    DecideChange,
    Deed,
    Delegate,
    DismissAdvice,
    DismissPlan,
    Distrust,
    GiveFeedback,
    GiveReview,
    Note,
    Prioritize,
    Report,
    Resolve,
    Ruled,
    Snooze,
    TakeAdvice,
    Tick,
    Trust,
)
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import LASTING, Ruling, RulingKind
from orchestrator_tui.engine.learning.advice.taking import advice_edits
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.live.acting.accepting import settle
from orchestrator_tui.live.acting.advising import dismissing, taking
from orchestrator_tui.live.acting.deciding import decide, take_back, withdrawable
from orchestrator_tui.live.acting.decisions import Decision, decision_of
from orchestrator_tui.live.acting.desk import Done
from orchestrator_tui.live.acting.handing_over import follow_what_holds, hand_over_now
from orchestrator_tui.live.acting.present_mission import find_mission, mission_shown
from orchestrator_tui.live.acting.signing import Signatory
from orchestrator_tui.live.acting.trusting import distrusting, trusting
from orchestrator_tui.live.acting.writing import Writing, with_notices

_SAID_ONCE: Final = (
    frozenset({RulingKind.TICKED}),
    frozenset({RulingKind.TRUSTED, RulingKind.DISTRUSTED}),
    frozenset({RulingKind.ADVICE_DISMISSED}),
)
"""Sorts of rulings of which another one that says the same would say nothing."""


class Doing:
    """Writes deeds into missions' files, keeps them as rulings, or both.

    Every deed leaves a ruling with the person's name, taken before the file is written, so that
    whoever records what happened can say who did it.
    """

    def __init__(
        self, path: Path, *, state: Path, clock: Clock, actor: str, poke: Callable[[], None]
    ) -> None:
        self._signatory = Signatory(path, state, clock, actor)
        self._clock = clock
        self._poke = poke
        self._writing = Writing(self._signatory, poke)

    def do(self, mission: MissionId, deed: Deed) -> Done:
        """Do it; raises an OrchestratorError where it cannot be."""
        match deed:
            case (
                Report() | Block() | Resolve() | Prioritize() | Assign() | GiveReview()
                | DecideChange()
            ):  # fmt: skip
                return self._writing.write(mission, deed)
            case AcceptPlan() | DismissPlan():
                return self._settle(mission, deed)
            case TakeAdvice():
                return self._take_advice(mission, deed)
            case (
                Acknowledge() | Snooze() | Delegate() | Tick() | Note() | Trust() | Distrust()
                | GiveFeedback() | DismissAdvice()
            ):  # fmt: skip
                return self._rule(mission, deed)
            case Decide():
                return self._decide(mission, deed)
            case _:
                assert_never(deed)

    def undo(self, done: Done) -> Done:
        """Take it back; raises WriteRefused where somebody went on from there."""
        if not done.can_undo:
            raise UsageError("this cannot be taken back")
        if done.settles_plans:
            return self._unsettle(done)
        return self._writing.unwrite(done) if done.edits else self._withdraw(done)

    def _rule(self, mission: MissionId, deed: Ruled) -> Done:
        now = self._clock()
        found = find_mission(self._signatory.path, mission)
        shown = mission_shown(found, now, history=self._signatory.folder, clock=self._clock)
        with self._signatory.rulings() as rulings:
            holding = standing(rulings.all(mission))
            match deed:
                case Trust():
                    decision = trusting(found, shown, deed)
                case DismissAdvice():
                    decision = dismissing(deed)
                case Distrust():
                    decision = distrusting(shown, deed, holding)
                case _:
                    decision = decision_of(shown, mission, deed, now)
            if _says_nothing_new(decision, holding):
                return Done(f"{decision.text} already", mission)
            ruling = self._signatory.pen(rulings, mission).keep(decision)
        self._poke()
        text = with_notices(decision.text, rulings.notices)
        return Done(text, mission, can_undo=True, ruling=ruling.id)

    def _decide(self, mission: MissionId, deed: Decide) -> Done:
        found = find_mission(self._signatory.path, mission)
        decided = decide(found, deed, self._signatory)
        self._poke()
        if decided.ruling.kind is RulingKind.APPROVED:
            followed = hand_over_now(found, deed.milestone, self._signatory)
        else:
            followed = follow_what_holds(decided.ruling, self._signatory)
        text = f"{deed.milestone} is {deed.decision.lower()}"
        said = with_notices(text, (*decided.notices, *followed))
        return Done(said, mission, can_undo=True, ruling=decided.ruling.id)

    def _take_advice(self, mission: MissionId, deed: TakeAdvice) -> Done:
        decision, advice = taking(deed), deed.recommendation
        if advice.edits:
            return self._writing.carry_out(
                mission, decision, lambda present: advice_edits(present, advice)
            )
        find_mission(self._signatory.path, mission)
        with self._signatory.rulings() as rulings:
            ruling = self._signatory.pen(rulings, mission).keep(decision)
        self._poke()
        text = with_notices(decision.text, rulings.notices)
        return Done(text, mission, can_undo=True, ruling=ruling.id)

    def _settle(self, mission: MissionId, deed: AcceptPlan | DismissPlan) -> Done:
        found = find_mission(self._signatory.path, mission)
        settled = settle(found, deed, self._signatory, self._writing.known)
        self._poke()
        written = settled.written
        return Done(
            with_notices(settled.text, settled.notices),
            mission,
            can_undo=True,
            ruling=settled.ruling.id,
            edits=() if written is None else written.edits,
            before=() if written is None else written.before,
            changes=() if written is None else written.changes,
            settles_plans=True,
        )

    def _unsettle(self, done: Done) -> Done:
        """Take back what was written, then the decision: the plan before it is in force again."""
        with self._signatory.rulings() as rulings:
            withdrawable(rulings, done.ruling, done.mission)
        undone = self._writing.unwrite(done) if done.edits else None
        withdrawn = self._withdraw(done)
        return withdrawn if undone is None else undone

    def _withdraw(self, done: Done) -> Done:
        with self._signatory.rulings() as rulings:
            ruling = withdrawable(rulings, done.ruling, done.mission)
            if ruling.kind not in LASTING:
                self._signatory.pen(rulings, done.mission).take(RulingKind.WITHDRAWN, done.ruling)
        notices = rulings.notices
        if ruling.kind in LASTING:
            notices = take_back(ruling, self._signatory)
        self._poke()
        if ruling.kind in LASTING:
            notices = (*notices, *follow_what_holds(ruling, self._signatory))
        return Done(with_notices(f"taken back: {done.text}", notices), done.mission)


def _says_nothing_new(decision: Decision, holding: Iterable[Ruling]) -> bool:
    """Say whether the newest ruling of its sort on the subject says the same."""
    sort = next((each for each in _SAID_ONCE if decision.kind in each), None)
    if sort is None:
        return False
    said = [each for each in holding if each.kind in sort and each.subject == decision.subject]
    if not said:
        return decision.kind is RulingKind.DISTRUSTED
    return (said[-1].kind, said[-1].digest) == (decision.kind, decision.digest)
