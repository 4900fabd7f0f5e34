import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.formats.junit import JunitReport, read_junit
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from tests.io.evidence.formats.reports import junit, sample


def counts(report: JunitReport) -> tuple[int, int, int, int]:
    return report.passed, report.failed, report.errors, report.skipped


@pytest.mark.parametrize(
    ("name", "expected", "first"),
    [
        pytest.param("pytest.xml", (4, 0, 0, 2), "", id="pytest"),
        pytest.param(
            "pytest-failing.xml", (6, 2, 3, 2), "tests.test_broken.test_wrong",
            id="pytest with failures, errors around tests and reruns",
        ),
        pytest.param("surefire.xml", (2, 1, 1, 1), "org.example.OrderTest.refusesNegative",
                     id="Surefire with reruns and a flaky test"),
        pytest.param("jest.xml", (1, 1, 1, 1), "chat list scrolls",
                     id="Jest with a suite that could not be loaded"),
        pytest.param("gotestsum.xml", (1, 2, 0, 1),
                     "example.org/chat/store.TestGet/missing_key", id="gotestsum"),
        pytest.param("go-junit-report.xml", (1, 1, 1, 0), "example.org/chat/store.TestGet",
                     id="go-junit-report with a package that did not build"),
        pytest.param("node.xml", (3, 1, 0, 2), "test.fails", id="node, suites in suites"),
    ],
)  # fmt: skip
def test_each_dialect_is_counted_by_its_cases(
    name: str, expected: tuple[int, int, int, int], first: str
) -> None:
    report = read_junit(sample(name))

    assert counts(report) == expected
    assert "".join(report.failing[:1]) == first


def test_what_pytest_writes_now_is_read(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "def test_good(): pass\ndef test_bad(): assert False, 'ü ]]> <b>'\n", encoding="utf-8"
    )
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junit-xml=junit.xml",
         "--rootdir=.", "test_it.py"],
        cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )  # fmt: skip

    report = read_junit([("junit.xml", (tmp_path / "junit.xml").read_bytes())])

    assert counts(report) == (1, 1, 0, 0)
    assert report.failing == ("test_it.test_bad",)


@pytest.mark.parametrize(
    ("raws", "state", "detail"),
    [
        pytest.param(sample("pytest.xml"), CriterionState.PASSED, "4 tests passed, 2 skipped",
                     id="all that ran passed"),
        pytest.param(junit('<testcase name="a"/>'), CriterionState.PASSED, "1 test passed",
                     id="one test"),
        pytest.param(sample("surefire.xml"), CriterionState.FAILED,
                     "1 failed and 1 errored of 4 tests: org.example.OrderTest.refusesNegative,"
                     " org.example.OrderTest.connects", id="failed and errored"),
        pytest.param(junit(""), CriterionState.FAILED, "no test ran", id="no test in it"),
        pytest.param(junit('<testcase name="a"><skipped/></testcase>'), CriterionState.FAILED,
                     "no test ran, 1 skipped", id="all skipped"),
        pytest.param(junit('<testcase name="x"><failure/></testcase>' * 9), CriterionState.FAILED,
                     "9 failed of 9 tests: x, x, x, …", id="more names than are shown"),
    ],
)  # fmt: skip
def test_the_verdict_says_what_ran(
    raws: list[tuple[str, bytes]], state: CriterionState, detail: str
) -> None:
    verdict = read_junit(raws).verdict()

    assert (verdict.state, verdict.detail) == (state, detail)


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        pytest.param('<testcase name="a"><failure/><error/><skipped/></testcase>', (0, 0, 1, 0),
                     id="the gravest outcome of a case counts"),
        pytest.param('<testcase name="a" status="notrun" result="suppressed"/>', (0, 0, 0, 1),
                     id="GoogleTest's disabled test"),
        pytest.param('<testcase name="a" status="failed"/>', (0, 1, 0, 0),
                     id="a failure told in an attribute"),
        pytest.param("<error message='collection failed'/>", (0, 0, 1, 0),
                     id="an error of a suite"),
        pytest.param('<testcase name="a"><properties><failure/></properties></testcase>',
                     (1, 0, 0, 0), id="a failure that is none"),
        pytest.param('<testsuite failures="3"><testcase name="a"/></testsuite>', (1, 0, 0, 0),
                     id="an attribute that contradicts the cases"),
        pytest.param('<testsuite errors="1"><error/></testsuite>', (0, 0, 1, 0),
                     id="an error that a suite tells twice"),
        pytest.param('<testsuite errors="1"><testsuite errors="1"/></testsuite>', (0, 0, 1, 0),
                     id="suites around one that failed count it once"),
    ],
)  # fmt: skip
def test_odd_cases_count_for_what_they_are(cases: str, expected: tuple[int, int, int, int]) -> None:
    assert counts(read_junit(junit(cases))) == expected


