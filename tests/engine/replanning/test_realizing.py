"""What is promised of a plan is what the next forecast says once it is written."""

from collections.abc import Mapping
from datetime import timedelta

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.replanning.options.realizing import Outcome, realize
from orchestrator_tui.engine.replanning.problem.posing import pose
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice
from orchestrator_tui.engine.scheduling.ticks import ticks_in
from orchestrator_tui.engine.situation import Situation, look_at
from tests.builders import START, after, hours_of, judged, known, mission

THREE_STEPS = {
    "agents": {
        "architect": {},
        "builder": {"skills": {"backend": 4}},
        "expert": {
            "skills": {"frontend": 5, "react": 5},
            "unavailable": [{"from": START, "until": after(10)}],
        },
        "backup": {"skills": ["frontend"], "standby": True, "activation_cost": "2h"},
    },
    "tasks": {
        "design": {"agent": "architect", "estimate": "4h"},
        "backend": {
            "agent": "builder", "skills": {"backend": 4}, "estimate": "8h", "after": ["design"],
            "alternatives": [
                {
                    "title": "Core", "drops": "the admin screens",
                    "parts": {
                        "core": {"estimate": "6h", "skills": {"backend": 4}, "after": ["design"]}
                    },
                }
            ],
        },
        "frontend": {
            "agent": "expert", "skills": ["frontend"], "estimate": "6h", "after": ["backend"],
            "alternatives": [
                {
                    "title": "Basic first",
                    "parts": {
                        "basic": {"estimate": "4h", "skills": ["frontend"], "after": ["design"]},
                        "rest": {
                            "estimate": "4h", "skills": ["react"], "after": ["basic", "backend"],
                        },
                    },
                }
            ],
        },
    },
    "milestones": {"M1": {"tasks": ["backend", "frontend"], "due": after(15)}},
}  # fmt: skip


def situation_of(one: Mission, hours: float = 0) -> Situation:
    return look_at(known(one), one, after(hours))


def chosen(situation: Situation, hands: Mapping[str, str | None], *orders: list[str]) -> Choice:
    """Return the choice in which tasks have these hands, in the orders that are given by agent."""
    problem = pose(situation)
    number = {each.id: at for at, each in enumerate(problem.activities)}
    agents = [
        ABSENT if (who := hands.get(each.id)) is None else situation.agent_ids.index(who)  # type: ignore[arg-type]
        for each in problem.activities
    ]
    return Choice(
        tuple(agents), tuple(tuple(number[TaskId(key)] for key in order) for order in orders)
    )


def realized(situation: Situation, choice: Choice) -> Outcome:
    return realize(situation, pose(situation), choice)


def test_two_splits_side_by_side_take_fourteen_hours_where_waiting_takes_eighteen() -> None:
    situation = situation_of(mission(**THREE_STEPS))
    choice = chosen(
        situation,
        {"design": "architect", "core": "builder", "basic": "backup", "rest": "expert"},
        ["design"], ["core"], ["rest"], ["basic"],
    )  # fmt: skip

    outcome = realized(situation, choice)

    assert outcome.makespan == timedelta(hours=14) // timedelta(microseconds=1)
    assert Outcome(situation).makespan == timedelta(hours=18) // timedelta(microseconds=1)
    assert outcome.lateness == 0
    assert Outcome(situation).lateness == 2 * (timedelta(hours=3) // timedelta(microseconds=1))
    assert outcome.is_better_than(Outcome(situation))


def test_a_split_is_written_with_all_that_hangs_on_its_task() -> None:
    situation = situation_of(mission(**THREE_STEPS))
    choice = chosen(
        situation,
        {"design": "architect", "core": "builder", "basic": "backup", "rest": "expert"},
        ["design"], ["core"], ["rest"], ["basic"],
    )  # fmt: skip

    after_it = realized(situation, choice).situation.mission

    assert after_it.tasks[TaskId("backend")].cancelled
    assert after_it.tasks[TaskId("frontend")].cancelled
    assert after_it.tasks[TaskId("rest")].after == ("basic", "core")
    assert after_it.tasks[TaskId("rest")].agent == "expert"
    assert next(iter(after_it.milestones.values())).tasks == ("core", "basic", "rest")


def test_the_promise_is_what_the_next_assessment_says() -> None:
    situation = situation_of(mission(**THREE_STEPS))
    choice = chosen(
        situation,
        {"design": "architect", "backend": "builder", "basic": "backup", "rest": "expert"},
        ["design"], ["backend"], ["rest"], ["basic"],
    )  # fmt: skip

    outcome = realized(situation, choice)

    told = judged(outcome.situation.mission).timeline.forecast_finish
    assert hours_of(told) == 16
    assert outcome.makespan == timedelta(hours=16) // timedelta(microseconds=1)


def test_an_order_is_kept_whatever_the_priorities_say() -> None:
    one = mission(
        agents={"ann": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "1h"},
            "b": {"agent": "ann", "estimate": "2h", "priority": "CRITICAL"},
            "c": {"agent": "ann", "estimate": "3h"},
        },
    )
    situation = situation_of(one)
    choice = chosen(situation, dict.fromkeys("abc", "ann"), ["a", "c", "b"])

    under = realized(situation, choice).situation

    assert [under.plan.ids[each] for each in under.sequences[0]] == ["a", "c", "b"]
    assert under.mission.agents[under.agent_ids[0]].queue == ("a", "c", "b")


