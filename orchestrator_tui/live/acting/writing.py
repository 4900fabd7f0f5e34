"""A person's edits, written into a mission's file under a ruling with the person's name."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import assert_never

from orchestrator_tui.domain.deeds import (
    Assign,
    Block,
    DecideChange,
    FileDeed,
    GiveReview,
    Prioritize,
    Report,
    Resolve,
)
from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.domain.errors import OrchestratorError, WriteRefused
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.io.editing.drafts import Change
from orchestrator_tui.io.editing.present import FilesRead
from orchestrator_tui.io.mission_edit import Written, edit_mission
from orchestrator_tui.live.acting.decisions import Decision
from orchestrator_tui.live.acting.desk import COMMAND, Done
from orchestrator_tui.live.acting.places import still_says
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.signing import Signatory, Signature

Plan = Callable[[Mission], Sequence[Edit]]


class Writing:
    """Writes edits, and writes back what was there before."""

    def __init__(self, signatory: Signatory, poke: Callable[[], None]) -> None:
        self.known = FilesRead()
        """Parts as they were read last: of those, only what changed is read again."""
        self._signatory = signatory
        self._poke = poke

    def write(self, mission: MissionId, deed: FileDeed) -> Done:
        """Write what a deed changes; raises an OrchestratorError where it cannot be."""
        now = self._signatory.clock()
        text = _sentence(deed)
        actor = self._signatory.actor
        written, ruling, notices = self._edit(
            mission, lambda each: edits_of(each, deed, now, actor=actor)
        )
        if not written.files:
            return Done(with_notices(f"{text} already", notices), mission)
        return Done(
            with_notices(text, notices),
            mission,
            can_undo=True,
            ruling=ruling,
            edits=written.edits,
            before=written.before,
            changes=written.changes,
        )

    def carry_out(self, mission: MissionId, decision: Decision, plan: Plan) -> Done:
        """Write what a decision asks for, and keep it with what it wrote.

        Raises an OrchestratorError where it cannot be: then nothing was decided.
        """
        written, ruling, notices = self._edit(mission, plan, decision=decision)
        if not written.files:
            return Done(with_notices(f"{decision.text} already", notices), mission)
        return Done(
            with_notices(decision.text, notices),
            mission,
            can_undo=True,
            ruling=ruling,
            edits=written.edits,
            before=written.before,
            changes=written.changes,
            settles_plans=True,
        )

    def unwrite(self, done: Done) -> Done:
        """Let the file say again what it said before; raises WriteRefused as `undo` does."""
        back = tuple(_back(place, value) for place, value in reversed(done.before))

        def plan(present: Mission) -> Sequence[Edit]:
            for each in done.edits:
                if not still_says(present, each):
                    raise WriteRefused(
                        f"not taken back: somebody changed {'.'.join(each.place)} since"
                    )
            return back

        _, _, notices = self._edit(done.mission, plan, taken_back=done.changes)
        return Done(with_notices(f"taken back: {done.text}", notices), done.mission)

    def _edit(
        self,
        mission: MissionId,
        plan: Plan,
        *,
        taken_back: Sequence[Change] = (),
        decision: Decision | None = None,
    ) -> tuple[Written, str, tuple[str, ...]]:
        """Write what `plan` says into the mission's file.

        Returns what was written, the id of its ruling, and what the person should know beside that.
        """
        found = find_mission(self._signatory.path, mission)
        with self._signatory.rulings() as rulings:
            signature = Signature(self._signatory.pen(rulings, mission), decision)

            def signed(present: Mission) -> Sequence[Edit]:
                edits = plan(present)
                signature.put_under(edits)
                return edits

            try:
                written = edit_mission(
                    found.path,
                    signed,
                    state=self._signatory.state,
                    present=self._signatory.clock(),
                    command=COMMAND,
                    known=self.known,
                    taken_back=taken_back,
                )
            except BaseException:
                with suppress(OrchestratorError):  # why nothing was written says more
                    signature.withdraw()
                raise
            if not written.files:
                signature.withdraw()
        self._poke()
        return written, signature.ruling, (*written.notices, *rulings.notices)


def with_notices(text: str, notices: Iterable[str]) -> str:
    """Return the sentence, and what the person should know beside it."""
    return "; ".join((text, *notices))


def _back(place: Place, value: Value | None) -> Edit:
    return Remove(place) if value is None else Put(place, value)


def _sentence(deed: FileDeed) -> str:
    """Return what the person is told."""
    match deed:
        case Report():
            said = f"the report of {deed.agent} is written"
        case Block():
            said = f"{deed.agent} is blocked"
        case Resolve():
            said = f"{deed.blocker} is resolved"
        case Prioritize():
            said = f"{deed.task} has the priority {deed.priority}"
        case Assign():
            said = f"{deed.task} is with {deed.agent or 'nobody'}"
        case GiveReview():
            said = f"the review of {deed.milestone} by {deed.by} is written"
        case DecideChange():
            said = f"{deed.change} is {deed.verdict.lower()}"
        case _:
            assert_never(deed)
    return said
