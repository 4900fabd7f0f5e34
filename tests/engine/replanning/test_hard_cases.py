"""Missions in which a plan is easily missed, or promised and not kept."""

from typing import Any

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanOption, Strategy
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from tests.builders import START, after, known, mission

GONE: dict[str, Any] = {"unavailable": True}


def options(one: Mission) -> tuple[PlanOption, ...]:
    found = replan(
        known(one),
        START,
        order=Order(seconds=1.0, is_deterministic=True, workers=1),
        clock=lambda: 0.0,
        told=lambda _: None,
        goes_on=lambda: True,
    )
    assert found.notices == ()
    return found.options


def best(one: Mission) -> PlanOption:
    return options(one)[-1]


def test_work_in_hand_that_nobody_can_end_is_not_left_out() -> None:
    one = mission(
        agents={"ann": {**GONE, "task": "a"}, "bob": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "1h"},
            "b": {"agent": "bob", "estimate": "1h", "optional": True},
        },
    )

    (keep,) = options(one)

    assert (keep.strategy, keep.makespan_hours) == (Strategy.KEEP, None)


def test_a_plan_is_found_where_an_agent_that_has_work_is_gone() -> None:
    one = mission(
        agents={"ann": GONE, "bob": {"skills": ["code"]}},
        tasks={"a": {"agent": "ann", "skills": ["code"], "estimate": "3h"}},
    )

    assert (best(one).strategy, best(one).makespan_hours) == (Strategy.REASSIGN, 3)


def test_what_nobody_can_do_in_any_way_is_left_out_if_it_may_be() -> None:
    way = {"title": "By hand", "parts": {"part": {"agent": "ann", "estimate": "1h"}}}
    one = mission(
        agents={"ann": GONE, "bob": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "1h", "optional": True, "alternatives": [way]},
            "b": {"agent": "bob", "estimate": "2h", "after": ["a"]},
        },
    )

    assert (best(one).dropped, best(one).makespan_hours) == (("a",), 2)


def test_the_one_way_that_somebody_can_do_is_taken() -> None:
    ways = [
        {"title": who, "parts": {f"by-{who}": {"agent": who, "estimate": "1h"}}}
        for who in ("ann", "bob")
    ]
    one = mission(
        agents={"ann": GONE, "bob": {}},
        tasks={"a": {"agent": "ann", "estimate": "1h", "alternatives": ways}},
    )

    assert [each.task for each in best(one).schedule] == ["by-bob"]


def test_a_milestone_whose_tasks_are_left_out_passes_on_what_comes_before_it() -> None:
    one = mission(
        agents={"ann": {}, "bob": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "4h"},
            "b": {"agent": "bob", "estimate": "3h", "optional": True},
            "c": {"agent": "bob", "estimate": "1h"},
        },
        milestones={
            "M1": {"tasks": ["a"]},
            "M2": {"tasks": ["b"], "after": ["M1"]},
            "M3": {"tasks": ["c"], "after": ["M2"]},
        },
    )

    found = best(one)

    assert (found.dropped, found.makespan_hours, found.is_optimal) == (("b",), 5, True)


def test_leaving_out_what_matters_most_makes_lateness_no_lighter() -> None:
    one = mission(
        agents={"ann": {}, "bob": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "5h", "priority": "LOW"},
            "b": {"agent": "ann", "estimate": "1h", "priority": "CRITICAL", "optional": True},
        },
        milestones={"M1": {"tasks": ["a", "b"], "due": after(4)}},
    )

    assert [each.lateness_hours for each in options(one)] == [2 * 8, 8]


def test_a_plan_that_never_ends_is_not_offered() -> None:
    one = mission(
        agents={"ann": {"unavailable": [{"from": after(2)}]}, "bob": {"skills": ["code"]}},
        tasks={
            "a": {"agent": "ann", "skills": ["code"], "estimate": "1h"},
            "b": {"agent": "ann", "estimate": "3h"},
        },
        milestones={"M1": {"tasks": ["a"], "due": START}},
    )

    assert [each.strategy for each in options(one)] == [Strategy.KEEP]