def test_agents_whose_order_stays_keep_the_queue_they_have() -> None:
    one = mission(
        agents={"ann": {}, "bob": {"queue": ["d"]}},
        tasks={
            "a": {"agent": "ann", "estimate": "1h"},
            "b": {"agent": "ann", "estimate": "2h"},
            "c": {"agent": "bob", "estimate": "3h"},
            "d": {"agent": "bob", "estimate": "3h"},
        },
    )
    situation = situation_of(one)
    hands = {"a": "ann", "b": "ann", "c": "bob", "d": "bob"}

    under = realized(situation, chosen(situation, hands, ["a", "b"], ["d", "c"])).situation

    queues = {key: each.queue for key, each in under.mission.agents.items()}
    assert queues == {"ann": ("a", "b"), "bob": ("d",)}


def test_work_in_hand_that_is_handed_over_says_how_much_is_left() -> None:
    one = mission(
        agents={"ann": {"skills": ["code"]}, "bob": {"skills": ["code"]}},
        tasks={
            "a": {
                "agent": "ann", "skills": ["code"], "estimate": "10h", "progress": 40,
                "started": START,
            }
        },
    )  # fmt: skip
    situation = situation_of(one, 1)

    under = realized(situation, chosen(situation, {"a": "bob"}, [], ["a"])).situation

    task = under.mission.tasks[TaskId("a")]
    assert (task.agent, task.remaining) == ("bob", timedelta(hours=7))
    assert hours_of(judged(under.mission, after(1)).timeline.forecast_finish) == 8


def test_a_plan_that_changes_nothing_writes_nothing() -> None:
    one = mission(
        agents={"ann": {}, "bob": {}},
        tasks={"a": {"agent": "ann", "estimate": "1h"}, "b": {"agent": "bob", "estimate": "1h"}},
    )
    situation = situation_of(one)

    outcome = realized(situation, chosen(situation, {"a": "ann", "b": "bob"}, ["a"], ["b"]))

    assert outcome.situation.mission == one
    assert not outcome.is_better_than(Outcome(situation))


def test_a_part_that_names_what_it_replaces_waits_for_the_other_parts_alone() -> None:
    parts = {"p": {"estimate": "2h"}, "q": {"estimate": "1h", "after": ["p", "build"]}}
    one = mission(
        agents={"ann": {}, "bob": {}},
        tasks={
            "build": {
                "agent": "ann", "estimate": "6h",
                "alternatives": [{"title": "In two", "parts": parts}],
            }
        },
    )  # fmt: skip
    situation = situation_of(one)
    choice = chosen(situation, {"build": None, "p": "ann", "q": "bob"}, ["p"], ["q"])

    outcome = realized(situation, choice)

    assert outcome.situation.mission.tasks[TaskId("q")].after == ("p",)
    assert outcome.makespan == ticks_in(timedelta(hours=3))
