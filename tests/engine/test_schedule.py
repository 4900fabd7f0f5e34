"""When things happen, in small worlds worked out by hand."""

from typing import Any

import pytest

from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from tests.builders import START, after, hours_of, judged, mission

Plan = dict[str, tuple[float | None, float | None, str | None]]


def planned(now: float = 0, **fields: Any) -> Plan:
    """Return (start, finish, agent) by task, in hours after START."""
    return {
        each.id: (hours_of(each.start), hours_of(each.finish), each.agent)
        for each in judged(mission(**fields), after(now)).tasks
    }


def task_named(name: str, now: float = 0, **fields: Any) -> TaskAssessment:
    return next(each for each in judged(mission(**fields), after(now)).tasks if each.id == name)


AWAY = [{"from": after(2), "until": after(5)}]

WORLDS = [
    pytest.param(
        {"agents": {"a": {}}, "tasks": {"x": {"agent": "a", "estimate": "4h"}}},
        {"x": (0, 4, "a")},
        id="one task",
    ),
    pytest.param(
        {
            "agents": {"a": {"unavailable": AWAY}},
            "tasks": {"x": {"agent": "a", "estimate": "4h"}},
        },
        {"x": (0, 7, "a")},
        id="work pauses while the agent is away",
    ),
    pytest.param(
        {
            "agents": {"a": {"unavailable": AWAY}},
            "tasks": {"x": {"agent": "a", "estimate": "2h"}, "y": {"agent": "a", "estimate": "1h"}},
        },
        {"x": (0, 2, "a"), "y": (5, 6, "a")},
        id="work that ends as the absence begins is done",
    ),
    pytest.param(
        {
            "agents": {"a": {"unavailable": True}, "b": {}},
            "tasks": {
                "x": {"agent": "a", "estimate": "1h"},
                "y": {"agent": "b", "estimate": "1h", "after": ["x"]},
                "z": {"agent": "b", "estimate": "1h"},
            },
        },
        {"x": (None, None, "a"), "y": (None, None, "b"), "z": (0, 1, "b")},
        id="who is away for good never finishes, nor what waits for it",
    ),
    pytest.param(
        {
            "agents": {"a": {}},
            "tasks": {
                "low": {"agent": "a", "estimate": "1h", "priority": "LOW"},
                "short": {"agent": "a", "estimate": "1h"},
                "long": {"agent": "a", "estimate": "2h"},
                "high": {"agent": "a", "estimate": "1h", "priority": "HIGH"},
            },
        },
        {"high": (0, 1, "a"), "long": (1, 3, "a"), "short": (3, 4, "a"), "low": (4, 5, "a")},
        id="priority, then the longer tail",
    ),
    pytest.param(
        {
            "agents": {"a": {}},
            "tasks": {each: {"agent": "a", "estimate": "1h"} for each in ("x", "y", "z")},
        },
        {"x": (0, 1, "a"), "y": (1, 2, "a"), "z": (2, 3, "a")},
        id="equals go in mission order",
    ),
    pytest.param(
        {
            "agents": {"a": {"queue": ["late", "low"]}, "b": {}},
            "tasks": {
                "before": {"agent": "b", "estimate": "3h"},
                "high": {"agent": "a", "estimate": "1h", "priority": "CRITICAL"},
                "low": {"agent": "a", "estimate": "1h", "priority": "LOW"},
                "late": {"agent": "a", "estimate": "1h", "after": ["before"]},
            },
        },
        {
            "before": (0, 3, "b"), "late": (3, 4, "a"), "low": (4, 5, "a"), "high": (5, 6, "a"),
        },
        id="a queue is kept strictly, even where that means waiting",
    ),
    pytest.param(
        {
            "agents": {"a": {"queue": ["second"]}},
            "tasks": {
                "other": {"agent": "a", "estimate": "1h", "priority": "HIGH"},
                "first": {"agent": "a", "estimate": "1h"},
                "second": {"agent": "a", "estimate": "1h", "after": ["first"]},
            },
        },
        {"first": (0, 1, "a"), "second": (1, 2, "a"), "other": (2, 3, "a")},
        id="what the head of a queue waits for may go before it",
    ),
    pytest.param(
        {
            "agents": {"a": {"task": "named"}},
            "tasks": {
                "early": {"agent": "a", "estimate": "2h", "started": after(-5)},
                "late": {"agent": "a", "estimate": "2h", "started": after(-4)},
                "named": {"agent": "a", "estimate": "2h", "started": after(-3)},
            },
        },
        {"early": (-5, 4, "a"), "late": (-4, 6, "a"), "named": (-3, 2, "a")},
        id="in hand: the named one, then the one begun first",
    ),
    pytest.param(
        {
            "agents": {"a": {}, "b": {}},
            "tasks": {
                "x": {"agent": "b", "estimate": "5h"},
                "y": {"agent": "a", "estimate": "4h", "progress": 50, "after": ["x"]},
            },
        },
        {"x": (0, 5, "b"), "y": (0, 2, "a")},
        id="work in hand does not wait for what comes before it",
    ),
    pytest.param(
        {
            "agents": {"slow": {}, "fast": {}},
            "tasks": {
                "busy": {"agent": "fast", "estimate": "2h", "priority": "HIGH"},
                "x": {"estimate": "8h", "estimate_by": {"slow": "8h", "fast": "3h"}},
            },
        },
        {"busy": (0, 2, "fast"), "x": (2, 5, "fast")},
        id="an unassigned task waits for who finishes it first",
    ),
    pytest.param(
        {
            "agents": {"a": {}, "b": {}, "backup": {"standby": True}},
            "tasks": {
                "x": {"estimate": "2h"}, "y": {"estimate": "2h"}, "z": {"estimate": "2h"},
            },
        },
        {"x": (0, 2, "a"), "y": (0, 2, "b"), "z": (2, 4, "a")},
        id="ties go to the first agent, and nothing to a backup",
    ),
    pytest.param(
        {
            "agents": {"a": {"skills": {"ui": 2}}, "b": {"skills": {"ui": 4}}},
            "tasks": {"x": {"estimate": "2h", "skills": {"ui": 3}}},
        },
        {"x": (0, 2, "b")},
        id="only who holds the skill at the level",
    ),
    pytest.param(
        {
            "agents": {"a": {}},
            "tasks": {"x": {"estimate": "2h", "skills": {"ui": 3}}},
        },
        {"x": (None, None, None)},
        id="nobody is able",
    ),
    pytest.param(
        {
            "agents": {"a": {}, "b": {}},
            "tasks": {
                "x": {"agent": "a", "estimate": "3h"},
                "gone": {"agent": "a", "estimate": "9h", "after": ["x"], "cancelled": True},
                "y": {"agent": "b", "estimate": "1h", "after": ["gone"]},
            },
        },
        {"x": (0, 3, "a"), "gone": (None, None, "a"), "y": (0, 1, "b")},
        id="nothing waits for or through a cancelled task",
    ),
    pytest.param(
        {
            "agents": {"a": {}, "b": {}},
            "tasks": {
                "x": {"agent": "a", "estimate": "3h"},
                "y": {"agent": "b", "estimate": "1h"},
                "z": {"agent": "b", "estimate": "1h", "after": ["M1"]},
            },
            "milestones": {
                "M1": {"tasks": ["x"], "gate": True},
                "M2": {"after": ["M1"]},
                "M3": {"after": ["M2"], "tasks": ["y"]},
            },
        },
        {"x": (0, 3, "a"), "y": (3, 4, "b"), "z": (4, 5, "b")},
        id="milestones wait for milestones, through one without tasks",
    ),
    pytest.param(
        {
            "agents": {"a": {}, "b": {}},
            "tasks": {
                "x": {"agent": "a", "estimate": "1h"},
                "done": {"agent": "a", "estimate": "1h", "after": ["x"], "finished": START},
                "y": {"agent": "b", "estimate": "2h"},
                "z": {"agent": "a", "estimate": "1h", "after": ["done", "y"]},
            },
        },
        {"x": (0, 1, "a"), "done": (None, 0, "a"), "y": (0, 2, "b"), "z": (2, 3, "a")},
        id="what is finished before its time is not done again",
    ),
    pytest.param(
        {
            "agents": {"a": {}},
            "tasks": {"x": {"agent": "a", "estimate": "1h", "earliest": after(6)}},
        },
        {"x": (6, 7, "a")},
        id="not before its earliest start",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), WORLDS)
