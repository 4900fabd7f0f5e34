"""How criteria stand, from what was found of them."""

from typing import Any

import pytest

from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.mission import Mission
from tests.builders import after, finding, judged, mission, seen

WORKED = {"estimate": "4h", "agent": "a", "finished": after(4), "deliverables": ["src/**"]}


def world(check: dict[str, Any], **task: Any) -> Mission:
    return mission(
        agents={"a": {}, "b": {}},
        tasks={"x": {**WORKED, **task}},
        milestones={"M1": {"tasks": ["x"], "criteria": {"it": check}}},
    )


def reached(
    check: dict[str, Any], evidence: Evidence, facts: HistoryFacts | None = None, **task: Any
) -> MilestoneAssessment:
    found = judged(world(check, **task), after(8), evidence=evidence, facts=facts or HistoryFacts())
    return found.milestones[0]


def judge(check: dict[str, Any], evidence: Evidence) -> CriterionAssessment:
    (found,) = reached(check, evidence).criteria
    return found


JUNIT = {"junit": "r.xml"}
COVERAGE = {"coverage": "c.xml"}
SARIF = {"sarif": "s.sarif"}
BENCHMARK = {"benchmark": "b.json", "limits": {"fast": {"mean": "1s"}}}
BUILD = {"build": "build.json"}
REPORTS = [
    pytest.param(JUNIT, id="junit"),
    pytest.param(COVERAGE, id="coverage"),
    pytest.param(SARIF, id="sarif"),
    pytest.param(BENCHMARK, id="benchmark"),
    pytest.param(BUILD, id="build"),
]
OTHERS = [
    pytest.param({"exists": "docs/**"}, id="exists"),
    pytest.param({"contains": {"path": "a.md", "text": "x"}}, id="contains"),
    pytest.param({"newer": "docs/**", "than": "src/**"}, id="newer"),
    pytest.param({"run": ["make"]}, id="run"),
]


@pytest.mark.parametrize("state", ["PASSED", "FAILED", "MISSING", "UNTRUSTED", "RUNNING"])
@pytest.mark.parametrize("check", [*REPORTS, *OTHERS])
def test_a_criterion_stands_as_it_was_found(check: dict[str, Any], state: str) -> None:
    one = finding(state, "found so", observed=after(5), source="r.xml", value=12.0)

    found = judge(check, seen({"M1/it": one}))

    assert (found.state, found.detail, found.observed) == (state, "found so", after(5))
    assert (found.source, found.value) == ("r.xml", 12.0)


@pytest.mark.parametrize("check", [*REPORTS, *OTHERS])
def test_what_nobody_looked_at_is_missing_and_says_what_it_looks_for(check: dict[str, Any]) -> None:
    trusting = HistoryFacts(trusted=frozenset({"some pin"}))

    (found,) = reached(check, Evidence(), trusting).criteria

    assert found.state == "MISSING"
    assert found.detail.startswith("nothing observed yet of ")
    assert len(found.detail) > len("nothing observed yet of ")


def test_a_command_is_not_trusted_where_none_was_ever_allowed() -> None:
    found = judge({"run": ["make", "smoke"]}, Evidence())

    assert (found.state, found.detail) == ("UNTRUSTED", "not allowed to run: make smoke")


@pytest.mark.parametrize("check", REPORTS)
@pytest.mark.parametrize("state", ["PASSED", "FAILED"])
@pytest.mark.parametrize(
    ("seconds", "is_stale"),
    [
        pytest.param(-1, False, id="the report is newer"),
        pytest.param(2, False, id="two seconds older"),
        pytest.param(2.001, True, id="more than two seconds older"),
    ],
)
def test_a_report_is_stale_once_the_work_is_newer(
    check: dict[str, Any], state: str, seconds: float, *, is_stale: bool
) -> None:
    written = after(5 + seconds / 3600)
    one = finding(state, "12 tests", observed=after(5))

    by_file = judge(check, seen({"M1/it": one}, deliverables={"x": {"src/**": written}}))
    by_commit = judge(check, seen({"M1/it": one}, touched={"x": written}))

    assert by_file.state == by_commit.state == ("STALE" if is_stale else state)
    if is_stale:
        assert by_file.detail.endswith("older than src/**: 12 tests")
        assert by_commit.detail.endswith("older than the newest commit on x: 12 tests")


