"""What is drawn of a mission's future: ranges, what decides them, and laws that always hold."""

import pickle
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.experience import NO_EXPERIENCE, BlockedSpell, Experience, WorkRecord
from orchestrator_tui.domain.foresight import WHOLE, FinishRange, Foresight
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.forecasting.foreseeing import foresee
from orchestrator_tui.engine.forecasting.posing import pose
from tests.builders import START, after, hours_of, known, mission

AGENTS: dict[str, Any] = {"ann": {}, "bob": {}}
RUNS = 400
HOUR = timedelta(hours=1)


def foreseen(
    one: Mission, hours: float = 0, *, experience: Experience = NO_EXPERIENCE, seed: int = 1
) -> Foresight:
    """Return what is drawn of a mission that many hours after its start."""
    found = foresee(known(one), experience, after(hours), runs=RUNS, seed=seed)
    assert found is not None
    return found


def median(one: Mission, hours: float = 0, *, experience: Experience = NO_EXPERIENCE) -> float:
    """Return the hours until half of all runs have ended."""
    found = hours_of(foreseen(one, hours, experience=experience).ranges[WHOLE].by(0.5))
    assert found is not None
    return found - hours


def of_tasks(**tasks: Any) -> Mission:
    given_to = {key: {"agent": "ann", "estimate": "4h", **each} for key, each in tasks.items()}
    return mission(agents=AGENTS, tasks=given_to)


def finished_by_ann(ratios: list[float]) -> Experience:
    """Return tasks of four hours that took so many times as long, one a day before the start."""
    return Experience(
        work=tuple(
            WorkRecord("past", f"p{at}", START - (len(ratios) - at) * 24 * HOUR, 4, 4 * each, "ann")
            for at, each in enumerate(ratios)
        )
    )


def test_nothing_is_drawn_of_what_has_ended_or_cannot_be_read() -> None:
    done = of_tasks(a={"finished": START})

    assert foresee(known(done), NO_EXPERIENCE, after(1)) is None
    assert pose(known(of_tasks()), NO_EXPERIENCE, START) is None


def test_each_milestone_that_has_not_ended_has_a_range_and_the_whole_comes_first() -> None:
    one = mission(
        agents=AGENTS,
        tasks={
            "a": {"agent": "ann", "estimate": "1h", "finished": START},
            "b": {"agent": "ann", "estimate": "2h"},
            "c": {"agent": "bob", "estimate": "9h"},
        },
        milestones={
            "M1": {"tasks": ["a"]},
            "M2": {"tasks": ["b"], "due": after(3)},
            "M3": {"tasks": ["b", "c"]},
        },
        deadline=after(20),
    )

    ranges = foreseen(one, 0.5).ranges

    assert list(ranges) == [WHOLE, "M2", "M3"]
    assert (ranges["M2"].due, ranges["M3"].due, ranges[WHOLE].due) == (after(3), None, after(20))
    assert ranges["M3"].on_time is None
    assert ranges["M3"].finishes == ranges[WHOLE].finishes
    assert all(_in_order(each) for each in ranges.values())


def _in_order(one: FinishRange) -> bool:
    return all(low is not None and high is not None and low <= high
               for low, high in pairwise(one.finishes))  # fmt: skip


def test_a_team_that_takes_twice_as_long_is_foreseen_to() -> None:
    one = of_tasks(a={}, b={})

    slow = median(one, experience=finished_by_ann([2.0, 1.9, 2.1, 2.0] * 10))
    quick = median(one, experience=finished_by_ann([0.5, 0.6, 0.5, 0.4] * 10))

    assert slow > 1.5 * median(one)
    assert quick < 0.75 * median(one)


def test_it_says_how_many_tasks_it_rests_on() -> None:
    one = of_tasks(a={})

    assert foreseen(one).rests_on_prior
    assert foreseen(one, experience=finished_by_ann([1.0] * 5)).rests_on_prior
    enough = foreseen(one, experience=finished_by_ann([1.0] * 6))
    assert (enough.own_records, enough.rests_on_prior) == (6, False)