def test_everything_happens_when_the_rule_says(fields: dict[str, Any], expected: Plan) -> None:
    assert planned(**fields) == expected


@pytest.mark.parametrize(
    ("fields", "finish"),
    [
        pytest.param({"finished": after(1)}, 1, id="as written"),
        pytest.param({"progress": 100}, 2, id="its agent's last report"),
        pytest.param({"progress": 100, "started": after(2.5)}, 2.5, id="not before it started"),
        pytest.param({"progress": 100, "agent": "silent"}, 3, id="now where nobody reported"),
    ],
)
def test_a_finished_task_finished(fields: dict[str, Any], finish: float) -> None:
    found = task_named(
        "x",
        3,
        agents={"a": {"updated": after(2)}, "silent": {}},
        tasks={"x": {"agent": "a", "estimate": "4h", **fields}},
    )

    assert found.state is TaskState.FINISHED
    assert hours_of(found.finish) == finish
    assert found.slack_hours is None
    assert found.remaining_hours == 0


def test_a_stamp_to_come_has_not_happened() -> None:
    task = {"agent": "a", "estimate": "4h", "started": after(2), "finished": after(5)}
    world = {"agents": {"a": {}}, "tasks": {"x": task}}

    assert task_named("x", 1, **world).state is TaskState.READY
    assert task_named("x", 3, **world).state is TaskState.IN_HAND
    assert task_named("x", 5, **world).state is TaskState.FINISHED


