"""What missions tell of finished work, and how it is gathered."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.experience import (
    MOST_RECORDS,
    NO_EXPERIENCE,
    Experience,
    SilentSpell,
    WorkRecord,
)
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.engine.forecasting.experience import (
    gathered,
    joined,
    records_of,
)
from tests.builders import START, after, known, mission

TEST = MissionId("test")


def told(one: Mission, hours: float = 100) -> Experience:
    """Return what a mission tells that many hours after its start."""
    return records_of(TEST, one, after(hours))


def finished(**fields: Any) -> Mission:
    """Return a mission whose task was estimated at 4 hours, begun at 1 and finished at 7."""
    task = {
        "agent": "ann", "estimate": "4h", "started": after(1), "finished": after(7), **fields,
    }  # fmt: skip
    away = [{"from": after(2), "until": after(4)}, {"from": after(6), "until": after(9)}]
    return mission(agents={"ann": {}, "bob": {"unavailable": away}, "eve": {}}, tasks={"t": task})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"spent": "5h"}, 5, id="as reported"),
        pytest.param({"spent": "90m"}, 1.5, id="reported below what went by"),
        pytest.param({}, 6, id="from start to finish"),
        pytest.param({"agent": "bob"}, 3, id="less when its agent was away"),
        pytest.param({"agent": None}, 6, id="nobody's"),
    ],
)
def test_a_finished_task_took_what_was_spent_or_went_by(
    fields: dict[str, Any], expected: float
) -> None:
    (work,) = told(finished(**fields)).work

    assert work.actual_hours == expected
    assert (work.mission, work.task, work.finished) == ("test", "t", after(7))
    assert work.agent == (fields.get("agent", "ann") or "")


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        pytest.param({"finished": None}, 100, id="not finished"),
        pytest.param({}, 6.9, id="finished later"),
        pytest.param({"started": None}, 100, id="nothing tells when it began"),
        pytest.param({"started": after(7)}, 100, id="it took no time"),
        pytest.param({"cancelled": True}, 100, id="cancelled"),
    ],
)
def test_nothing_is_told_of_what_took_nobody_knows_how_long(
    fields: dict[str, Any], hours: float
) -> None:
    assert told(finished(**fields), hours) == NO_EXPERIENCE


def test_the_estimate_is_that_for_who_did_it() -> None:
    one = finished(estimate_by={"ann": "8h", "bob": "1h"})

    assert told(one).work[0].estimate_hours == 8


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        pytest.param({"sql": 2, "python": 4, "css": 1}, "python", id="of which it asks most"),
        pytest.param({"sql": 3, "python": 3}, "sql", id="the first of equals"),
        pytest.param({}, "", id="none"),
    ],
)
def test_the_sort_of_work_is_the_skill_that_it_needs_most(
    skills: dict[str, int], expected: str
) -> None:
    assert told(finished(skills=skills)).work[0].category == expected


def test_a_task_belongs_to_the_first_milestone_it_is_done_for() -> None:
    done = {"agent": "ann", "estimate": "1h", "started": START, "finished": after(1)}
    one = mission(
        agents={"ann": {}},
        tasks={"a": done, "b": done, "c": done},
        milestones={"M2": {"tasks": ["b"]}, "M1": {"tasks": ["a", "b"]}},
    )

    assert {each.task: each.group for each in told(one).work} == {"a": "M1", "b": "M2", "c": ""}


def test_a_resolved_blocker_tells_how_long_it_lasted_and_what_it_was_about() -> None:
    one = mission(
        agents={"ann": {}},
        tasks={"a": {"agent": "ann", "estimate": "1h"}},
        blockers={
            "tagged": {"title": "No key", "task": "a", "opened": START, "resolved": after(3),
                       "severity": "HIGH", "tags": ["access", "cloud"]},
            "plain": {"title": "Stuck", "task": "a", "opened": START, "resolved": after(2)},
            "open": {"title": "Stuck", "task": "a", "opened": START},
            "later": {"title": "Stuck", "task": "a", "opened": START, "resolved": after(50)},
        },
    )  # fmt: skip

    plain, tagged = told(one, 10).blocked

    assert (tagged.blocker, tagged.resolved, tagged.cause) == ("tagged", after(3), "access")
    assert (tagged.severity, tagged.task) == (Level.HIGH, "a")
    assert (plain.blocker, plain.cause) == ("plain", "")


def work(task: str, hours: float = 1, actual: float = 1, past: str = "past") -> WorkRecord:
    return WorkRecord(past, task, after(hours), 1, actual)


def test_what_a_mission_says_now_counts_before_what_was_kept_of_it() -> None:
    now = records_of(TEST, finished(), after(100))
    kept = Experience(
        work=(replace(now.work[0], actual_hours=99), work("gone", 2)),
        silences=(SilentSpell("past", "ann", START, after(1)),),
    )
    one = known(finished(), facts=HistoryFacts(experience=kept))

    found = gathered([one, known(finished(), id="other")], after(100))

    assert [(each.mission, each.task, each.actual_hours) for each in found.work] == [
        ("past", "gone", 1), ("other", "t", 6), ("test", "t", 6),
    ]  # fmt: skip
    assert found.silences == kept.silences


def test_a_mission_that_cannot_be_read_still_leaves_what_was_kept() -> None:
    kept = Experience(work=(work("gone"),))
    unread = replace(known(finished()), mission=None, facts=HistoryFacts(experience=kept))

    assert gathered([unread], after(100)).work == kept.work
    assert gathered([], START) == NO_EXPERIENCE


def test_the_order_of_the_missions_changes_nothing() -> None:
    kept = HistoryFacts(experience=Experience(work=(work("gone"),)))
    some = [known(finished(), id=each, facts=kept) for each in ("a", "b", "c")]

    found = {gathered(each, after(100)) for each in permutations(some)}

    assert len(found) == 1


def test_only_the_newest_thousands_are_kept() -> None:
    many = tuple(work(f"t{at}", at / 60) for at in range(MOST_RECORDS + 5))

    kept = joined([Experience(work=many)]).work

    assert kept == many[5:]


pieces = st.lists(
    st.builds(work, st.sampled_from("abcdef"), st.integers(0, 9), past=st.sampled_from("xy")),
    unique_by=lambda each: each.key,
)


@given(pieces, st.randoms(use_true_random=False))
def test_work_is_in_order_of_time_then_name_however_it_comes(
    some: Sequence[WorkRecord], chance: Random
) -> None:
    shuffled = chance.sample(some, len(some))
    half = len(some) // 2

    found = joined([Experience(work=tuple(shuffled[:half])), Experience(tuple(shuffled[half:]))])

    assert list(found.work) == sorted(some, key=lambda each: (each.finished, each.key))
    assert joined([found, found]) == found
