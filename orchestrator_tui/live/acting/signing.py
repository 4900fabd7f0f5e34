"""A person's rulings as they are taken: those that stand alone, and those behind an edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.live.acting.decisions import Decision


@dataclass(frozen=True, slots=True)
class Signatory:
    """The person at the keyboard, and where what it decides is kept."""

    path: Path
    """What the app shows."""
    state: Path
    clock: Clock
    actor: str

    @property
    def folder(self) -> Path:
        """Return the folder of the history."""
        return history_folder(self.state, self.path)

    def rulings(self) -> Rulings:
        """Return the decisions, open; raises HistoryFault."""
        return Rulings.open(self.folder, clock=self.clock)

    def pen(self, rulings: Rulings, mission: MissionId) -> "Pen":
        """Return what takes rulings on `mission` in this person's name."""
        return Pen(rulings, mission=mission, actor=self.actor, clock=self.clock)


class Pen:
    """Takes rulings on one mission in the name of one person."""

    def __init__(self, rulings: Rulings, *, mission: MissionId, actor: str, clock: Clock) -> None:
        self.mission = mission
        self._rulings = rulings
        self._actor = actor
        self._clock = clock

    def take(self, kind: RulingKind, subject: str, *, edits: Sequence[Edit] = ()) -> Ruling:
        """Keep that this was decided now, and return it."""
        return self.keep(Decision(kind, subject, ""), edits=edits)

    def keep(
        self, decision: Decision, *, edits: Sequence[Edit] = (), at: datetime | None = None
    ) -> Ruling:
        """Keep a decision with all that was said and shown, and return it."""
        ruling = Ruling(
            id=uuid4().hex,
            at=at or self._clock(),
            mission=self.mission,
            kind=decision.kind,
            subject=decision.subject,
            actor=decision.actor or self._actor,
            comment=decision.comment,
            digest=decision.digest,
            looked_seconds=decision.looked_seconds,
            until=decision.until,
            to=decision.to,
            score=decision.score,
            edits=tuple(edits),
            plan=decision.plan,
            causes=decision.causes,
        )
        self._rulings.take(ruling)
        return ruling


class Signature:
    """The ruling behind an edit: it is there before the file is written."""

    def __init__(self, pen: Pen, decision: Decision | None = None) -> None:
        """Prepare; `decision` is what the edits carry out, where they are more than edits."""
        self._pen = pen
        self._decision = decision
        self._ruling: Ruling | None = None

    @property
    def ruling(self) -> str:
        """Return the id of the ruling; empty where there is none."""
        return "" if self._ruling is None else self._ruling.id

    def put_under(self, edits: Sequence[Edit]) -> None:
        """Stand behind `edits`, and no longer behind those that were meant before."""
        if self._ruling is not None and self._ruling.edits == tuple(edits):
            return
        self.withdraw()
        if edits and self._decision is not None:
            self._ruling = self._pen.keep(self._decision, edits=edits)
        elif edits:
            place = edits[0].place
            subject = place[1] if len(place) > 1 else self._pen.mission
            self._ruling = self._pen.take(RulingKind.EDITED, subject, edits=edits)

    def withdraw(self) -> None:
        """Stand behind nothing, because nothing was written."""
        if self._ruling is not None:
            withdrawn, self._ruling = self._ruling, None
            self._pen.take(RulingKind.WITHDRAWN, withdrawn.id)
