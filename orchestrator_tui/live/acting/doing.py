"""How a person's deeds are done and undone: what they bring along is imported when needed."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import assert_never

from orchestrator_tui.domain.deeds import (
    Acknowledge,
    Assign,
    Block,
    Deed,
    FileDeed,
    Note,
    Prioritize,
    Report,
    Resolve,
    Ruled,
    Tick,
)
from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.domain.errors import OrchestratorError, UsageError, WriteRefused
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.editing.present import FilesRead
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings, standing
from orchestrator_tui.io.mission_edit import Written, edit_mission
from orchestrator_tui.live.acting.decisions import Decision, decision_of
from orchestrator_tui.live.acting.desk import COMMAND, Done
from orchestrator_tui.live.acting.places import still_says
from orchestrator_tui.live.acting.present_mission import find_mission, mission_shown
from orchestrator_tui.live.acting.signing import Pen, Signature

Plan = Callable[[Mission], Sequence[Edit]]


class Doing:
    """Writes deeds into missions' files, or keeps them as rulings.

    Every deed leaves a ruling with the person's name, taken before the file is written, so that
    whoever records what happened can say who did it.
    """

    def __init__(
        self, path: Path, *, state: Path, clock: Clock, actor: str, poke: Callable[[], None]
    ) -> None:
        self._path = path
        self._state = state
        self._folder = history_folder(state, path)
        self._clock = clock
        self._actor = actor
        self._poke = poke
        self._known = FilesRead()
        """Parts as they were read last: of those, only what changed is read again."""

    def do(self, mission: MissionId, deed: Deed) -> Done:
        """Do it; raises an OrchestratorError where it cannot be."""
        match deed:
            case Report() | Block() | Resolve() | Prioritize() | Assign():
                return self._write(mission, deed)
            case Acknowledge() | Tick() | Note():
                return self._rule(mission, deed)
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
        found = find_mission(self._path, mission)
        with self._rulings() as rulings:
            signature = Signature(self._pen(rulings, mission))

            def signed(present: Mission) -> Sequence[Edit]:
                edits = plan(present)
                signature.put_under(edits)
                return edits

            try:
                written = edit_mission(
                    found.path,
                    signed,
                    state=self._state,
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
        found = find_mission(self._path, mission)
        shown = mission_shown(found, now, history=self._folder, clock=self._clock)
        decision = decision_of(shown, mission, deed, now)
        with self._rulings() as rulings:
            if decision.kind is RulingKind.TICKED and _holds(rulings, mission, decision):
                return Done(f"{decision.text} already", mission)
            ruling = self._pen(rulings, mission).take(
                decision.kind, decision.subject, comment=decision.comment
            )
        self._poke()
        text = _told(decision.text, rulings.notices)
        return Done(text, mission, can_undo=True, ruling=ruling.id)

    def _withdraw(self, done: Done) -> Done:
        with self._rulings() as rulings:
            if all(each.id != done.ruling for each in standing(rulings.all(done.mission))):
                raise WriteRefused("it was taken back already")
            self._pen(rulings, done.mission).take(RulingKind.WITHDRAWN, done.ruling)
        self._poke()
        return Done(_told(f"taken back: {done.text}", rulings.notices), done.mission)

    def _rulings(self) -> Rulings:
        return Rulings.open(self._folder, clock=self._clock)

    def _pen(self, rulings: Rulings, mission: MissionId) -> Pen:
        return Pen(rulings, mission=mission, actor=self._actor, clock=self._clock)


def _holds(rulings: Rulings, mission: MissionId, decision: Decision) -> bool:
    return any(
        (each.kind, each.subject) == (decision.kind, decision.subject)
        for each in standing(rulings.all(mission))
    )


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
        case _:
            assert_never(deed)