def test_a_task_in_hand_is_longer_the_longer_it_has_taken_without_an_end() -> None:
    one = of_tasks(a={"started": START, "spent": "1h", "progress": 10})
    late = of_tasks(a={"started": START, "spent": "9h", "progress": 10})

    assert median(late, 9) > median(one, 1)


def test_what_an_agent_says_remains_is_the_median_of_what_does() -> None:
    said = {"started": START, "spent": "3h", "remaining": "5h"}

    assert median(of_tasks(a=said), 3) == pytest.approx(5, rel=0.08)


def test_the_further_a_task_has_come_the_surer_is_its_end() -> None:
    def spread(progress: int) -> float:
        spent = {"started": START, "spent": f"{progress * 4}m", "progress": progress}
        one = foreseen(of_tasks(a=spent), progress * 4 / 60).ranges[WHOLE]
        low, high = one.by(0.1), one.by(0.9)
        assert low is not None
        assert high is not None
        return (high - low) / HOUR

    assert spread(90) < spread(60) < spread(30)


def blocked(hours_open: float) -> Mission:
    """Return a mission whose only task has been blocked for so long."""
    opened = after(-hours_open)
    return mission(
        agents=AGENTS,
        tasks={"a": {"agent": "ann", "estimate": "1h"}},
        blockers={"wait": {"title": "Waits", "task": "a", "opened": opened, "tags": ["access"]}},
    )


def test_an_open_blocker_holds_its_task_up_and_an_old_one_for_longer() -> None:
    free = of_tasks(a={"estimate": "1h"})

    assert median(free) < median(blocked(0)) < median(blocked(6))


def test_blockers_like_those_that_took_the_team_long_take_long() -> None:
    spells = tuple(
        BlockedSpell("past", f"b{at}", START - 50 * HOUR, START - 10 * HOUR, cause="access")
        for at in range(20)
    )

    assert median(blocked(0), experience=Experience(blocked=spells)) > 20


def test_what_decides_the_end_is_critical_and_drives_it() -> None:
    one = of_tasks(
        long={"estimate": "8h", "after": ["first"]},
        short={"agent": "bob", "estimate": "30m"},
        first={"estimate": "2h"},
    )

    found = foreseen(one)

    critical = {str(key): share for key, share in found.criticality.items()}
    assert critical["long"] == critical["first"] > 0.9
    assert critical["short"] < 0.1
    drivers = found.ranges[WHOLE].drivers
    assert drivers[0].task == "long"
    assert all(each.task != "short" for each in drivers)


def test_an_agent_between_two_tasks_makes_both_critical() -> None:
    found = foreseen(of_tasks(a={}, b={}))

    assert found.criticality == {"a": 1.0, "b": 1.0}


def test_the_cone_begins_with_what_is_done_and_ends_with_all_of_it() -> None:
    one = of_tasks(a={"estimate": "2h", "finished": START}, b={"estimate": "6h"}, c={})

    cone = foreseen(one, 0.5).cone

    assert (cone[0].at, cone[0].low, cone[0].high) == (after(0.5), 2, 2)
    assert cone[-1].high == pytest.approx(12)
    assert all(each.low <= each.middle <= each.high for each in cone)
    for now, then in pairwise(cone):
        assert now.at < then.at
        assert now.low <= then.low
        assert now.high <= then.high


def test_a_milestone_that_never_ends_leaves_the_others_their_ranges() -> None:
    one = mission(
        agents={"ann": {}, "bob": {"unavailable": True}},
        tasks={"a": {"agent": "ann", "estimate": "1h"}, "b": {"agent": "bob", "estimate": "1h"}},
        milestones={"M1": {"tasks": ["a"]}, "M2": {"tasks": ["b"]}},
        deadline=after(9),
    )

    found = foreseen(one)

    assert found.ranges["M1"].by(0.9) is not None
    assert set(found.ranges["M2"].finishes) == {None}
    assert found.ranges[WHOLE].on_time == 0
    assert found.cone[-1].high == 1


