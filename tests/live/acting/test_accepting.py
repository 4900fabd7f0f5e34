"""Accepting a plan: one edit and one ruling, undone to the byte as long as nobody went on."""

import pickle
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.deeds import AcceptPlan, DecideChange, Deed, DismissPlan, Report
from orchestrator_tui.domain.errors import UsageError, WriteRefused
from orchestrator_tui.domain.external import ChangeVerdict
from orchestrator_tui.domain.ids import AgentId, ChangeId, MissionId, TaskId
from orchestrator_tui.domain.replanning import PlanOption, Replanning
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.engine.inbox import find_messages
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import read_rulings
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.acting.desk import Desk, Done
from orchestrator_tui.live.acting.looking import Look, look_at_mission
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.signing import Signatory
from tests.builders import START

WIKI = MissionId("wiki")
HEAD = """\
mission: Wiki   # of the team
started: 2024-01-15T08:00Z
"""
AGENTS = """\
agents:
  ann: {skills: {web: 3}, unavailable: [{from: 2024-01-15T08:00Z}]}   # on leave
  ben:
    skills: {web: 3}
    note: "ready"
"""
TASKS = """\
tasks:
  # what people see
  ui: {agent: ann, estimate: 4h, skills: {web: 3}, priority: HIGH}
  api: {agent: ben, estimate: 4h, skills: {web: 3}}
  docs: {agent: ben, estimate: 2h}
milestones:
  M1: {tasks: [ui, api]}
"""
CHANGES = """\
changes:
  dark: {title: Dark mode, at: 2024-01-15T07:00Z, remove: [docs]}
"""
BACK = "unavailable: [{from: 2024-01-15T08:00Z}]"


class World:
    """A mission in one file or in several, and a desk in front of it."""

    def __init__(self, root: Path, *, in_parts: bool = False, more: str = "") -> None:
        folder = root / "missions"
        if in_parts:
            home = folder / "wiki"
            home.mkdir(parents=True)
            texts = {"mission.yaml": HEAD + more, "agents.yaml": AGENTS, "tasks.yaml": TASKS}
            self.files = {home / name: text for name, text in texts.items()}
        else:
            folder.mkdir()
            self.files = {folder / "wiki.yaml": HEAD + AGENTS + TASKS + more}
        for path, text in self.files.items():
            path.write_text(text)
        self.folder, self.state, self.now = folder, root / "state", START
        self.desk = Desk(
            folder, state=self.state, clock=self.clock, actor="Grace", poke=lambda: None
        )

    def clock(self) -> datetime:
        """Return the time, a second later each time it is asked for."""
        self.now += timedelta(seconds=1)
        return self.now

    def options(self) -> Replanning:
        """Return the options for the mission as it is, found by rules alone."""
        (known,) = read_snapshot(self.folder, self.now).missions
        return replan(
            known,
            self.now,
            order=Order(is_deterministic=True),
            clock=lambda: 0.0,
            told=lambda _: None,
            goes_on=lambda: False,
        )

    def accepting(self, comment: str = "") -> AcceptPlan:
        """Return the acceptance of the best plan."""
        found = self.options()
        return AcceptPlan(found, best(found), comment)

    def look(self) -> Look:
        """Return what follows now from file and history."""
        signatory = Signatory(self.folder, self.state, self.clock, "")
        return look_at_mission(find_mission(self.folder, WIKI), signatory)

    def judged(self) -> Judgement:
        return self.look().judgement

    def rulings(self) -> list[Ruling]:
        return read_rulings(history_folder(self.state, self.folder), clock=self.clock)

    def holding(self) -> list[RulingKind]:
        return [each.kind for each in standing(self.rulings())]

    def is_as_it_was(self) -> bool:
        """Say whether every file says what it said at first, to the byte."""
        return all(path.read_text() == text for path, text in self.files.items())

    def replace(self, old: str, new: str) -> None:
        """Change a file as somebody with an editor would."""
        (path,) = (each for each in self.files if old in each.read_text())
        path.write_text(path.read_text().replace(old, new))


def best(found: Replanning) -> PlanOption:
    """Return the one that ends first."""
    return min(found.options, key=lambda each: each.makespan_hours or 9_999)


@pytest.fixture(params=[False, True], ids=["one file", "a folder"])
def world(tmp_path: Path, request: pytest.FixtureRequest) -> World:
    return World(tmp_path, in_parts=request.param)


