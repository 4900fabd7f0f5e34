import json
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator_tui.domain.check import SarifLevel
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.formats.sarif import read_sarif
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from tests.io.evidence.formats.reports import as_json, at, sample, sarif

NOTHING_FOUND = "no result above warning"


def test_what_ruff_wrote_is_read() -> None:
    verdict = read_sarif(sample("ruff.sarif")).verdict(SarifLevel.WARNING)

    assert verdict.state is CriterionState.FAILED
    assert verdict.detail == (
        "2 results above warning: error F401 at /home/dev/shapes/src/shapes.py:1"
    )
    assert verdict.value == 2


@pytest.mark.parametrize(
    ("source", "state"),
    [
        pytest.param("import os\n", CriterionState.FAILED, id="a finding"),
        pytest.param("x = 1\n", CriterionState.PASSED, id="no finding"),
    ],
)
def test_what_ruff_writes_now_is_read(source: str, state: CriterionState, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(source)
    done = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--isolated", "--no-cache",
         "--output-format=sarif", "app.py"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip

    assert read_sarif([("ruff.sarif", done.stdout)]).verdict(SarifLevel.WARNING).state is state


@pytest.mark.parametrize(
    ("level", "state"),
    [
        pytest.param(SarifLevel.WARNING, CriterionState.PASSED, id="warnings allowed"),
        pytest.param(SarifLevel.NOTE, CriterionState.FAILED, id="notes allowed"),
        pytest.param(SarifLevel.NONE, CriterionState.FAILED, id="nothing allowed"),
    ],
)
def test_what_eslint_wrote_is_judged_by_the_level(level: SarifLevel, state: CriterionState) -> None:
    assert read_sarif(sample("eslint.sarif")).verdict(level).state is state


ERROR_RULE = {"id": "R1", "defaultConfiguration": {"level": "error"}}
NOTE_RULE = {"id": "CA1000", "defaultConfiguration": {"level": "note"}}
EXTENSION = {"driver": {"name": "lint"}, "extensions": [{"name": "x", "rules": [ERROR_RULE]}]}


@pytest.mark.parametrize(
    ("result", "counts"),
    [
        pytest.param({}, (0, 0, 1, 0), id="no level, no rule: warning"),
        pytest.param({"level": "error"}, (0, 0, 0, 1), id="its own level"),
        pytest.param({"level": "note", "ruleId": "R1"}, (0, 1, 0, 0),
                     id="its own before its rule's"),
        pytest.param({"ruleId": "R1"}, (0, 0, 0, 1), id="its rule's, by id"),
        pytest.param({"ruleIndex": 1}, (0, 1, 0, 0), id="its rule's, by index"),
        pytest.param({"rule": {"index": 0}}, (0, 0, 0, 1), id="its rule's, by reference"),
        pytest.param({"ruleId": "CA1000/3"}, (0, 1, 0, 0), id="the rule above its own"),
        pytest.param({"ruleId": "R9", "ruleIndex": 99}, (0, 0, 1, 0), id="a rule of nowhere"),
        pytest.param({"kind": "pass", "ruleId": "R1"}, (1, 0, 0, 0), id="it tells of success"),
        pytest.param({"kind": "fail", "ruleId": "R1"}, (0, 0, 0, 1), id="it tells of a failure"),
        pytest.param({"baselineState": "absent", "level": "error"}, (0, 0, 0, 0),
                     id="no longer found"),
        pytest.param({"baselineState": "unchanged", "level": "error"}, (0, 0, 0, 1),
                     id="found as before"),
        pytest.param({"suppressions": []}, (0, 0, 1, 0), id="looked at, and not suppressed"),
        pytest.param({"suppressions": [{"kind": "inSource", "status": "underReview"}]},
                     (0, 0, 1, 0), id="suppression under review"),
        pytest.param({"suppressions": [{"kind": "external", "status": "rejected"}]},
                     (0, 0, 1, 0), id="suppression turned down"),
    ],
)  # fmt: skip
def test_the_level_of_a_result_follows_the_standard(
    result: object, counts: tuple[int, ...]
) -> None:
    assert read_sarif(sarif(result, rules=(ERROR_RULE, NOTE_RULE))).counts == counts


def test_a_rule_of_an_extension_is_found() -> None:
    result = {"rule": {"id": "R1", "toolComponent": {"index": 0}}}

    assert read_sarif(sarif(result, tool=EXTENSION)).counts == (0, 0, 0, 1)


def test_suppressed_results_are_told_and_hold_nothing_back() -> None:
    hidden = {"level": "error", "suppressions": [{"kind": "inSource"}]}

    verdict = read_sarif(sarif(hidden, {"level": "note"})).verdict(SarifLevel.WARNING)

    assert verdict.state is CriterionState.PASSED
    assert verdict.detail == f"{NOTHING_FOUND} (1 at or below it, 1 suppressed)"


@pytest.mark.parametrize(
    ("result", "told"),
    [
        pytest.param({"ruleId": "F401", "locations": [at("src/a.py", 12)]},
                     "1 result above note: warning F401 at src/a.py:12", id="rule and place"),
        pytest.param({"locations": [at("src/a.py", 12)]},
                     "1 result above note: warning at src/a.py:12", id="place alone"),
        pytest.param({"ruleId": "F401"}, "1 result above note: warning F401", id="rule alone"),
        pytest.param({"ruleId": "F401", "locations": [
            {"physicalLocation": {"artifactLocation": {"index": 0}}}]},
            "1 result above note: warning F401 at src/listed.py", id="a file of the run's list"),
        pytest.param({"ruleId": "\x1b[31mF401", "locations": [at("a\n\u202eb", 10**30)]},
                     "1 result above note: warning ␛[31mF401 at a⏎‹U+202E›b", id="hostile words"),
        pytest.param({"locations": [at("/very/long" * 20 + "/a.py", 3)]},
                     "1 result above note: warning at …" + ("/very/long" * 20)[-95:] + "/a.py:3",
                     id="a long path keeps its end"),
    ],
)  # fmt: skip
def test_the_first_result_is_told_with_its_place(result: object, told: str) -> None:
    log = sarif(result, artifacts=[{"location": {"uri": "src/listed.py"}}])

    assert read_sarif(log).verdict(SarifLevel.NOTE).detail == told


def run(**fields: object) -> dict[str, object]:
    return {"tool": {"driver": {"name": "scan"}}, **fields}


@pytest.mark.parametrize(
    ("runs", "state", "told"),
    [
        pytest.param([run(results=[])], CriterionState.PASSED, NOTHING_FOUND, id="nothing found"),
        pytest.param([], CriterionState.FAILED, "no run in it has results", id="no run"),
        pytest.param([run()], CriterionState.FAILED, "no run in it has results",
                     id="rules alone"),
        pytest.param([run(), run(results=[])], CriterionState.PASSED, NOTHING_FOUND,
                     id="rules alone beside a run with results"),
        pytest.param([run(results=None), run(results=[])], CriterionState.FAILED,
                     "scan did not finish its analysis", id="a run that could not begin"),
        pytest.param([run(results=[], invocations=[{"executionSuccessful": False}])],
                     CriterionState.FAILED, "scan did not finish its analysis",
                     id="a run that failed"),
        pytest.param([run(results=[], invocations=[{"executionSuccessful": True}])],
                     CriterionState.PASSED, NOTHING_FOUND, id="a run that went well"),
    ],
)  # fmt: skip
def test_silence_is_no_success(runs: list[object], state: CriterionState, told: str) -> None:
    verdict = read_sarif(as_json({"version": "2.1.0", "runs": runs})).verdict(SarifLevel.WARNING)

    assert (verdict.state, verdict.detail) == (state, told)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(b"", "s: is empty", id="empty"),
        pytest.param(b" " * 16_000_000 + b"{", "s: is too big, 16,000,001 bytes: of JSON at most "
                     "16,000,000 are read", id="more than is read in one go"),
        pytest.param(b"[]", "s: the log is a list, not an object", id="a list"),
        pytest.param(b'{"runs": []}', "s: is no SARIF 2.1: it has no version", id="other JSON"),
        pytest.param(b'{"version": "1.0.0"}', "s: is no SARIF 2.1: its version is 1.0.0",
                     id="an old version"),
        pytest.param(b'{"version": "2.1.0"}', "s: is no SARIF 2.1: it has no `runs`", id="no runs"),
        pytest.param(b'{"version": "2.1.0",\n"runs": [{', None, id="cut off"),
        pytest.param(b'{"version": "2.1.0",\n"runs": {}}', "s: `runs` is an object, not a list",
                     id="runs that are no list"),
        pytest.param(sarif({"level": "fatal"})[0][1], "s: `fatal` is no level", id="unknown level"),
        pytest.param(sarif({"level": 3})[0][1], "s: `level` is a number, not text", id="no level"),
        pytest.param(sarif(3)[0][1], "s: an entry of `results` is a number, not an object",
                     id="a result that is none"),
        pytest.param(b'{"version": "2.1.0", "version": "2.1.0"}', "s: key `version` is given twice",
                     id="duplicate keys"),
        pytest.param(b"[" * 1_000_000, "s: is nested too deep", id="a million levels"),
        pytest.param(b'{"a":' * 1_000_000, "s: is nested too deep", id="a million objects"),
        pytest.param(b"[" + b"9" * 5000 + b"]", "s: holds a number that is too long",
                     id="5,000 digits"),
        pytest.param(b'{"a":\n"\xff"}', "s:2: is not UTF-8 text", id="not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_sarif_is_refused(raw: bytes, told: str | None) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        read_sarif([("s", raw)])

    assert refused.value.detail == told if told else refused.value.line == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_that_json_may_have_is_read(encoding: str) -> None:
    log = json.dumps({"version": "2.1.0", "runs": [run(results=[])]})

    results = read_sarif([("s", log.encode(encoding))])

    assert results.verdict(SarifLevel.NONE).state is CriterionState.PASSED
