"""All that may happen to a mission, in any order, and what has to hold after each thing.

Strangers write it in nine styles and in five slow ways; agents, planners and a person write it
through us, and a person decides; each of our writes may meet strangers at any of its points, or die
there. The program is restarted, and its clock set back.
"""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from typing_extensions import override

from orchestrator_tui.domain.edits import Place
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io.editing.points import PUT_BACK, Failpoint
from tests.writers.interrupted import Outcome, acted, acted_apart
from tests.writers.meetings import CRASH, Meeting, meetings, styles, tasks
from tests.writers.ours import RULED, Fields, Ours, decided, signed
from tests.writers.scene import MILESTONES, TASKS, Scene
from tests.writers.strangers import SLOW, SPOILING, Strangers


class Writers(RuleBasedStateMachine):
    """One mission, everybody who writes it, and what it has to say therefore."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.number = 0
        self.is_spoilt = False
        self.version: tuple[Path, str] | None = None

    @initialize(is_folder=st.booleans())
    def begin(self, is_folder: bool) -> None:
        self.scene = Scene(Path(self.place.name), is_folder)
        self.scene.build()
        self.comments = len(self.scene.comments())
        self.strangers = Strangers(self.scene)
        self.ours = Ours(self.scene)
        self.fields = Fields()

    @rule(task=tasks, style=styles, adds=st.booleans())
    def stranger_writes(self, task: str, style: str, adds: bool) -> None:
        (self.strangers.add if adds else self.strangers.write)(task, style)

    @rule(task=tasks, how=st.sampled_from(SLOW))
    def stranger_begins(self, task: str, how: str) -> None:
        self.strangers.begin(task, how)

    @precondition(lambda self: self.strangers.at_work)
    @rule()
    def stranger_ends(self) -> None:
        self.strangers.end()

    @rule(style=styles)
    def stranger_forgets_decisions(self, style: str) -> None:
        self.strangers.forget_decisions(style)

    @rule(task=tasks)
    def stranger_reads(self, task: str) -> None:
        path = self.scene.file_of(task)
        if not self.strangers.at_work:
            self.version = path, path.read_text()

    @precondition(lambda self: self.version and not self.strangers.at_work)
    @rule(style=styles)
    def stranger_writes_what_was_read_long_ago(self, style: str) -> None:
        if self.version is not None:
            self.strangers.overwrite(*self.version, style)
            self.fields.overwritten(self.scene.read())

    @rule(task=tasks, plan=meetings)
    def agent_reports(self, task: str, plan: dict[str, Meeting]) -> None:
        value = self._next() % 101
        self._edit(
            ("tasks", task, "quality"),
            value,
            lambda reached: self.ours.report(TASKS[task], task, value, reached),
            plan,
        )

    @rule(task=tasks, plan=meetings)
    def planner_plans(self, task: str, plan: dict[str, Meeting]) -> None:
        title = f"plan {self._next()}"
        place = ("tasks", task, "title")
        self._edit(place, title, lambda reached: self.ours.plan(task, title, reached), plan)

    @rule(plan=meetings)
    def planner_adds(self, plan: dict[str, Meeting]) -> None:
        task, title = f"ours-{self._next()}", f"added {self.number}"
        place = ("tasks", task, "title")
        self._edit(place, title, lambda reached: self.ours.add(task, title, reached), plan)

    @rule(task=tasks, plan=meetings)
    def person_says(self, task: str, plan: dict[str, Meeting]) -> None:
        agent, note = TASKS[task], f"said {self._next()}"
        place = ("agents", agent, "note")
        self._edit(place, note, lambda reached: self.ours.say(agent, task, note, reached), plan)

    @rule(
        milestone=st.sampled_from(MILESTONES),
        kind=st.sampled_from((RulingKind.APPROVED, RulingKind.REJECTED)),
        plan=meetings,
    )
    def person_decides(self, milestone: str, kind: RulingKind, plan: dict[str, Meeting]) -> None:
        number = self._next()
        outcome = self._act(
            lambda reached: self.ours.decide(milestone, kind, number, reached), plan
        )
        if outcome is Outcome.DONE:
            assert decided(self.ours.rulings())[milestone] == f"{kind} no. {number}"

    @rule(plan=meetings)
    def we_reconcile(self, plan: dict[str, Meeting]) -> None:
        self._act(self.ours.reconcile, plan)

    @rule()
    def we_restart(self) -> None:
        self.ours.restart()

    @rule()
    def clock_is_set_back(self) -> None:
        self.ours.now -= timedelta(days=1)

    @invariant()
    def nothing_is_lost(self) -> None:
        if self.strangers.at_work:
            return
        self.ours.settle()
        rulings = self.ours.rulings()
        mission = self._reconciled(decided(rulings))
        found = {each: mission.tasks[each].progress or 0 for each in TASKS}  # type: ignore[index]
        # what was left half written for too long was gone on from: the rest is kept aside
        aside = self.scene.rescued() if self.is_spoilt else []
        assert all(self.strangers.may_find(each, found[each], aside) for each in TASKS), found
        self.strangers.numbers = found
        assert self.strangers.added <= set(mission.tasks)
        self.fields.check(mission)
        notes = {each.note for each in mission.agents.values()} - {"said 0"}
        assert notes <= signed(rulings)
        self._check_comments()
        assert self.scene.odd_files() == []
        assert self.scene.drafts() == []

    @override
    def teardown(self) -> None:
        self.strangers.end()
        self.place.cleanup()

    def _reconciled(self, meant: dict[str, str | None]) -> Mission:
        """Return the mission once it says what was decided."""
        for _ in range(3):
            self.ours.reconcile()
            mission = self.scene.read()
            approvals = {each: mission.milestones[each].approval for each in MILESTONES}  # type: ignore[index]
            said = {
                name: each and f"{each.decision} {each.comment}" for name, each in approvals.items()
            }
            if said == meant:
                return mission
        raise AssertionError((said, meant))

    def _check_comments(self) -> None:
        theirs = [f"# theirs, at {self.strangers.numbers[each]:.0f}" for each in sorted(TASKS)]
        comments, rescued = self.scene.comments(), self.scene.rescued()
        if not self.is_spoilt:
            assert len(comments) == self.comments, comments
        if rescued:
            # what cannot be merged as it was written is kept aside
            kept = "\n".join([*comments, *rescued])
            assert all(each in kept for each in theirs), (theirs, kept)
        else:
            assert [each for each in comments if "theirs" in each] == theirs

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _edit(
        self,
        place: Place,
        value: object,
        act: Callable[[Failpoint], None],
        plan: dict[str, Meeting],
    ) -> None:
        match self._act(act, plan):
            case Outcome.DONE:
                self.fields.was_written(place, value)
            case Outcome.DIED:
                self.fields.may_be_written(place, value)
            case Outcome.REFUSED:
                assert self.is_spoilt
                # a stranger may have taken it over in the moment it was there
                self.fields.may_be_written(place, value)

    def _act(self, act: Callable[[Failpoint], None], plan: dict[str, Meeting]) -> Outcome:
        plan = dict(plan)
        self._note_spoiling()

        def meets(point: str) -> bool:
            what, *how = plan.pop(point, ("", ""))
            self._meet(point, what, *how)
            self._note_spoiling()
            return what == CRASH

        apart = any(what == CRASH for what, *_ in plan.values())
        outcome = (acted_apart if apart else acted)(act, meets)
        if outcome is Outcome.DIED:
            self.ours.restart()
        return outcome

    def _note_spoiling(self) -> None:
        self.is_spoilt = self.is_spoilt or self.strangers.at_work in SPOILING

    def _meet(self, point: str, what: str, task: str = "", how: str = "") -> None:
        if point == PUT_BACK:
            self.strangers.doubt()
        match what:
            case "write":
                self.strangers.write(task, how)
            case "add":
                self.strangers.add(task, how)
            case "forget":
                self.strangers.forget_decisions(how)
            case "begin":
                self.strangers.begin(task, how)
            case "end":
                self.strangers.end()
            case "us too" if point != RULED:
                self._are_kept_out()
            case _:
                pass

    def _are_kept_out(self) -> None:
        """While one of us writes, no other one can."""
        title = f"kept out {self._next()}"
        outcome = acted(lambda reached: self.ours.plan("one", title, reached), lambda _: False)
        assert outcome is Outcome.REFUSED
