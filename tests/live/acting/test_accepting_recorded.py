"""What is decided of plans is history: who did it, what came of it, and what was so before."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.deeds import AcceptPlan, DismissPlan
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import RULINGS_FILE, history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import read_snapshot
from tests.live.acting.test_desk_recorded import ALPHA, World

AWAY = """\
mission: Alpha
started: 2024-01-15T12:00Z
stakeholders:
  boss: {reports: [replan]}
agents:
  ann: {skills: {web: 3}, unavailable: [{from: 2024-01-15T12:00Z}]}
  ben: {skills: {web: 3}}
tasks:
  ui: {agent: ann, estimate: 4h, skills: {web: 3}}
milestones:
  M1: {tasks: [ui]}
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = World(tmp_path)
    opened.file.write_text(AWAY)
    opened.look()
    opened.now += timedelta(seconds=1)
    opened.rounds.record()
    yield opened
    opened.rounds.close()


def found(world: World) -> Replanning:
    """Return the options for the mission as it is, found by rules alone."""
    (known,) = read_snapshot(world.folder, world.now).missions
    return replan(
        known,
        world.now,
        order=Order(is_deterministic=True),
        clock=lambda: 0.0,
        told=lambda _: None,
        goes_on=lambda: False,
    )


def accepting(world: World) -> AcceptPlan:
    options = found(world)
    return AcceptPlan(options, options.options[-1], "Ann is away")


def judged(world: World) -> Judgement:
    """Return what is shown."""
    judgement = world.rounds.apology(()).missions[0].judgement
    assert judgement is not None
    return judgement


def plan_events(world: World) -> list[Event]:
    """Return what the history holds of plans, and of what was taken back."""
    kinds = {
        EventKind.PLAN_ACCEPTED, EventKind.PLAN_DISMISSED, EventKind.PLAN_GRADED,
        EventKind.RULING_WITHDRAWN,
    }  # fmt: skip
    return [each for each in world.events() if each.kind in kinds]


def test_accepting_is_an_event_and_shows_at_the_next_look(world: World) -> None:
    before = judged(world).timeline
    deed = accepting(world)

    world.desk.do(ALPHA, deed)
    world.look()

    now = judged(world).timeline
    assert (before.replanned, before.forecast_finish) == (None, None)
    assert now.replanned is not None
    assert now.baseline_finish == deed.option.finish
    (event,) = plan_events(world)
    assert (event.kind, event.subject, event.actor) == (EventKind.PLAN_ACCEPTED, "alpha", "Grace")
    assert event.text == (
        f"Grace accepted a plan ({deed.option.title}: ends 2024-01-15 16:00 UTC instead of never)"
        ": “Ann is away”"
    )


def test_what_the_plan_wrote_has_the_name_of_who_accepted_it(world: World) -> None:
    world.desk.do(ALPHA, accepting(world))
    world.look()

    (change,) = [each for each in world.events() if each.subject == "ui"]
    assert (change.actor, change.kind) == ("Grace", EventKind.TASK_CHANGED)


def test_taking_it_back_is_an_event_and_puts_the_baseline_back(world: World) -> None:
    before = judged(world).timeline
    done = world.desk.do(ALPHA, accepting(world))
    world.look()

    world.desk.undo(done)
    world.look()

    assert judged(world).timeline.baseline_finish == before.baseline_finish
    assert judged(world).timeline.replanned is None
    accepted, withdrawn = plan_events(world)
    assert withdrawn.text.startswith("Grace took back: accepted a plan (")
    assert withdrawn.subject == accepted.subject


def test_dismissing_is_an_event_with_the_reason(world: World) -> None:
    world.desk.do(ALPHA, DismissPlan(found(world), "She is back soon"))
    world.look()

    assert judged(world).triggers == ()
    (event,) = plan_events(world)
    assert event.text == "Grace kept the plan as it is: “She is back soon”"


def test_a_plan_is_graded_when_the_work_has_ended(world: World) -> None:
    world.desk.do(ALPHA, accepting(world))
    world.look()
    world.file.write_text(
        world.file.read_text().replace("estimate: 4h", "estimate: 4h, finished: 2024-01-15T12:00Z")
    )
    world.look()
    world.look()

    (outcome,) = judged(world).plans
    assert outcome.helped
    _, graded = plan_events(world)
    assert (graded.kind, graded.subject) == (EventKind.PLAN_GRADED, "alpha")
    assert graded.text.endswith("helped: without it the work was never to end")


def test_in_the_past_only_what_was_decided_by_then_is_known(world: World) -> None:
    deed = accepting(world)
    world.desk.do(ALPHA, deed)
    world.look()
    world.rounds.close()

    newest = world.archive.newest(ALPHA)
    accepted = next(each for each in newest if each.event.kind is EventKind.PLAN_ACCEPTED)
    before = world.archive.before(accepted.sequence)
    assert before is not None
    for moment, plans in ((before, 0), (world.archive.moment(accepted.sequence), 1)):
        (then,) = (each.judgement for each in moment.assessment.missions)
        assert then is not None
        assert len(then.plans) == plans
        assert (then.timeline.baseline_finish == deed.option.finish) is bool(plans)


def test_the_history_is_whole_and_keeps_a_plan_through_pruning_and_loss(world: World) -> None:
    world.desk.do(ALPHA, accepting(world))
    world.look()
    (outcome,) = judged(world).plans
    world.rounds.close()
    folder = history_folder(world.state, world.folder)
    with History.open(folder, clock=world.clock) as history:
        history.prune(world.now + timedelta(days=3))
        assert history.verify().is_whole

    (folder / RULINGS_FILE).unlink()
    with Rulings.open(folder, clock=world.clock) as rulings:
        (kept,) = rulings.all(ALPHA)

    assert (kept.plan, kept.causes) == (outcome.decided.plan, outcome.decided.causes)
