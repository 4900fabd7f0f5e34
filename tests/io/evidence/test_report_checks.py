"""Reports in a workspace: what they say of a criterion, and what malformed ones say."""

import json
import os
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from orchestrator_tui.domain.standing import CriterionState
from tests.builders import mission
from tests.io.evidence.workspaces import FAILING, PASSING, collected, finding, write

PASSED, FAILED, MISSING = CriterionState.PASSED, CriterionState.FAILED, CriterionState.MISSING

LCOV = "SF:a.py\nDA:1,1\nDA:2,1\nDA:3,1\nDA:4,0\nend_of_record\n"
SARIF = json.dumps(
    {
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "lint"}}, "results": [{"message": {"text": "x"}}]}],
    }
)
BENCHMARK = json.dumps(
    {
        "benchmarks": [
            {"name": "speed", "fullname": "t::speed", "stats": {"mean": 1, "median": 1, "max": 1}}
        ]
    }
)
BUILD = '{"status": "passed", "finished": "2024-01-15T10:00Z"}'


@pytest.mark.parametrize(
    ("check", "report", "state"),
    [
        pytest.param({"junit": "r*"}, PASSING, PASSED, id="tests that pass"),
        pytest.param({"junit": "r*"}, FAILING, FAILED, id="tests that fail"),
        pytest.param({"coverage": "r*"}, LCOV, FAILED, id="coverage below the policy"),
        pytest.param({"coverage": "r*", "at_least": 75}, LCOV, PASSED, id="coverage as asked"),
        pytest.param({"sarif": "r*"}, SARIF, PASSED, id="warnings only"),
        pytest.param({"sarif": "r*", "max_level": "note"}, SARIF, FAILED, id="not even warnings"),
        pytest.param({"benchmark": "r*"}, BENCHMARK, MISSING, id="no limits"),
        pytest.param(
            {"benchmark": "r*", "limits": {"speed": {"mean": "2s"}}}, BENCHMARK, PASSED,
            id="fast enough",
        ),
        pytest.param({"build": "r*"}, BUILD, PASSED, id="a build"),
    ],
)  # fmt: skip
def test_a_report_is_judged_by_what_is_asked_of_it(
    tmp_path: Path, check: object, report: str | bytes, state: CriterionState
) -> None:
    write(tmp_path, {"report": report})

    found = finding(tmp_path, check)

    assert found.state == state
    assert found.source == "report"
    assert len(found.digest) == 64


@pytest.mark.parametrize("kind", ["junit", "coverage", "sarif", "benchmark", "build"])
def test_no_report_is_missing_and_malformed_ones_are_failed(tmp_path: Path, kind: str) -> None:
    missing = finding(tmp_path, {kind: "reports/r*"})
    write(tmp_path, {"reports/r": "\n\n<<<<<<< HEAD\n"})
    malformed = finding(tmp_path, {kind: "reports/r*"})

    assert (missing.state, missing.detail) == (MISSING, "no file matches reports/r*")
    assert malformed.state == FAILED
    assert malformed.detail.startswith("reports/r")
    assert malformed.source == "reports/r"


def test_a_malformed_report_is_told_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"r.xml": "<testsuite>\n<testcase>\n</testsuite>"})

    assert finding(tmp_path, {"junit": "r.xml"}).detail.startswith("r.xml:3: ")


def test_the_policy_of_the_mission_is_what_coverage_has_to_reach(tmp_path: Path) -> None:
    write(tmp_path, {"lcov.info": LCOV})
    one = mission(
        policy={"coverage": 75},
        milestones={"M1": {"criteria": {"covered": {"coverage": "lcov.info"}}}},
    )

    evidence = collected(one, tmp_path)

    assert evidence.findings[MilestoneId("M1"), CriterionId("covered")].state == PASSED


def test_the_malformed_report_is_the_source_and_not_the_newest(tmp_path: Path) -> None:
    write(tmp_path, {"r/bad.xml": "<coverage/>", "r/good.xml": PASSING})
    os.utime(tmp_path / "r/bad.xml", (1, 1))

    found = finding(tmp_path, {"junit": "r/*.xml"})

    assert (found.state, found.source) == (FAILED, "r/bad.xml")
    assert found.detail.startswith("r/bad.xml:1: is no JUnit XML")


def test_a_report_with_two_names_counts_once(tmp_path: Path) -> None:
    write(tmp_path, {"r/run-7.xml": PASSING})
    (tmp_path / "r/latest.xml").symlink_to("run-7.xml")

    assert finding(tmp_path, {"junit": "r/*.xml"}).detail == "1 test passed"


def test_a_report_that_was_left_out_is_told_beside_what_the_others_say(tmp_path: Path) -> None:
    write(tmp_path, {"r/a.xml": PASSING, "r/old/b.xml": FAILING})
    os.mkfifo(tmp_path / "r/c.xml")

    found = finding(tmp_path, {"junit": "r/*"})

    assert found.detail == "1 test passed; left out: r/c.xml is a pipe, not a file"


def test_a_folder_beside_reports_is_not_worth_a_word(tmp_path: Path) -> None:
    write(tmp_path, {"r/a.xml": PASSING, "r/old/b.xml": FAILING})

    assert finding(tmp_path, {"junit": "r/*"}).detail == "1 test passed"
