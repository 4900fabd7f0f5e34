"""What agents say, held against what was observed: a sentence for each thing that does not fit."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.agent_assessment import AgentAssessment, Observed
from orchestrator_tui.domain.evidence import Commits, Evidence, Finding, Measured
from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import CriterionState
from tests.builders import START, after, judged, mission

ADA, API, M1 = AgentId("ada"), TaskId("api"), MilestoneId("M1")
TESTS, LINT = (M1, CriterionId("tests")), (M1, CriterionId("lint"))
PASSED, FAILED = CriterionState.PASSED, CriterionState.FAILED
QUIET = "Is ACTIVE, but nothing was committed or reported for more than an hour."


def world(*, task: dict[str, Any] | None = None, **agent: Any) -> Mission:
    """Return one agent on one task of one milestone with two checks."""
    said = {"state": "ACTIVE", "task": "api", "git_author": "ada@example.org", **agent}
    return mission(
        agents={"ada": said, "ben": {}},
        tasks={"api": {"title": "API", "agent": "ada", "estimate": "40h", **(task or {})}},
        milestones={
            "M1": {
                "title": "Design",
                "tasks": ["api"],
                "criteria": {"tests": {"junit": "r/*.xml"}, "lint": {"sarif": "r/*.sarif"}},
            }
        },
    )


def found(state: CriterionState, detail: str, source: str = "r/1.xml") -> Finding:
    return Finding(state, detail, observed=START, source=source, digest="d")


def evidence(**fields: Any) -> Evidence:
    return Evidence(observed=START, **fields)


def committed(newest: datetime | None) -> Evidence:
    return evidence(commits={ADA: Commits(newest, (0,) * 22 + (3, 1))})


def ada(one: Mission, seen: Evidence, hours: float = 0) -> AgentAssessment:
    return judged(one, after(hours), evidence=seen).agents[0]


@pytest.mark.parametrize(
    ("reported", "newest", "is_quiet"),
    [
        pytest.param(START, START, True, id="both long ago"),
        pytest.param(START, None, True, id="never committed"),
        pytest.param(None, START, True, id="never reported"),
        pytest.param(after(2), START, False, id="reported within the hour"),
        pytest.param(START, after(2), False, id="committed within the hour"),
        pytest.param(START, after(1.5), False, id="committed an hour ago to the second"),
        pytest.param(START, after(9), False, id="the clock was moved back before the commit"),
    ],
)
def test_activity_leaves_traces(
    reported: datetime | None, newest: datetime | None, is_quiet: bool
) -> None:
    said: dict[str, Any] = {} if reported is None else {"updated": reported}
    one = world(**said)

    assert (QUIET in ada(one, committed(newest), 2.5).contradictions) == is_quiet


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        pytest.param({"git_author": ()}, committed(START), id="nobody knows its author"),
        pytest.param({}, evidence(), id="there is no repository"),
        pytest.param({"state": "BLOCKED"}, committed(START), id="it does not say that it works"),
        pytest.param(
            {"task_fields": {"started": after(2)}}, committed(START), id="it has just begun"
        ),
    ],
)
def test_no_traces_are_missed_where_none_are_due(fields: dict[str, Any], seen: Evidence) -> None:
    task = fields.pop("task_fields", None)

    assert QUIET not in ada(world(updated=START, task=task, **fields), seen, 2.5).contradictions


@pytest.mark.parametrize(
    ("progress", "state", "said"),
    [
        pytest.param(95, FAILED, True, id="nearly done and failing"),
        pytest.param(90, FAILED, False, id="not that far"),
        pytest.param(95, PASSED, False, id="passing"),
        pytest.param(95, CriterionState.MISSING, False, id="no tests at all"),
    ],
)
def test_nearly_done_is_doubted_while_tests_fail(
    progress: float, state: CriterionState, said: bool
) -> None:
    seen = evidence(findings={TESTS: found(state, "3 failed of 212 tests")})

    sentences = ada(world(task={"progress": progress}), seen).contradictions

    assert sentences == (
        ("Reports 95% of API, but tests fails (3 failed of 212 tests).",) if said else ()
    )


def test_done_is_doubted_for_each_criterion_that_fails() -> None:
    seen = evidence(
        findings={TESTS: found(PASSED, "212 tests"), LINT: found(FAILED, "2 errors", "r/1.sarif")}
    )

    done = ada(world(state="AVAILABLE", task={"finished": START}), seen)

    assert done.contradictions == (
        "The work on Design is reported done, but lint fails: 2 errors.",
    )
    assert ada(world(task={"progress": 50}), seen).contradictions == ()


def test_a_report_far_ahead_of_what_is_measured_is_said() -> None:
    one = world(task={"progress": 80, "progress_from": {"junit": "r/*.xml"}})
    seen = evidence(progress={API: Measured(42, "5 of 12 tests pass", START, "r/1.xml")})
    close = evidence(progress={API: Measured(60, "7 of 12 tests pass", START, "r/1.xml")})

    assert ada(one, seen).contradictions == (
        "Reports 80% of API, but 42% is measured: 5 of 12 tests pass.",
    )
    assert ada(one, close).contradictions == ()


def test_what_is_known_of_an_agent_has_its_source_and_its_age() -> None:
    one = world(updated=START, task={"progress": 80, "progress_from": {"junit": "r/*.xml"}})
    seen = replace(
        committed(after(0.5)), progress={API: Measured(75, "9 of 12 tests", START, "r/1.xml")}
    )

    found_of_ada, found_of_ben = judged(one, after(1), evidence=seen).agents

    assert found_of_ada.reported is not None
    assert (found_of_ada.reported.progress_percent, found_of_ada.reported.at) == (80, START)
    assert found_of_ada.observed == Observed(1, 4, after(0.5), "git", START)
    assert found_of_ada.verified is not None
    assert found_of_ada.verified.progress_percent == 75
    assert (found_of_ada.verified.source, found_of_ada.verified.at) == ("r/1.xml", START)
    assert (found_of_ben.observed, found_of_ben.verified) == (None, None)


def test_finished_work_is_verified_once_its_milestone_is() -> None:
    one = world(task={"finished": START})
    passed = {TESTS: found(PASSED, "212 tests"), LINT: found(PASSED, "clean", "r/1.sarif")}
    failed = {**passed, LINT: found(FAILED, "2 errors", "r/1.sarif")}

    verified = ada(one, evidence(findings=passed)).verified

    assert verified is not None
    assert verified.tasks == ("api",)
    assert verified.detail == "1 finished task verified"
    assert (verified.source, verified.at) == ("M1", START)
    assert ada(one, evidence(findings=failed)).verified is None


def test_without_evidence_nothing_is_contradicted() -> None:
    done = ada(world(task={"finished": START}, updated=START), Evidence(), 30)

    assert done.contradictions == ()
    assert (done.observed, done.verified) == (None, None)


STATES = st.sampled_from([PASSED, FAILED, CriterionState.MISSING])


@given(
    hours=st.floats(0, 100),
    later=st.floats(0, 100),
    newest=st.none() | st.integers(-5, 5),
    progress=st.integers(0, 100),
    state=STATES,
    measured=st.integers(0, 100),
)
def test_waiting_never_takes_a_contradiction_away(
    *,
    hours: float,
    later: float,
    newest: int | None,
    progress: int,
    state: CriterionState,
    measured: int,
) -> None:
    one = world(updated=START, task={"progress": progress, "progress_from": {"junit": "r/*.xml"}})
    commits = Commits(None if newest is None else after(newest))
    seen = evidence(
        commits={ADA: commits},
        findings={TESTS: found(state, "some"), LINT: found(PASSED, "clean")},
        progress={API: Measured(measured, "some tests pass", START, "r/1.xml")},
    )

    before = ada(one, seen, hours).contradictions
    again = ada(one, seen, hours).contradictions
    then = ada(one, seen, hours + later).contradictions

    assert before == again
    assert set(before) <= set(then)
