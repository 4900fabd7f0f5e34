"""What we write into the mission, and what it has to say therefore."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from orchestrator_tui.domain.deeds import Report
from orchestrator_tui.domain.edits import Edit, Place, Put, Value
from orchestrator_tui.domain.ids import AgentId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.io.editing.points import Failpoint, pass_by
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.live.acting.reconciling import Reconciler
from tests.writers.interrupted import passing
from tests.writers.scene import MILESTONES, TASKS, Scene, said_at

MISSION = MissionId("alpha")
RULED = "ruled"
"""The point between a decision and what is written of it."""
_BETWEEN_LOOKS = timedelta(minutes=3)
"""Long enough for a decision to be written again as often as it takes."""


class Ours:
    """One installation of the program, and the acts of those who use it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.now = datetime(2026, 1, 15, 12, tzinfo=UTC)
        self.restart()

    def restart(self) -> None:
        """Begin anew, with what is on the disk."""
        self._known: tuple[Ruling, ...] = ()
        self._reconciler = Reconciler(
            self._scene.missions,
            state=self._scene.state,
            rulings=self.rulings,
            record=lambda _mission, _event: None,
            begin=lambda work: work(),
        )

    def report(self, agent: str, task: str, quality: int, reached: Failpoint) -> None:
        """Let an agent report, as its own command does."""
        deed = Report(agent=AgentId(agent), task=TaskId(task), quality=quality)
        self._edit(lambda mission: edits_of(mission, deed, self.now), reached)

    def plan(self, task: str, title: str, reached: Failpoint) -> None:
        """Change the plan: the title of a task that is there."""

        def edits(mission: Mission) -> Sequence[Edit]:
            return [Put(("tasks", task, "title"), title)] if task in mission.tasks else []

        self._edit(edits, reached)

    def add(self, task: str, title: str, reached: Failpoint) -> None:
        """Add a task to the plan."""
        self._edit(lambda _: [Put(("tasks", task), {"title": title, "estimate": "1h"})], reached)

    def say(self, agent: str, task: str, note: str, reached: Failpoint) -> None:
        """Let a person say something in the app, for an agent."""
        desk = Desk(
            self._scene.missions,
            state=self._scene.state,
            clock=lambda: self.now,
            actor="Grace",
            poke=lambda: None,
        )
        with passing(reached):
            desk.do(MISSION, Report(agent=AgentId(agent), task=TaskId(task), note=note))

    def decide(self, milestone: str, kind: RulingKind, number: int, reached: Failpoint) -> None:
        """Let a person decide: the decision is taken, and then written into the file."""
        value: dict[str, Value] = {
            "by": "Grace",
            "at": self.now,
            "decision": kind.value,
            "comment": f"no. {number}",
        }
        ruling = Ruling(
            id=uuid4().hex,
            at=self.now,
            mission=MISSION,
            kind=kind,
            subject=milestone,
            actor="Grace",
            edits=(Put(("milestones", milestone, "approval"), value),),
        )
        with self._opened() as rulings:
            rulings.take(ruling)
        reached(RULED)
        self.reconcile(reached)

    def reconcile(self, reached: Failpoint = pass_by) -> None:
        """Look at the files a while later, and write again what was lost."""
        self.now += _BETWEEN_LOOKS
        snapshot = MissionLibrary(self._scene.missions).refresh(self.now)
        with passing(reached):
            self._reconciler.reconcile(snapshot, self.now)

    def settle(self) -> None:
        """Write nothing: who comes next finds what was left, and settles it."""
        self._edit(lambda _: [], pass_by)

    def rulings(self) -> tuple[Ruling, ...]:
        """Return what was decided, in order."""
        with self._opened() as rulings:
            found = tuple(rulings.all())
        # those who are told of them expect the same ones until something is decided
        self._known = self._known if found == self._known else found
        return self._known

    def _edit(self, plan: Callable[[Mission], Sequence[Edit]], reached: Failpoint) -> None:
        edit_mission(
            self._scene.mission,
            plan,
            state=self._scene.state,
            present=self.now,
            patience_seconds=0.0,
            failpoint=reached,
        )

    def _opened(self) -> Rulings:
        return Rulings.open(history_folder(self._scene.state, self._scene.missions))


def decided(rulings: Sequence[Ruling]) -> dict[str, str | None]:
    """Return what each milestone has to say: decision and comment of the newest one, if any."""
    newest: dict[str, str | None] = dict.fromkeys(MILESTONES)
    for ruling in rulings:
        for edit in ruling.edits:
            if isinstance(edit, Put) and isinstance(edit.value, dict):
                newest[ruling.subject] = f"{edit.value['decision']} {edit.value['comment']}"
    return newest


def signed(rulings: Sequence[Ruling]) -> set[object]:
    """Return the notes that somebody stands behind, or stood behind as they were written."""
    edits = [edit for ruling in rulings for edit in ruling.edits]
    return {each.value for each in edits if isinstance(each, Put) and each.place[-1] == "note"}


class Fields:
    """What each field of ours may say: what was answered, or what may have been written."""

    def __init__(self) -> None:
        self._may_say: dict[Place, set[object]] = {
            **{("tasks", each, "title"): {"plan 0"} for each in TASKS},
            **{("tasks", each, "quality"): {0.0} for each in TASKS},
            **{("agents", each, "note"): {"said 0"} for each in TASKS.values()},
        }

    def was_written(self, place: Place, value: object) -> None:
        """Expect that alone."""
        self._may_say[place] = {value}

    def may_be_written(self, place: Place, value: object) -> None:
        """Expect that, or what was expected before."""
        self._may_say.setdefault(place, {None}).add(value)

    def check(self, mission: Mission) -> None:
        """Compare with what the mission says, which then is what is expected of it."""
        for place, values in self._may_say.items():
            found = said_at(mission, place)
            assert found in values, (place, found, values)
        self.overwritten(mission)

    def overwritten(self, mission: Mission) -> None:
        """Expect what the mission says, because somebody wrote all of it anew."""
        self._may_say = {each: {said_at(mission, each)} for each in self._may_say}