def test_beyond_the_calendar_is_never() -> None:
    one = of_tasks(a={"estimate": "9000d"}, **{f"t{each}": {"estimate": "9000d"} for each in "bcd"})
    forever = of_tasks(**{f"t{each}": {"estimate": "90000d"} for each in range(75)})

    assert foreseen(one).ranges[WHOLE].by(0.05) is not None
    assert foreseen(forever).ranges[WHOLE].by(0.95) is None


DRAWN = """
import pickle, sys
from orchestrator_tui.engine.forecasting.drawing.sampling import foreseen
found = foreseen(pickle.load(sys.stdin.buffer), runs=400, seed=1)
ranges = [(each.subject, each.finishes, each.drivers) for each in found.ranges.values()]
sys.stdout.buffer.write(repr((ranges, sorted(found.criticality.items()), found.cone)).encode())
"""


def test_another_process_draws_the_same_to_the_byte() -> None:
    one = of_tasks(a={}, b={"agent": "bob"}, c={"after": ["a", "b"]}, d={"started": START})
    asked = pickle.dumps(pose(known(one), finished_by_ann([1.2, 0.8, 2.0]), after(1)))

    answers = {
        subprocess.run(
            [sys.executable, "-c", DRAWN],
            input=asked, capture_output=True, check=True, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(answers) == 1
    assert b"FinishRange" not in next(iter(answers))


plans = st.lists(
    st.tuples(
        st.sampled_from(sorted(AGENTS)),
        st.integers(1, 40),
        st.lists(st.integers(0, 7), max_size=2),
    ),
    min_size=1,
    max_size=8,
)


@given(plans, st.integers(0, 3))
def test_ranges_are_in_order_and_no_milestone_ends_after_the_whole(
    rows: list[tuple[str, int, list[int]]], seed: int
) -> None:
    tasks = {
        f"t{at}": {
            "agent": agent,
            "estimate": f"{quarters * 15}m",
            "after": sorted({f"t{each}" for each in before if each < at}),
        }
        for at, (agent, quarters, before) in enumerate(rows)
    }
    one = mission(agents=AGENTS, tasks=tasks, milestones={"M1": {"tasks": ["t0"]}})

    found = foreseen(one, seed=seed)

    whole, first = found.ranges[WHOLE], found.ranges["M1"]
    assert _in_order(whole)
    assert all(a is not None and b is not None and a <= b
               for a, b in zip(first.finishes, whole.finishes, strict=True))  # fmt: skip
    assert max(found.criticality.values()) > 0
    assert all(0 <= each <= 1 for each in found.criticality.values())


@given(st.floats(0, 30), st.floats(0, 30))
def test_the_chance_grows_with_the_time_there_is(one: float, other: float) -> None:
    def chance(hours: float) -> float:
        plan = of_tasks(a={}, b={"agent": "bob"}).model_copy(update={"deadline": after(hours)})
        found = foreseen(plan).ranges[WHOLE].on_time
        assert found is not None
        return found

    assert chance(min(one, other)) <= chance(max(one, other))


def test_a_policy_that_escalates_at_once_stops_no_forecast() -> None:
    at_once = {"moderate": "0m", "critical": "0m", "mission_critical": "0m"}
    one = blocked(1).model_copy(update={"policy": mission(policy={"escalation": at_once}).policy})

    assert median(one) > 0


def test_an_agent_that_leaves_for_good_bends_no_cone() -> None:
    leaves = [{"from": after(3)}]
    one = mission(
        agents={"ann": {"unavailable": leaves}, "bob": {}},
        tasks={
            "a": {"agent": "ann", "estimate": "2h"},
            "b": {"agent": "ann", "estimate": "30m"},
            "c": {"agent": "bob", "estimate": "2h"},
        },
    )

    found = foreseen(one)

    for each in found.cone:
        assert each.low <= each.middle <= each.high <= 4.5
    assert found.ranges[WHOLE].by(0.05) is not None
