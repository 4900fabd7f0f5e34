"""How likely work is to end in time."""

from typing import Any

import pytest

from orchestrator_tui.domain.experience import NO_EXPERIENCE
from orchestrator_tui.domain.foresight import WHOLE, FinishRange
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.forecasting.foreseeing import chance_on_time, foresee
from orchestrator_tui.engine.situation import look_at
from tests.builders import START, after, known, mission

UNSURE = {"best": "2h", "likely": "4h", "worst": "12h"}
"""Half of all end within 4.8 hours, as PERT has it."""
AGENTS: dict[str, Any] = {"ann": {}, "bob": {}}


def chance(one: Mission, hours: float, *, seed: int = 7) -> float | None:
    """Return the chance that a mission ends that many hours after its start."""
    ends_by = one.model_copy(update={"deadline": after(hours)})
    return chance_on_time(look_at(known(ends_by), ends_by, START), runs=2_000, seed=seed)


def whole(one: Mission) -> FinishRange:
    found = foresee(known(one), NO_EXPERIENCE, START)
    assert found is not None
    return found.ranges[WHOLE]


def of_tasks(**tasks: Any) -> Mission:
    return mission(agents=AGENTS, tasks=tasks)


def test_nothing_is_said_without_a_deadline_or_without_work() -> None:
    one = of_tasks(a={"agent": "ann", "estimate": UNSURE})

    assert chance_on_time(look_at(known(one), one, START)) is None
    assert chance(of_tasks(), 9) is None
    assert chance(of_tasks(a={"agent": "ann", "estimate": "1h", "finished": START}), 9) is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param(1.9, 0.0, id="before the best case"),
        pytest.param(4.8, 0.50, id="at the median"),
        pytest.param(6.0, 0.73, id="later"),
        pytest.param(12.1, 1.0, id="after the worst case"),
    ],
)
def test_one_task_with_three_points_takes_as_long_as_pert_says(
    hours: float, expected: float
) -> None:
    one = of_tasks(a={"agent": "ann", "estimate": UNSURE})

    assert chance(one, hours) == pytest.approx(expected, abs=0.04)


def test_two_tasks_in_a_row_are_seldom_both_long() -> None:
    task = {"agent": "ann", "estimate": UNSURE}

    in_a_row = chance(of_tasks(a=task, b=task), 14)

    assert in_a_row is not None
    assert 0.85 < in_a_row < 1


def test_what_is_late_together_is_in_time_together() -> None:
    one, other = ({"agent": each, "estimate": UNSURE} for each in AGENTS)

    alone, together = chance(of_tasks(a=one), 5), chance(of_tasks(a=one, b=other), 5)

    assert alone is not None
    assert together is not None
    assert alone * alone < together < alone


def test_the_order_of_an_agent_is_kept_and_what_is_waited_for_comes_first() -> None:
    sure = {"best": "4h", "likely": "4h", "worst": "4h"}
    one = of_tasks(
        a={"agent": "ann", "estimate": UNSURE},
        b={"agent": "bob", "estimate": sure, "after": ["a"]},
    )

    assert chance(one, 8.8) == pytest.approx(0.5, abs=0.03)


def test_work_pauses_while_an_agent_is_away() -> None:
    window = [{"from": after(1), "until": after(4)}]
    one = mission(
        agents={"ann": {"unavailable": window}},
        tasks={"a": {"agent": "ann", "estimate": UNSURE}},
    )

    assert chance(one, 7.8) == pytest.approx(0.5, abs=0.03)


def test_in_other_hands_everything_is_longer_by_the_same_factor() -> None:
    slow = {"agent": "ann", "estimate": UNSURE, "estimate_by": {"ann": "8h"}}

    assert chance(of_tasks(a=slow), 9.6) == pytest.approx(0.5, abs=0.03)


def test_a_mission_that_never_ends_is_never_in_time() -> None:
    one = mission(
        agents={"ann": {"unavailable": True}},
        tasks={"a": {"agent": "ann", "estimate": UNSURE}},
    )

    assert chance(one, 1000) == 0
    assert set(whole(one).finishes) == {None}


def test_the_same_seed_draws_the_same_and_plans_share_what_is_drawn() -> None:
    tasks = {f"t{each}": {"agent": "ann", "estimate": UNSURE} for each in range(3)}
    elsewhere = {**tasks, "a9": {"agent": "bob", "estimate": {**UNSURE, "worst": "5h"}}}

    base = chance(of_tasks(**tasks), 14)

    assert base == chance(of_tasks(**tasks), 14)
    assert base == chance(of_tasks(**elsewhere), 14)
    assert base != chance(of_tasks(**tasks), 14, seed=8)
