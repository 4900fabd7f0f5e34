"""How likely a plan is to end in time."""

from time import process_time
from typing import Any

import pytest

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.replanning.options.chances import chance_on_time
from orchestrator_tui.engine.situation import look_at
from tests.builders import START, after, known, mission

UNSURE = {"best": "2h", "likely": "4h", "worst": "12h"}
AGENTS: dict[str, Any] = {"ann": {}, "bob": {}}


def chance(one: Mission, hours: float, *, seed: int = 7) -> float | None:
    """Return the chance that a mission ends that many hours after its start."""
    situation = look_at(known(one), one, START)
    return chance_on_time(situation, deadline=after(hours), seed=seed)


def of_tasks(**tasks: Any) -> Mission:
    return mission(agents=AGENTS, tasks=tasks)


def test_nobody_knows_where_no_task_has_three_points() -> None:
    half = {"agent": "ann", "estimate": {"likely": "4h", "worst": "9h"}}
    done = {"agent": "ann", "estimate": UNSURE, "finished": START}

    assert chance(of_tasks(a={"agent": "ann", "estimate": "4h"}, b=half, c=done), 9) is None
    assert chance(of_tasks(), 9) is None


def test_nobody_knows_without_a_deadline() -> None:
    one = of_tasks(a={"agent": "ann", "estimate": UNSURE})

    assert chance_on_time(look_at(known(one), one, START), deadline=None, seed=0) is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param(1.9, 0.0, id="before the best case"),
        pytest.param(4.8, 0.50, id="at the median"),
        pytest.param(6.0, 0.73, id="later"),
        pytest.param(12.1, 1.0, id="after the worst case"),
    ],
)
def test_one_task_takes_as_long_as_pert_says(hours: float, expected: float) -> None:
    one = of_tasks(a={"agent": "ann", "estimate": UNSURE})

    assert chance(one, hours) == pytest.approx(expected, abs=0.02)


def test_two_tasks_in_a_row_are_seldom_both_long() -> None:
    task = {"agent": "ann", "estimate": UNSURE}

    in_a_row = chance(of_tasks(a=task, b=task), 14)

    assert in_a_row is not None
    assert 0.9 < in_a_row < 1


def test_two_tasks_side_by_side_are_less_sure_than_one() -> None:
    one = {"agent": "ann", "estimate": UNSURE}
    other = {"agent": "bob", "estimate": UNSURE}

    alone, together = chance(of_tasks(a=one), 5), chance(of_tasks(a=one, b=other), 5)

    assert alone is not None
    assert together == pytest.approx(alone * alone, abs=0.05)


def test_the_order_of_an_agent_is_kept_and_what_is_waited_for_comes_first() -> None:
    sure = {"agent": "bob", "estimate": "4h", "after": ["a"]}
    one = of_tasks(a={"agent": "ann", "estimate": UNSURE}, b=sure)

    assert chance(one, 8.8) == pytest.approx(0.5, abs=0.02)


def test_work_pauses_while_an_agent_is_away() -> None:
    window = [{"from": after(1), "until": after(4)}]
    one = mission(
        agents={"ann": {"unavailable": window}},
        tasks={"a": {"agent": "ann", "estimate": UNSURE}},
    )

    assert chance(one, 7.8) == pytest.approx(0.5, abs=0.02)


def test_what_is_left_is_as_unsure_as_the_whole() -> None:
    half = {"agent": "ann", "estimate": UNSURE, "started": START, "progress": 50}
    other_hands = {"agent": "ann", "estimate": UNSURE, "estimate_by": {"ann": "8h"}}

    assert chance(of_tasks(a=half), 2.4) == pytest.approx(0.5, abs=0.02)
    assert chance(of_tasks(a=other_hands), 9.6) == pytest.approx(0.5, abs=0.02)


def test_a_mission_that_never_ends_is_never_in_time() -> None:
    one = mission(
        agents={"ann": {"unavailable": True}},
        tasks={"a": {"agent": "ann", "estimate": UNSURE}},
    )

    assert chance(one, 1000) == 0


def test_the_same_seed_draws_the_same_and_plans_share_what_is_drawn() -> None:
    tasks = {f"t{each}": {"agent": "ann", "estimate": UNSURE} for each in range(3)}
    elsewhere = {**tasks, "t9": {"agent": "bob", "estimate": {**UNSURE, "best": "3h"}}}

    base = chance(of_tasks(**tasks), 14)

    assert base == chance(of_tasks(**tasks), 14)
    assert base == chance(of_tasks(**elsewhere), 14)
    assert base != chance(of_tasks(**tasks), 14, seed=8)


def test_a_hundred_tasks_take_a_third_of_a_second_at_most() -> None:
    tasks: dict[str, Any] = {
        f"t{each}": {
            "agent": f"a{each % 8}", "estimate": UNSURE,
            "after": [f"t{each - back}" for back in (3, 11) if each >= back],
        }
        for each in range(100)
    }  # fmt: skip
    one = mission(agents={f"a{each}": {} for each in range(8)}, tasks=tasks)
    situation = look_at(known(one), one, START)

    begun = process_time()
    found = chance_on_time(situation, deadline=after(80), seed=1)

    assert found is not None
    assert process_time() - begun < 0.3