def test_attributes_with_totals_are_not_believed() -> None:
    raw = (
        b'<testsuite tests="500" failures="0"><testcase name="a"><failure/></testcase></testsuite>'
    )

    assert counts(read_junit([("junit.xml", raw)])) == (0, 1, 0, 0)


def test_several_reports_are_joined() -> None:
    report = read_junit(sample("pytest.xml", "surefire.xml"))

    assert counts(report) == (6, 1, 1, 3)


def test_names_are_safe_to_show() -> None:
    name = "a&#10;b [red]\u202e&#x9b;31m" + "x" * 500

    (shown,) = read_junit(junit(f'<testcase name="{name}"><failure/></testcase>')).failing

    assert shown.startswith("a⏎b [red]‹U+202E›‹U+009B›31m")
    assert len(shown) <= 120


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(b"", "junit.xml: is empty", id="empty"),
        pytest.param(b" \n ", "junit.xml: is empty", id="blank"),
        pytest.param(b"<html/>", "junit.xml:1: is no JUnit XML: its root is <html>", id="a page"),
        pytest.param(b"not xml", "junit.xml:1: is no XML: syntax error", id="text"),
        pytest.param(b'<testsuite>\n<testcase name="a">\n',
                     "junit.xml:3: is no XML: no element found",
                     id="cut off"),
        pytest.param(b"<testsuite>\n</testsuites>", "junit.xml:2: is no XML: mismatched tag",
                     id="wrong end"),
        pytest.param(b"<testsuite>\n&boom;</testsuite>", "junit.xml:2: is no XML: undefined entity",
                     id="an entity from nowhere"),
        pytest.param(b'<testsuite name="\xff"/>',
                     "junit.xml:1: is no XML: not well-formed (invalid token)", id="not UTF-8"),
        pytest.param(b'<?xml version="1.0" encoding="rot13"?><testsuite/>', None,
                     id="an encoding that is none"),
        pytest.param(b'<?xml version="1.0" encoding="utf-7"?><testsuite/>', None,
                     id="an encoding of several bytes"),
        pytest.param(b"<testsuite><testcase><testcase/></testcase></testsuite>",
                     "junit.xml:1: has a test inside a test", id="tests in tests"),
        pytest.param(b"<testsuite>" * 101,
                     "junit.xml:1: is nested too deep: at most 100 levels are read",
                     id="deeper than anybody nests"),
    ],
)  # fmt: skip
def test_what_is_no_junit_is_refused_with_its_line(raw: bytes, told: str | None) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        read_junit([("junit.xml", raw)])

    assert told is None or refused.value.detail == told
    assert refused.value.detail.startswith("junit.xml")


def laughs(depth: int) -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">\n' for n in range(depth))
    return (
        f'<?xml version="1.0"?>\n<!DOCTYPE t [\n<!ENTITY a0 "ha">\n{entities}]>'
        f"<testsuite name='x'>&a{depth};</testsuite>"
    ).encode()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(laughs(9), id="billion laughs"),
        pytest.param(b'<!DOCTYPE t [\n\n<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                     b"<testsuite>&x;</testsuite>", id="external entity"),
        pytest.param(b'<!DOCTYPE t [\n\n<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]>'
                     b"<testsuite/>", id="external parameter entity"),
        pytest.param(b'<!DOCTYPE t [\n\n<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x" NDATA n>]>'
                     b"<testsuite/>", id="unparsed entity"),
    ],
)  # fmt: skip
def test_entities_are_refused_where_they_are_declared(raw: bytes) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        read_junit([("junit.xml", raw)])

    assert refused.value.detail == "junit.xml:3: declares entities: they are never read"


def test_huge_attributes_and_texts_cost_no_more_than_their_size() -> None:
    huge = "x" * 5_000_000
    cases = f'<testcase name="{huge}"><failure message="{huge}">{huge}</failure></testcase>'

    report = read_junit(junit(cases))

    assert report.failed == 1
    assert len(report.verdict().detail) <= 200
