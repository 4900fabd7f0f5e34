"""What was planned stays planned: a frozen baseline is not moved by later edits."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.history import Baseline, HistoryFacts
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import AttentionKind
from orchestrator_tui.engine.freezing import baseline_of
from tests.builders import NOON, START, after, hours_of, judged, mission
from tests.engine.worlds import missions

TASKS: dict[str, Any] = {
    "x": {"agent": "a", "estimate": "4h"},
    "y": {"agent": "a", "estimate": "6h", "after": ["x"]},
}
FIRST = {"agents": {"a": {}}, "tasks": TASKS, "milestones": {"M1": {"tasks": ["x", "y"]}}}


def frozen(**fields: Any) -> HistoryFacts:
    return HistoryFacts(baseline=baseline_of(mission(**{**FIRST, **fields}), START))


def later(facts: HistoryFacts, now: float = 0, **fields: Any) -> Judgement:
    """Return what follows from the mission with some fields edited, after it was frozen."""
    return judged(mission(**{**FIRST, **fields}), after(now), facts=facts)


def test_each_task_is_frozen_as_it_is_planned() -> None:
    found = baseline_of(mission(**FIRST), NOON)

    assert found.frozen == NOON
    assert found.planned == {"x": (START, after(4)), "y": (after(4), after(10))}


def test_what_is_cancelled_or_cannot_end_is_not_planned() -> None:
    found = baseline_of(
        mission(
            agents={"a": {"standby": True, "skills": ["ui"]}},
            tasks={
                "x": {"estimate": "1h", "cancelled": True},
                "y": {"estimate": "1h", "skills": ["ui"]},
            },
        ),
        NOON,
    )

    assert found.planned == {"y": (None, None)}


@given(world=missions())
@settings(max_examples=60)
def test_a_frozen_baseline_says_what_the_plan_said(world: Mission) -> None:
    facts = HistoryFacts(baseline=baseline_of(world, START))

    assert judged(world, after(3), facts=facts) == judged(world, after(3))


def test_a_later_estimate_moves_the_forecast_and_not_the_baseline() -> None:
    found = later(frozen(), tasks={**TASKS, "y": {**TASKS["y"], "estimate": "16h"}})

    assert hours_of(found.timeline.baseline_finish) == 10
    assert hours_of(found.timeline.forecast_finish) == 20
    assert found.timeline.variance_percent == pytest.approx(-100)
    assert found.timeline.status == "DELAYED"
    assert [hours_of(each.baseline_finish) for each in found.tasks] == [4, 10]
    (reached,) = found.milestones
    assert hours_of(reached.baseline_finish) == 10
    assert reached.delay_percent == pytest.approx(100)


def test_without_a_frozen_one_the_baseline_follows_the_plan() -> None:
    found = later(HistoryFacts(), tasks={**TASKS, "y": {**TASKS["y"], "estimate": "16h"}})

    assert hours_of(found.timeline.baseline_finish) == 20


def test_a_task_added_later_has_no_part_in_it() -> None:
    more = {"z": {"agent": "a", "estimate": "5h", "after": ["y"]}}
    stages = {"M1": {"tasks": ["x", "y"]}, "M2": {"tasks": ["z"]}}

    found = later(frozen(), tasks={**TASKS, **more}, milestones=stages)
    added = found.tasks[2]
    assert (added.baseline_start, added.baseline_finish) == (None, None)
    assert hours_of(found.timeline.baseline_finish) == 10
    assert hours_of(found.timeline.forecast_finish) == 15
    assert found.milestones[1].baseline_finish is None
    assert found.milestones[1].delay_percent is None


def test_a_milestone_of_old_and_new_tasks_is_measured_by_the_old_ones() -> None:
    more = {"z": {"agent": "a", "estimate": "5h", "after": ["y"]}}

    found = later(frozen(), tasks={**TASKS, **more}, milestones={"M1": {"tasks": ["x", "y", "z"]}})
    (reached,) = found.milestones
    assert hours_of(reached.baseline_finish) == 10
    assert reached.delay_percent == pytest.approx(50)


def test_what_is_removed_later_does_not_move_the_end() -> None:
    found = later(frozen(), tasks={"x": TASKS["x"]}, milestones={"M1": {"tasks": ["x"]}})

    assert [each.id for each in found.tasks] == ["x"]
    assert hours_of(found.timeline.baseline_finish) == 10
    assert hours_of(found.milestones[0].baseline_finish) == 4


def test_a_delay_of_work_nobody_planned_is_measured_by_what_waits_for_it() -> None:
    world = {
        "tasks": {"z": {"agent": "a", "estimate": "50h"}},
        "milestones": {"M2": {"tasks": ["z"]}},
    }
    seen = replace(frozen(), first_seen={"critical-path-delay:M2": after(55)})

    found = later(seen, now=60, **world)
    assert found.critical_path.status == "DELAYED"
    assert [each.id for each in found.escalations] == ["critical-path-delay:M2"]
    (asked,) = (each for each in found.attention if each.kind is AttentionKind.ESCALATION)
    assert asked.hours_at_stake == 0  # nothing comes after it


def test_a_promise_without_an_end_is_none() -> None:
    planned = {TaskId("x"): (START, after(4)), TaskId("y"): (after(4), None)}

    found = later(HistoryFacts(baseline=Baseline(START, planned)))
    assert found.timeline.baseline_finish is None
    assert found.timeline.variance_percent is None
    assert found.milestones[0].baseline_finish is None


def test_an_empty_baseline_promises_nothing() -> None:
    empty = HistoryFacts(baseline=baseline_of(mission(), START))

    assert later(empty, 3) == later(HistoryFacts(), 3)


def test_a_start_after_the_baseline_measures_nothing() -> None:
    found = later(frozen(), now=30, started=after(30), deadline=after(41))

    assert found.timeline.variance_percent is None
    assert found.timeline.status == "ON_TRACK"
