"""What a slip costs if nothing is decided."""

from typing import Any

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.replanning import Impact
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.engine.milestones import judge_milestones
from orchestrator_tui.engine.replanning.impact import impact_of
from orchestrator_tui.engine.situation import look_at
from orchestrator_tui.engine.triggers import find_triggers
from tests.builders import after, known, mission

CODERS = {
    "ann": {"skills": {"code": 4}},
    "bob": {"skills": {"code": 4}},
    "eve": {"skills": {"code": 4}, "standby": True},
}
CHAIN: dict[str, Any] = {
    "design": {"agent": "ann", "skills": ["code"], "estimate": "4h"},
    "build": {"agent": "bob", "skills": ["code"], "estimate": "4h", "after": ["design"]},
    "test": {"agent": "ann", "estimate": "2h", "after": ["M1"]},
    "notes": {"agent": "bob", "estimate": "1h"},
}
MILESTONES: dict[str, Any] = {"M1": {"tasks": ["design", "build"]}, "M2": {"tasks": ["test"]}}


def impact(one: Mission, hours: float = 0) -> Impact:
    """Return the impact of everything that calls for a new plan."""
    situation = look_at(known(one), one, after(hours))
    return impact_of(situation, find_triggers(situation, judge_milestones(situation)))


def impact_of_one(one: Mission, kind: TriggerKind, subject: str, hours: float = 0) -> Impact:
    situation = look_at(known(one), one, after(hours))
    return impact_of(situation, [Trigger(kind, subject, "")])


def away(until: float) -> dict[str, Any]:
    ann = {"skills": {"code": 4}, "unavailable": [{"from": after(0), "until": after(until)}]}
    return {**CODERS, "ann": ann}


def test_a_mission_that_goes_as_planned_costs_nothing() -> None:
    found = impact(mission(agents=CODERS, tasks=CHAIN, milestones=MILESTONES))

    assert (found.delay_hours, found.milestones, found.tasks) == (0.0, (), ())
    assert found.takers == {}


def test_an_absence_delays_the_mission_and_all_milestones_behind_it() -> None:
    found = impact(mission(agents=away(6), tasks=CHAIN, milestones=MILESTONES))

    assert found.delay_hours == 6
    assert [(each.id, each.delay_hours) for each in found.milestones] == [("M1", 6), ("M2", 6)]
    assert found.tasks == ("build", "test")


def test_the_latest_milestone_comes_first_and_never_is_latest() -> None:
    tasks = {
        "a": {"agent": "ann", "estimate": "4h"},
        "b": {"agent": "bob", "estimate": "1h", "earliest": after(0)},
        "c": {"agent": "eve", "estimate": "1h"},
    }
    agents = {
        "ann": {"unavailable": [{"from": after(0), "until": after(2)}]},
        "bob": {"unavailable": [{"from": after(0), "until": after(5)}]},
        "eve": {"unavailable": True},
    }
    milestones = {key.upper(): {"tasks": [key]} for key in tasks}

    found = impact(mission(agents=agents, tasks=tasks, milestones=milestones))

    delays = [(each.id, each.delay_hours) for each in found.milestones]
    assert delays == [("C", None), ("B", 5), ("A", 2)]
    assert found.delay_hours is None


def test_who_could_take_the_work_of_an_agent_that_is_away_is_told() -> None:
    found = impact(mission(agents=away(6), tasks=CHAIN, milestones=MILESTONES))

    assert found.takers[TaskId("design")] == ("bob", "eve")
    assert found.takers[TaskId("test")] == ()


def test_the_root_of_a_delay_is_the_task_that_nothing_late_holds_up() -> None:
    one = mission(agents=CODERS, tasks=CHAIN, milestones=MILESTONES)

    found = impact_of_one(one, TriggerKind.MILESTONE_DELAY, "M2", hours=3)

    assert list(found.takers) == ["design"]
    assert found.tasks == ("build", "test")


def test_what_waits_for_a_blocked_task_is_told() -> None:
    blockers = {
        "b1": {"title": "No key", "task": "design", "opened": after(0), "severity": "HIGH"},
        "b2": {"title": "No desk", "agent": "bob", "opened": after(0), "severity": "HIGH"},
    }
    one = mission(agents=CODERS, tasks=CHAIN, milestones=MILESTONES, blockers=blockers)

    found = impact_of_one(one, TriggerKind.CRITICAL_BLOCKER, "b1")

    assert found.tasks == ("build", "test")
    assert impact_of_one(one, TriggerKind.CRITICAL_BLOCKER, "b2").tasks == ()


def test_work_in_hand_waits_for_nothing_any_more() -> None:
    tasks = {**CHAIN, "build": {**CHAIN["build"], "started": after(0)}}
    one = mission(agents=CODERS, tasks=tasks, milestones=MILESTONES)
    external = {"x": {"title": "API", "status": "FAILED", "tasks": ["design"]}}
    broken = one.model_copy(update={"externals": mission(externals=external).externals})

    assert impact_of_one(broken, TriggerKind.EXTERNAL_CHANGE, "x").tasks == ("test",)


def test_what_stands_behind_a_gate_that_failed_waits_for_it() -> None:
    milestones = {**MILESTONES, "M1": {**MILESTONES["M1"], "gate": True}, "M2": {"after": ["M1"]}}
    tasks = {**CHAIN, "test": {"agent": "ann", "estimate": "2h"}}
    milestones["M2"] = {"tasks": ["test"], "after": ["M1"]}
    done = {key: {**tasks[key], "finished": after(1)} for key in ("design", "build")}
    one = mission(agents=CODERS, tasks={**tasks, **done}, milestones=milestones)

    found = impact_of_one(one, TriggerKind.QUALITY_GATE_FAILURE, "M1", hours=2)

    assert found.tasks == ("test",)


def test_what_a_change_takes_away_needs_nobody_to_take_it() -> None:
    changes = {"c1": {"title": "Less", "remove": ["design"]}}
    one = mission(agents=CODERS, tasks=CHAIN, milestones=MILESTONES, changes=changes)

    found = impact(one)

    assert found.tasks == ("build", "test")
    assert found.takers == {}