def test_accepting_writes_the_plan_and_keeps_what_it_promised(world: World) -> None:
    deed = world.accepting("Ann is away")

    done = world.desk.do(WIKI, deed)

    now = world.judged()
    assert deed.option.finish is not None
    assert now.timeline.forecast_finish is not None
    assert abs(now.timeline.forecast_finish - deed.option.finish) <= timedelta(minutes=1)
    (ruling,) = world.rulings()
    assert (ruling.kind, ruling.subject, ruling.actor) == (
        RulingKind.PLAN_ACCEPTED, "wiki", "Grace",
    )  # fmt: skip
    assert (ruling.comment, ruling.edits) == ("Ann is away", deed.option.edits)
    assert done.text == f"the plan is accepted: {deed.option.title}"


def test_the_baseline_is_what_was_planned_and_nothing_calls_for_a_plan_any_more(
    world: World,
) -> None:
    before = world.judged()
    deed = world.accepting()
    assert [each.kind for each in before.triggers] == ["MILESTONE_DELAY", "AGENT_UNAVAILABLE"]

    world.desk.do(WIKI, deed)

    now = world.judged()
    assert now.triggers == ()
    assert now.timeline.baseline_finish == deed.option.finish
    assert now.timeline.replanned is not None
    planned = {each.id: (each.baseline_start, each.baseline_finish) for each in now.tasks}
    assert planned == {each.task: (each.start, each.finish) for each in deed.option.schedule}
    (outcome,) = now.plans
    assert outcome.helped is None
    assert pickle.loads(pickle.dumps(now.plans)) == now.plans  # noqa: S301 - our own


def test_undo_puts_everything_back_to_the_byte(world: World) -> None:
    before = world.judged()
    done = world.desk.do(WIKI, world.accepting())
    assert not world.is_as_it_was()

    world.desk.undo(done)

    now = world.judged()
    assert world.is_as_it_was()
    assert RulingKind.PLAN_ACCEPTED not in world.holding()
    assert (now.plans, now.timeline.replanned) == ((), None)
    assert now.timeline.baseline_finish == before.timeline.baseline_finish
    assert [each.cause for each in now.triggers] == [each.cause for each in before.triggers]


def test_undo_keeps_what_others_wrote_meanwhile(world: World) -> None:
    done = world.desk.do(WIKI, world.accepting())
    note = Report(agent=AgentId("ben"), state=AgentState.AVAILABLE, note="On it")
    world.desk.do(WIKI, note)

    world.desk.undo(done)

    mission = world.look().mission
    assert mission.tasks[TaskId("ui")].agent == "ann"
    assert mission.agents[AgentId("ben")].note == "On it"
    assert RulingKind.PLAN_ACCEPTED not in world.holding()


def test_undo_is_refused_where_somebody_went_on_from_the_plan(world: World) -> None:
    done = world.desk.do(WIKI, world.accepting())
    world.replace(
        "agent: ben, estimate: 4h, skills: {web: 3}, priority",
        "agent: ann, estimate: 4h, skills: {web: 3}, priority",
    )

    with pytest.raises(WriteRefused, match="somebody changed"):
        world.desk.undo(done)
    assert world.holding() == [RulingKind.PLAN_ACCEPTED]


def test_what_was_taken_back_cannot_be_taken_back_again(world: World) -> None:
    done = world.desk.do(WIKI, world.accepting())
    world.desk.undo(done)

    with pytest.raises(WriteRefused, match="taken back already"):
        world.desk.undo(done)
    assert world.is_as_it_was()


def _finished(world: World) -> None:
    world.replace("priority: HIGH", "finished: 2024-01-15T08:00Z")


def _given_away(world: World) -> None:
    world.replace("{agent: ann", "{agent: ben")


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        pytest.param(_finished, "ui is finished by now", id="finished"),
        pytest.param(_given_away, "ui.agent has changed", id="given away"),
    ],
)
def test_a_plan_for_what_is_no_longer_so_is_refused_and_leaves_nothing(
    world: World, meanwhile: Callable[[World], None], why: str
) -> None:
    deed = world.accepting()
    meanwhile(world)
    texts = [each.read_text() for each in world.files]

    with pytest.raises(WriteRefused, match=why):
        world.desk.do(WIKI, deed)
    assert [each.read_text() for each in world.files] == texts
    assert world.holding() == []


def test_reports_that_arrive_meanwhile_do_not_matter(world: World) -> None:
    deed = world.accepting()
    world.desk.do(WIKI, Report(agent=AgentId("ben"), task=TaskId("api"), progress=10))

    world.desk.do(WIKI, deed)

    assert world.look().mission.tasks[TaskId("ui")].agent == "ben"
    assert RulingKind.PLAN_ACCEPTED in world.holding()


