"""What there is to plan follows from the mission, in minutes from now."""

import pytest

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.engine.replanning.problem.freedoms import restricted
from orchestrator_tui.engine.replanning.problem.posing import pose
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Activity, Problem
from orchestrator_tui.engine.scheduling.ticks import NEVER
from orchestrator_tui.engine.situation import look_at
from tests.builders import after, known, mission

ANN_AND_BOB = {
    "ann": {"skills": ["code"]},
    "bob": {"skills": ["code"]},
    "eve": {"skills": ["code"], "standby": True, "activation_cost": "2h"},
}
SPLIT = {
    "title": "In two",
    "parts": {
        "front": {"estimate": "2h", "skills": ["code"], "after": ["plan"]},
        "back": {"estimate": "3h", "skills": ["code"], "after": ["front"]},
    },
}


def problem_of(one: Mission, hours: float = 0) -> Problem:
    return pose(look_at(known(one), one, after(hours)))


def activity(problem: Problem, key: str) -> Activity:
    return next(each for each in problem.activities if each.id == key)


def minutes_by(problem: Problem, key: str) -> dict[str, int]:
    modes = activity(problem, key).modes
    return {problem.agents[each.agent]: each.minutes for each in modes}


def waits_for(problem: Problem, key: str) -> set[str]:
    before = activity(problem, key).before
    return {problem.activities[each].id for each in before if each < problem.size}


def test_a_task_takes_in_every_hand_what_is_left_of_it_there() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "a": {
                "agent": "ann", "skills": ["code"], "estimate": "4h",
                "estimate_by": {"bob": "6h"},
            }
        },
    )  # fmt: skip

    assert minutes_by(problem_of(one), "a") == {"ann": 240, "bob": 360, "eve": 240}


def test_work_in_hand_costs_a_tenth_of_the_whole_more_in_other_hands() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "a": {
                "agent": "ann", "skills": ["code"], "estimate": "10h", "progress": 40,
                "started": after(-1), "after": ["b"],
            },
            "b": {"agent": "bob", "estimate": "1h"},
        },
    )  # fmt: skip

    problem = problem_of(one)

    assert minutes_by(problem, "a") == {"ann": 360, "bob": 420, "eve": 420}
    assert activity(problem, "a").in_hand is not None
    assert activity(problem, "a").before == ()


def test_what_is_finished_or_cancelled_is_not_planned() -> None:
    one = mission(
        tasks={
            "done": {"estimate": "1h", "finished": after(0)},
            "gone": {"estimate": "1h", "cancelled": True},
            "left": {"estimate": "1h", "after": ["done", "gone"]},
        },
        agents={"ann": {}},
    )

    problem = problem_of(one, 1)

    assert [each.id for each in problem.activities] == ["left"]
    assert activity(problem, "left").before == ()


def test_whoever_is_away_for_ever_is_no_choice() -> None:
    agents = {**ANN_AND_BOB, "ann": {"skills": ["code"], "unavailable": True}}
    one = mission(agents=agents, tasks={"a": {"skills": ["code"], "estimate": "1h"}})

    assert minutes_by(problem_of(one), "a") == {"bob": 60, "eve": 60}


def test_absences_that_are_over_are_left_out_and_others_count_from_now() -> None:
    windows = [
        {"from": after(0), "until": after(1)},
        {"from": after(3), "until": after(5)},
        {"from": after(9)},
    ]
    one = mission(agents={"ann": {"unavailable": windows}}, tasks={"a": {"estimate": "1h"}})

    assert problem_of(one, 2).absences == (((60, 180), (420, NEVER)),)


def test_parts_stand_beside_their_task_and_followers_wait_for_both() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "plan": {"agent": "ann", "estimate": "1h"},
            "build": {
                "agent": "bob", "estimate": "6h", "after": ["plan"], "alternatives": [SPLIT],
            },
            "ship": {"agent": "ann", "estimate": "1h", "after": ["build"]},
        },
        milestones={"M1": {"tasks": ["build"], "due": after(9)}},
    )  # fmt: skip

    problem = problem_of(one)

    assert waits_for(problem, "ship") == {"build", "front", "back"}
    assert waits_for(problem, "back") == {"front"}
    assert waits_for(problem, "front") == {"plan"}
    (split,) = problem.splits
    assert [problem.activities[each].id for each in split.ways[0]] == ["front", "back"]
    (due,) = problem.dues
    waiting = problem.passages[due.node - problem.size]
    assert {problem.activities[each].id for each in waiting} == {"build", "front", "back"}
    assert due.minute == 540


