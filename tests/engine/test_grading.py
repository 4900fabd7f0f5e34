"""Whether an accepted plan helped is known once all work has ended, and is told once."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, PlanDecided, PlanOutcome
from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Baseline, HistoryFacts
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.grading import count_helped
from orchestrator_tui.engine.lifecycle import lifecycle_changes
from tests.builders import START, after, known, mission
from tests.engine.replanned import decided

PLAN = AcceptedPlan(
    strategy=Strategy.REASSIGN,
    title="1 task in other hands",
    finish=after(4),
    kept_finish=after(8),
    milestones=(),
    baseline=Baseline(after(1), {}),
)
FINISHED: dict[str, Any] = {"finished": after(5)}


def at(
    hours: float,
    *plans: PlanDecided,
    ui: dict[str, Any] | None = None,
    api: dict[str, Any] | None = None,
) -> MissionAssessment:
    """Return a mission of two tasks as it is judged, with what was decided of its plans."""
    one = mission(
        agents={"ann": {}},
        tasks={
            "api": {"agent": "ann", "estimate": "4h", **(FINISHED if api is None else api)},
            "ui": {"agent": "ann", "estimate": "4h", **(ui or {})},
        },
    )
    return assess_mission(known(one, facts=HistoryFacts(plans=plans)), after(hours))


def outcome(assessed: MissionAssessment) -> PlanOutcome:
    """Return what came of the one decision."""
    assert assessed.judgement is not None
    (found,) = assessed.judgement.plans
    return found


EIGHT = after(8)


def plan(kept: datetime | None = EIGHT, *, name: str = "1") -> PlanDecided:
    return decided(replace(PLAN, kept_finish=kept), after(1), name=name)


def graded(
    before: MissionAssessment | None, now: MissionAssessment, *, at: datetime
) -> list[Event]:
    """Return what is told of grades."""
    changes = lifecycle_changes(before, now, at=at)
    return [each for each in changes if each.kind is EventKind.PLAN_GRADED]


@pytest.mark.parametrize(
    ("kept", "ended", "grade", "told"),
    [
        pytest.param(
            after(8), 6, (True, 2), "helped: all work ended 2h before it was to end without it",
            id="before",
        ),
        pytest.param(
            after(8), 9.5, (False, -1.5),
            "did not help: all work ended 1h30 after it was to end without it", id="after",
        ),
        pytest.param(
            after(8), 8, (False, 0),
            "did not help: all work ended just when it was to end without it",
            id="just then",
        ),
        pytest.param(
            None, 90, (True, None), "helped: without it the work was never to end",
            id="without it never",
        ),
    ],
)  # fmt: skip
def test_a_plan_helped_if_the_work_ended_before_the_forecast_without_it(
    kept: datetime | None, ended: float, grade: tuple[bool, float | None], told: str
) -> None:
    done = at(100, plan(kept), ui={"finished": after(ended)})

    found = outcome(done)
    assert (found.actual, found.helped, found.gained_hours) == (after(ended), *grade)
    (event,) = graded(at(5, plan(kept)), done, at=after(100))
    assert event.subject == "test"
    assert event.text == f"The plan “1 task in other hands” {told}"
    assert event.after == "finish " + after(ended).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("ui", "api"),
    [
        pytest.param({"started": START, "progress": 99}, None, id="in hand"),
        pytest.param({}, None, id="not begun"),
        pytest.param({"cancelled": True}, {"cancelled": True}, id="nothing was done"),
    ],
)
def test_nothing_is_graded_before_the_work_has_ended(
    ui: dict[str, Any], api: dict[str, Any] | None
) -> None:
    now = at(20, plan(), ui=ui, api=api)

    assert outcome(now) == PlanOutcome(plan())
    assert not graded(None, now, at=after(20))


def test_what_was_left_out_is_not_waited_for() -> None:
    assert outcome(at(20, plan(), ui={"cancelled": True})).actual == after(5)


def test_a_dismissal_is_never_graded() -> None:
    kept = decided(None, after(1))

    assert outcome(at(20, kept, ui=FINISHED)) == PlanOutcome(kept)


def test_what_is_decided_later_is_not_there_yet() -> None:
    early = at(0.5, plan(), api={})

    assert early.judgement is not None
    assert early.judgement.plans == ()


def test_a_grade_is_told_once_whatever_restarts() -> None:
    done = at(20, plan(), ui=FINISHED)
    (event,) = graded(at(5, plan()), done, at=after(20))

    assert not graded(done, at(21, plan(), ui=FINISHED), at=after(21))
    assert done.judgement is not None
    told = replace(done, judgement=replace(done.judgement, activity=(event,)))
    assert not graded(None, told, at=after(21))


def test_each_plan_is_graded_by_its_own_forecast_and_counted() -> None:
    first, second, third = plan(after(8)), plan(after(4), name="2"), decided(None, after(2))
    done = at(20, first, second, third, ui=FINISHED)

    assert done.judgement is not None
    assert [each.helped for each in done.judgement.plans] == [True, False, None]
    assert count_helped(done.judgement.plans) == (1, 2)
