"""Progress that the evidence has counts, and is shown beside what was reported."""

from typing import Any

import pytest

from orchestrator_tui.domain.evidence import Evidence, Measured
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from tests.builders import after, hours_of, judged, mission, seen

FROM_TESTS = {"agent": "a", "estimate": "10h", "progress_from": {"junit": "r.xml"}, "progress": 80}


def measuring(percent: float) -> Evidence:
    return seen(progress={"x": Measured(percent, "7 of 12 tests pass", after(1), "r.xml")})


def judge(task: dict[str, Any], evidence: Evidence, now: float = 2) -> TaskAssessment:
    world = mission(
        agents={"a": {}}, tasks={"x": {**FROM_TESTS, **task}}, milestones={"M1": {"tasks": ["x"]}}
    )
    found = judged(world, after(now), evidence=evidence)
    (one,) = found.tasks
    assert found.progress_percent == found.milestones[0].progress_percent == one.progress_percent
    return one


def test_what_is_measured_decides_progress_and_what_is_left() -> None:
    found = judge({}, measuring(60))

    assert (found.progress_percent, found.remaining_hours) == (60, 4)
    assert hours_of(found.finish) == 6
    assert found.reported_percent == 80
    assert found.measured_words == "reported 80%, measured 60%: 7 of 12 tests pass"


@pytest.mark.parametrize(
    ("task", "words"),
    [
        pytest.param({"progress": None}, "measured 60%: 7 of 12 tests pass", id="not reported"),
        pytest.param(
            {"progress": 0}, "reported 0%, measured 60%: 7 of 12 tests pass", id="nothing reported"
        ),
    ],
)
def test_what_was_not_reported_is_not_said_to_be(task: dict[str, Any], words: str) -> None:
    assert judge(task, measuring(60)).measured_words == words


def test_without_a_measure_the_report_counts() -> None:
    found = judge({}, seen())

    assert (found.progress_percent, found.measured, found.measured_words) == (80, None, "")


def test_a_measure_of_a_task_that_asks_for_none_counts_for_nothing() -> None:
    found = judge({"progress_from": None}, measuring(60))

    assert (found.progress_percent, found.measured) == (80, None)


def test_work_that_was_reported_left_is_believed() -> None:
    found = judge({"remaining": "7h"}, measuring(60))

    assert (found.progress_percent, found.remaining_hours) == (60, 7)


@pytest.mark.parametrize(
    ("percent", "task", "state", "progress"),
    [
        pytest.param(100, {}, "FINISHED", 100, id="all is measured"),
        pytest.param(0, {"progress": 100}, "READY", 0, id="nothing of what is reported"),
        pytest.param(99.9, {"progress": 100}, "IN_HAND", 99.9, id="nearly all"),
        pytest.param(58, {"finished": after(1), "progress": None}, "FINISHED", 100, id="finished"),
        pytest.param(58, {"finished": after(3), "progress": None}, "IN_HAND", 58, id="to finish"),
        pytest.param(100, {"finished": after(3), "progress": None}, "FINISHED", 100, id="early"),
        pytest.param(180, {}, "FINISHED", 100, id="more than all"),
        pytest.param(-5, {}, "READY", 0, id="less than nothing"),
    ],
)
def test_the_state_of_a_task_follows_from_what_is_measured(
    percent: float, task: dict[str, Any], state: str, progress: float
) -> None:
    found = judge(task, measuring(percent))

    assert (found.state, found.progress_percent) == (TaskState(state), progress)
    assert found.measured is not None
    if found.state is TaskState.FINISHED:
        assert found.finish is not None
        assert found.finish <= after(2)


def test_what_is_there_of_the_deliverables_is_told_of_each() -> None:
    paths = {"deliverables": ["a.md", "b.md", "c.md"]}
    evidence = seen(deliverables={"x": {"a.md": after(1), "b.md": None}})

    found = judge(paths, evidence)

    assert [found.has_delivered(each) for each in found.deliverables] == [True, False, None]
    assert judge(paths, Evidence()).has_delivered("a.md") is None