@pytest.mark.parametrize(
    "build",
    [
        pytest.param({"progress": 10}, id="begun"),
        pytest.param({"finished": after(0)}, id="finished"),
    ],
)
def test_what_was_begun_is_not_split(build: dict[str, object]) -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "plan": {"agent": "ann", "estimate": "1h"},
            "build": {"agent": "bob", "estimate": "6h", "alternatives": [SPLIT], **build},
        },
    )

    assert problem_of(one, 1).splits == ()


def test_a_way_whose_parts_are_called_as_a_task_is_passed_over() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "plan": {"agent": "ann", "estimate": "1h"},
            "Front": {"agent": "ann", "estimate": "1h"},
            "build": {"agent": "bob", "estimate": "6h", "alternatives": [SPLIT]},
        },
    )

    assert problem_of(one).splits == ()


def test_a_way_whose_parts_differ_in_case_alone_is_passed_over() -> None:
    alike = {"title": "Alike", "parts": {"ui": {"estimate": "1h"}, "UI": {"estimate": "1h"}}}
    one = mission(
        agents=ANN_AND_BOB,
        tasks={"build": {"agent": "bob", "estimate": "6h", "alternatives": [alike]}},
    )

    assert problem_of(one).splits == ()


def test_a_milestone_weighs_by_the_highest_priority_of_its_tasks() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "a": {"agent": "ann", "estimate": "1h", "priority": "LOW"},
            "b": {"agent": "ann", "estimate": "1h", "priority": "CRITICAL"},
            "c": {"agent": "ann", "estimate": "1h"},
        },
        milestones={
            "M1": {"tasks": ["a", "b"], "due": after(1)},
            "M2": {"tasks": ["c"], "due": after(1)},
        },
    )

    assert [each.weight for each in problem_of(one).dues] == [8, 2]


def test_each_strategy_has_its_own_freedoms() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "plan": {"agent": "ann", "skills": ["code"], "estimate": "1h"},
            "build": {
                "agent": "bob", "skills": ["code"], "estimate": "6h",
                "alternatives": [{**SPLIT, "drops": "the cache"}],
            },
            "extra": {"agent": "ann", "estimate": "1h", "optional": True},
        },
    )  # fmt: skip
    problem = problem_of(one)

    hands = {
        each: set(minutes_by(restricted(problem, each), "plan")) for each in list(Strategy)[1:]
    }
    splits = {each: restricted(problem, each).splits for each in Strategy}

    assert hands[Strategy.RESEQUENCE] == {"ann"}
    assert hands[Strategy.REASSIGN] == {"ann", "bob"}
    assert hands[Strategy.ACTIVATE_BACKUPS] == {"ann", "bob", "eve"}
    assert not splits[Strategy.ACTIVATE_BACKUPS]
    assert splits[Strategy.SPLIT] == problem.splits
    assert restricted(problem, Strategy.SPLIT, keeps_scope=True).splits == ()
    assert not activity(restricted(problem, Strategy.SPLIT), "extra").is_optional
    assert activity(restricted(problem, Strategy.REDUCE_SCOPE), "extra").is_optional
    assert restricted(problem, Strategy.REDUCE_SCOPE) == problem


def test_parts_that_are_not_offered_cannot_be_done() -> None:
    one = mission(
        agents=ANN_AND_BOB,
        tasks={
            "plan": {"agent": "ann", "estimate": "1h"},
            "build": {"agent": "bob", "estimate": "6h", "alternatives": [SPLIT]},
        },
    )

    problem = restricted(problem_of(one), Strategy.REASSIGN)

    assert activity(problem, "front").modes == ()
    assert activity(problem, "front").holder == ABSENT


def test_the_order_of_the_forecast_is_part_of_the_problem() -> None:
    one = mission(
        agents={"ann": {}, "bob": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "1h"},
            "b": {"agent": "ann", "estimate": "2h", "priority": "HIGH"},
            "c": {"agent": "bob", "estimate": "1h", "after": ["a"]},
        },
    )

    problem = problem_of(one)

    named = [[problem.activities[each].id for each in part] for part in problem.forecast]
    assert named == [["b", "a"], ["c"]]
    assert [activity(problem, key).start for key in "abc"] == [120, 0, 180]


def test_who_stands_by_and_has_work_already_need_not_be_brought_in() -> None:
    tasks = {"a": {"agent": "eve", "estimate": "1h"}}
    problem = problem_of(mission(agents=ANN_AND_BOB, tasks=tasks))
    idle = problem_of(mission(agents=ANN_AND_BOB, tasks={"a": {"agent": "ann", "estimate": "1h"}}))

    assert (problem.is_standby[2], problem.activation[2]) == (False, 0)
    assert (idle.is_standby[2], idle.activation[2]) == (True, 120)


def test_equal_missions_pose_equal_problems() -> None:
    one = mission(agents=ANN_AND_BOB, tasks={"a": {"skills": ["code"], "estimate": "1h"}})

    assert problem_of(one) == problem_of(one.model_copy())
