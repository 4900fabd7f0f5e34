"""How a person's deeds are done and undone: what they bring along is imported when needed."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, assert_never

from orchestrator_tui.domain.deeds import (
    Acknowledge,
    Assign,
    Block,
    Decide,
    Deed,
    Delegate,
    Distrust,
    FileDeed,
    GiveReview,
    Note,
    Prioritize,
    Report,
    Resolve,
    Ruled,
    Snooze,
    Tick,
    Trust,
)
from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.domain.errors import OrchestratorError, UsageError, WriteRefused
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import LASTING, Ruling, RulingKind
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.editing.present import FilesRead
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.io.mission_edit import Written, edit_mission
from orchestrator_tui.live.acting.deciding import decide, take_back, withdrawable
from orchestrator_tui.live.acting.decisions import Decision, decision_of
from orchestrator_tui.live.acting.desk import COMMAND, Done
from orchestrator_tui.live.acting.handing_over import follow_what_holds, hand_over_now
from orchestrator_tui.live.acting.places import still_says
from orchestrator_tui.live.acting.present_mission import find_mission, mission_shown
from orchestrator_tui.live.acting.signing import Signatory, Signature
from orchestrator_tui.live.acting.trusting import distrusting, trusting

_SAID_ONCE: Final = (
    frozenset({RulingKind.TICKED}),
    frozenset({RulingKind.TRUSTED, RulingKind.DISTRUSTED}),
)
"""Sorts of rulings of which another one that says the same would say nothing."""

Plan = Callable[[Mission], Sequence[Edit]]


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
        self._known = FilesRead()
        """Parts as they were read last: of those, only what changed is read again."""

    def do(self, mission: MissionId, deed: Deed) -> Done:
        """Do it; raises an OrchestratorError where it cannot be."""
        match deed:
            case Report() | Block() | Resolve() | Prioritize() | Assign() | GiveReview():
                return self._write(mission, deed)
            case Acknowledge() | Snooze() | Delegate() | Tick() | Note() | Trust() | Distrust():
                return self._rule(mission, deed)
            case Decide():
                return self._decide(mission, deed)
            case _:
                assert_never(deed)

    def undo(self, done: Done) -> Done:
        """Take it back; raises WriteRefused where somebody went on from there."""
        if not done.can_undo:
            raise UsageError("this cannot be taken back")
        return self._unwrite(done) if done.edits else self._withdraw(done)

    def _write(self, mission: MissionId, deed: FileDeed) -> Done:
        now = self._clock()
        text = _sentence(deed)
        written, ruling, notices = self._edit(mission, lambda each: edits_of(each, deed, now))
        if not written.files:
            return Done(_told(f"{text} already", notices), mission)
        return Done(
            _told(text, notices),
            mission,
            can_undo=True,
            ruling=ruling,
            edits=written.edits,
            before=written.before,
        )

    def _unwrite(self, done: Done) -> Done:
        back = tuple(_back(place, value) for place, value in reversed(done.before))

        def plan(present: Mission) -> Sequence[Edit]:
            for each in done.edits:
                if not still_says(present, each):
                    raise WriteRefused(
                        f"not taken back: somebody changed {'.'.join(each.place)} since"
                    )
            return back

        _, _, notices = self._edit(done.mission, plan)
        return Done(_told(f"taken back: {done.text}", notices), done.mission)

    def _edit(self, mission: MissionId, plan: Plan) -> tuple[Written, str, tuple[str, ...]]:
        """Write what `plan` says into the mission's file.

        Returns what was written, the id of its ruling, and what the person should know beside that.
        """
        found = find_mission(self._signatory.path, mission)
        with self._signatory.rulings() as rulings:
            signature = Signature(self._signatory.pen(rulings, mission))

            def signed(present: Mission) -> Sequence[Edit]:
                edits = plan(present)
                signature.put_under(edits)
                return edits

            try:
                written = edit_mission(
                    found.path,
                    signed,
                    state=self._signatory.state,
                    present=self._clock(),
                    command=COMMAND,
                    known=self._known,
                )
            except BaseException:
                with suppress(OrchestratorError):  # why nothing was written says more
                    signature.withdraw()
                raise
            if not written.files:
                signature.withdraw()
        self._poke()
        return written, signature.ruling, (*written.notices, *rulings.notices)

    def _rule(self, mission: MissionId, deed: Ruled) -> Done:
        now = self._clock()
        found = find_mission(self._signatory.path, mission)
        shown = mission_shown(found, now, history=self._signatory.folder, clock=self._clock)
        with self._signatory.rulings() as rulings:
            holding = standing(rulings.all(mission))
            match deed:
                case Trust():
                    decision = trusting(found, shown, deed)
                case Distrust():
                    decision = distrusting(shown, deed, holding)
                case _:
                    decision = decision_of(shown, mission, deed, now)
            if _says_nothing_new(decision, holding):
                return Done(f"{decision.text} already", mission)
            ruling = self._signatory.pen(rulings, mission).keep(decision)
        self._poke()
        text = _told(decision.text, rulings.notices)
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
        told = _told(text, (*decided.notices, *followed))
        return Done(told, mission, can_undo=True, ruling=decided.ruling.id)

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
        return Done(_told(f"taken back: {done.text}", notices), done.mission)


def _says_nothing_new(decision: Decision, holding: Iterable[Ruling]) -> bool:
    """Say whether the newest ruling of its sort on the subject says the same."""
    sort = next((each for each in _SAID_ONCE if decision.kind in each), None)
    if sort is None:
        return False
    said = [each for each in holding if each.kind in sort and each.subject == decision.subject]
    if not said:
        return decision.kind is RulingKind.DISTRUSTED
    return (said[-1].kind, said[-1].digest) == (decision.kind, decision.digest)


def _back(place: Place, value: Value | None) -> Edit:
    return Remove(place) if value is None else Put(place, value)


def _told(text: str, notices: Iterable[str]) -> str:
    """Return the sentence, and what the person should know beside it."""
    return "; ".join((text, *notices))


def _sentence(deed: FileDeed) -> str:
    """Return what the person is told."""
    match deed:
        case Report():
            return f"the report of {deed.agent} is written"
        case Block():
            return f"{deed.agent} is blocked"
        case Resolve():
            return f"{deed.blocker} is resolved"
        case Prioritize():
            return f"{deed.task} has the priority {deed.priority}"
        case Assign():
            return f"{deed.task} is with {deed.agent or 'nobody'}"
        case GiveReview():
            return f"the review of {deed.milestone} by {deed.by} is written"
        case _:
            assert_never(deed)