def test_a_gate_holds_back_until_it_is_approved() -> None:
    found = task_named(
        "y",
        agents={"a": {}},
        tasks={
            "x": {"agent": "a", "estimate": "1h", "finished": START},
            "y": {"agent": "a", "estimate": "1h"},
        },
        milestones={"M1": {"tasks": ["x"], "gate": True}, "M2": {"tasks": ["y"], "after": ["M1"]}},
    )

    assert found.state is TaskState.WAITING
    assert found.start == START


def test_slack_ends_where_the_agent_is_away() -> None:
    found = task_named(
        "x",
        agents={"a": {"unavailable": [{"from": after(4), "until": after(20)}]}},
        tasks={
            "x": {"agent": "a", "estimate": "3h"},
            "y": {"agent": "a", "estimate": "5h", "priority": "LOW", "earliest": after(20)},
        },
    )

    assert found.slack_hours == 1
    assert not found.is_critical


def test_the_three_steps_take_eighteen_hours_and_are_all_critical() -> None:
    found = judged(
        mission(
            agents={"architect": {}, "django": {}, "react": {}},
            tasks={
                "api": {"agent": "architect", "estimate": "4h"},
                "backend": {"agent": "django", "estimate": "8h", "after": ["api"]},
                "frontend": {"agent": "react", "estimate": "6h", "after": ["backend"]},
            },
        )
    )

    assert hours_of(found.timeline.forecast_finish) == 18
    assert found.critical_path.tasks == ("api", "backend", "frontend")
    assert found.critical_path.length_hours == 18
    assert all(each.is_critical for each in found.tasks)


def test_where_something_never_ends_it_and_what_it_waits_for_are_critical() -> None:
    found = judged(
        mission(
            agents={"a": {}, "gone": {"unavailable": True}},
            tasks={
                "x": {"agent": "a", "estimate": "1h"},
                "never": {"agent": "gone", "estimate": "1h", "after": ["x"]},
                "other": {"agent": "a", "estimate": "9h"},
            },
        )
    )

    assert {each.id: each.slack_hours for each in found.tasks} == {
        "x": 0, "never": 0, "other": None,
    }  # fmt: skip
    assert found.timeline.forecast_finish is None
    assert found.timeline.status == "DELAYED"


def test_the_baseline_knows_nothing_of_reports_and_absences() -> None:
    found = task_named(
        "x",
        5,
        agents={"a": {"unavailable": True}},
        tasks={"x": {"agent": "a", "estimate": "4h", "progress": 50, "started": after(3)}},
    )

    assert (hours_of(found.baseline_start), hours_of(found.baseline_finish)) == (0, 4)
    assert found.finish is None


def test_a_circle_has_no_finish() -> None:
    found = planned(
        agents={"a": {}},
        tasks={
            "x": {"agent": "a", "estimate": "1h", "after": ["y"]},
            "y": {"agent": "a", "estimate": "1h", "after": ["x"]},
            "z": {"agent": "a", "estimate": "1h"},
        },
    )

    assert found == {"x": (None, None, "a"), "y": (None, None, "a"), "z": (0, 1, "a")}


def test_queues_that_wait_for_each_other_are_let_go() -> None:
    found = planned(
        agents={"a": {"queue": ["x"]}, "b": {"queue": ["z"]}},
        tasks={
            "w": {"agent": "a", "estimate": "1h"},
            "x": {"agent": "a", "estimate": "1h", "after": ["y"]},
            "y": {"agent": "b", "estimate": "1h"},
            "z": {"agent": "b", "estimate": "1h", "after": ["w"]},
        },
    )

    assert all(finish is not None for _, finish, _ in found.values())


def test_a_chain_of_three_thousand_needs_no_recursion() -> None:
    tasks = {
        f"t{each}": {"agent": "a", "estimate": "1h", "after": [f"t{each - 1}"] if each else []}
        for each in range(3000)
    }

    found = judged(mission(agents={"a": {}}, tasks=tasks))

    assert hours_of(found.timeline.forecast_finish) == 3000
    assert len(found.critical_path.tasks) == 3000


def test_nothing_begins_before_the_mission_does_but_what_is_in_hand() -> None:
    world = {
        "agents": {"a": {}, "b": {}},
        "tasks": {
            "x": {"agent": "a", "estimate": "2h"},
            "y": {"agent": "b", "estimate": "2h", "progress": 50},
        },
    }

    assert planned(-10, **world) == {"x": (0, 2, "a"), "y": (-10, -9, "b")}
    assert task_named("x", -10, **world).state is TaskState.WAITING
    assert task_named("x", 0, **world).state is TaskState.READY