@pytest.mark.parametrize("check", OTHERS)
def test_what_is_no_report_is_never_stale(check: dict[str, Any]) -> None:
    one = finding(observed=after(1))

    found = judge(check, seen({"M1/it": one}, deliverables={"x": {"src/**": after(7)}}))

    assert found.state == "PASSED"


def test_work_of_other_milestones_and_cancelled_work_makes_nothing_stale() -> None:
    evidence = seen(
        {"M1/it": finding(observed=after(5))},
        deliverables={"y": {"src/**": after(7)}, "z": {"src/**": after(7)}},
        touched={"y": after(7), "z": after(7)},
    )
    done = {**WORKED, "finished": after(4)}
    one = mission(
        agents={"a": {}},
        tasks={"x": done, "y": done, "z": {**done, "finished": None, "cancelled": True}},
        milestones={"M1": {"tasks": ["x", "z"], "criteria": {"it": JUNIT}}},
    )

    (found,) = judged(one, after(8), evidence=evidence).milestones[0].criteria

    assert found.state == "PASSED"


def test_a_benchmark_without_limits_is_missing_whatever_was_measured() -> None:
    found = judge({"benchmark": "b.json"}, seen({"M1/it": finding(observed=after(5))}))

    assert (found.state, found.detail) == ("MISSING", "no limit given for b.json")


@pytest.mark.parametrize(
    ("check", "state"),
    [
        pytest.param({"waive": "no database"}, "WAIVED", id="waived"),
        pytest.param({"manual": "look at it"}, "MANUAL", id="manual"),
        pytest.param({"review": "b"}, "MISSING", id="review"),
    ],
)
def test_no_finding_speaks_for_what_is_not_looked_at(check: dict[str, Any], state: str) -> None:
    assert judge(check, seen({"M1/it": finding()})).state == state


@pytest.mark.parametrize(
    ("check", "one", "score"),
    [
        pytest.param(JUNIT, finding(value=12), 100, id="passed"),
        pytest.param(JUNIT, finding("FAILED", value=11), 0, id="failed"),
        pytest.param(COVERAGE, finding(value=91.5), 91.5, id="coverage is what was measured"),
        pytest.param(COVERAGE, finding("FAILED", value=60), 0, id="too little coverage"),
        pytest.param(JUNIT, finding("MISSING"), None, id="missing counts for nothing"),
        pytest.param(JUNIT, finding("RUNNING"), None, id="running counts for nothing"),
    ],
)
def test_quality_is_what_the_evidence_is_worth(
    check: dict[str, Any], one: Any, score: float | None
) -> None:
    assert reached(check, seen({"M1/it": one})).quality_score == score


def test_stale_evidence_is_worth_nothing() -> None:
    evidence = seen({"M1/it": finding(observed=after(5))}, touched={"x": after(7)})

    assert reached(JUNIT, evidence).quality_score is None


def test_coverage_below_the_wanted_quality_holds_a_milestone() -> None:
    found = reached({**COVERAGE, "at_least": 50}, seen({"M1/it": finding(value=60.0)}))

    assert found.status == "VERIFYING"
    assert found.held_by == ("Its quality is 60, below 85.",)


def test_deliverables_that_are_not_there_hold_a_milestone() -> None:
    paths: dict[str, Any] = {"deliverables": ["docs/a.md", "docs/b.md"]}
    there = {"docs/a.md": after(3), "docs/b.md": None}
    passed = {"M1/it": finding(observed=after(6))}

    missing = reached(JUNIT, seen(passed, deliverables={"x": there}), **paths)
    complete = reached(JUNIT, seen(passed, deliverables={"x": {**there, "docs/b.md": after(4)}}))
    unseen = reached(JUNIT, seen(passed), **paths)

    assert missing.missing_deliverables == ("docs/b.md",)
    assert (missing.status, missing.held_by) == ("VERIFYING", ("docs/b.md is not there.",))
    assert (complete.missing_deliverables, complete.status) == ((), "IN_REVIEW")
    assert (unseen.missing_deliverables, unseen.status) == ((), "IN_REVIEW")


def test_a_review_by_somebody_else_leaves_the_asked_one_to_come() -> None:
    given = {"by": "c", "at": after(5), "verdict": "PASS"}
    one = mission(
        agents={"a": {}, "b": {}, "c": {}},
        tasks={"x": WORKED},
        milestones={"M1": {"tasks": ["x"], "criteria": {"it": {"review": "b"}}, "review": given}},
    )

    (found,) = judged(one, after(8)).milestones

    assert found.status == "IN_REVIEW"
    assert found.held_by == ("it is MISSING: no review by b yet",)