def test_what_is_shown_before_is_what_is_written(world: World) -> None:
    deed = world.accepting()
    diffs = world.desk.preview(WIKI, deed)
    shown = [each for diff in diffs for each in diff.lines if each[:1] in {"+", "-"}]

    world.desk.do(WIKI, deed)

    old = [line for text in world.files.values() for line in text.splitlines()]
    new = [line for path in world.files for line in path.read_text().splitlines()]
    gone, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
    written = [f"-{each}" for each in gone.elements()] + [f"+{each}" for each in added.elements()]
    assert shown
    assert sorted(shown) == sorted(written)


def test_the_agents_it_touches_are_told(world: World) -> None:
    world.desk.do(WIKI, world.accepting("Ann is away"))

    look = world.look()
    told = {
        agent: [each.text for each in find_messages(look.mission, look.judgement, agent, look.at,
                                                    id=WIKI) if each.kind == "REPLAN"]
        for agent in look.mission.agents
    }  # fmt: skip
    (ann,), (ben,) = told[AgentId("ann")], told[AgentId("ben")]
    assert ann == "The plan has changed: ui is yours no longer — Ann is away"
    assert ben.startswith("The plan has changed: you get ui")


def test_keeping_the_plan_says_why_and_is_undone(world: World) -> None:
    asked = world.judged().triggers
    done = world.desk.do(WIKI, DismissPlan(world.options(), "Ann comes back at noon"))

    assert world.is_as_it_was()
    assert world.judged().triggers == ()
    assert world.holding() == [RulingKind.PLAN_DISMISSED]
    assert done.text == "the plan is kept as it is"

    world.desk.undo(done)
    assert [each.kind for each in world.judged().triggers] == [each.kind for each in asked]


def test_where_nothing_calls_for_a_plan_there_is_nothing_to_dismiss(world: World) -> None:
    world.desk.do(WIKI, DismissPlan(world.options(), "Ann comes back at noon"))
    look = world.look()
    found = world.options()
    assert found.triggers  # it was looked for without the history
    nothing = Replanning(found.at, found.revision, look.judgement.triggers, found.impact,
                         found.options, is_done=True)  # fmt: skip

    with pytest.raises(UsageError, match="nothing to dismiss"):
        world.desk.do(WIKI, DismissPlan(nothing, "Again"))


# Change requests


def _taken_in(world: World) -> Deed:
    found = world.options()
    chosen = next(each for each in found.options if each.scope_change == "dark")
    return AcceptPlan(found, chosen, "Fine")


def _kept(world: World) -> Deed:
    return DismissPlan(world.options(), "Later")


def _answered(world: World) -> Deed:
    del world
    return DecideChange(ChangeId("dark"), ChangeVerdict.DISMISSED, "Later")


@pytest.mark.parametrize(
    ("deed", "decision", "told"),
    [
        pytest.param(_taken_in, "ACCEPTED", "the plan is accepted: ", id="taken in with a plan"),
        pytest.param(_kept, "DISMISSED", "the plan is kept, and dark is dismissed", id="kept"),
        pytest.param(_answered, "DISMISSED", "dark is dismissed", id="answered alone"),
    ],
)
def test_the_answer_to_a_change_request_is_in_the_file_and_is_undone(
    tmp_path: Path, deed: Callable[[World], Deed], decision: str, told: str
) -> None:
    world = World(tmp_path, more=CHANGES)
    world.replace(BACK, "note: here")
    world.files = {each: each.read_text() for each in world.files}

    done: Done = world.desk.do(WIKI, deed(world))

    answer = world.look().mission.changes[ChangeId("dark")].decision
    assert answer is not None
    assert (answer.by, answer.decision) == ("Grace", decision)
    assert done.text.startswith(told)
    assert world.judged().triggers == ()
    world.desk.undo(done)
    assert world.is_as_it_was()
    assert [each.kind for each in world.judged().triggers] == ["SCOPE_CHANGE"]


def test_of_two_plans_the_newer_is_in_force_and_taken_back_the_older(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.desk.do(WIKI, world.accepting())
    first = world.judged().timeline
    world.replace("  ben:\n", "  cy: {skills: {web: 3}}\n  ben:\n")
    done = world.desk.do(WIKI, world.accepting())
    second = world.judged().timeline

    assert first.replanned is not None
    assert second.replanned is not None
    assert second.replanned > first.replanned
    assert first.baseline_finish is not None
    assert second.baseline_finish is not None
    assert second.baseline_finish < first.baseline_finish
    world.desk.undo(done)
    now = world.judged().timeline
    assert (now.replanned, now.baseline_finish) == (first.replanned, first.baseline_finish)
