import pytest

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.formats.coverage import LineCoverage, read_coverage
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from tests.io.evidence.formats.reports import cobertura, lcov, sample


@pytest.mark.parametrize(
    ("name", "lines", "covered"),
    [
        pytest.param("coverage.xml", 8, 5, id="coverage.py, Cobertura"),
        pytest.param("coverage.lcov", 8, 5, id="coverage.py, LCOV"),
        pytest.param("gcovr.xml", 4, 2, id="gcovr with a document type, and methods' lines again"),
    ],
)
def test_each_format_is_read_line_by_line(name: str, lines: int, covered: int) -> None:
    assert read_coverage(sample(name)) == LineCoverage(lines, covered)


@pytest.mark.parametrize(
    "raws",
    [
        pytest.param([cobertura((1, 1), (2, 0)), cobertura((2, 3), (3, 0))], id="Cobertura"),
        pytest.param([lcov((1, 1), (2, 0)), lcov((2, 3), (3, 0))], id="LCOV"),
        pytest.param([lcov((1, 1), (2, 0)), cobertura((2, 3), (3, 0))], id="one of each"),
        pytest.param([cobertura((2, 3), (3, 0)), lcov((1, 1), (2, 0))], id="the other way round"),
    ],
)
def test_a_line_is_covered_where_any_report_says_so(raws: list[tuple[str, bytes]]) -> None:
    assert read_coverage(raws) == LineCoverage(lines=3, covered=2)


def test_files_of_different_sources_are_different_files() -> None:
    raw = (
        b"<coverage><sources><source>%s</source></sources><packages>"
        b'<class filename="index.js"><lines><line number="1" hits="%d"/></lines></class>'
        b"</packages></coverage>"
    )

    both = read_coverage([("a.xml", raw % (b"/a", 1)), ("b.xml", raw % (b"/b", 0))])

    assert both == LineCoverage(lines=2, covered=1)


@pytest.mark.parametrize(
    ("found", "at_least", "state", "detail"),
    [
        pytest.param(LineCoverage(1234, 1000), 80, CriterionState.PASSED,
                     "81% of 1,234 lines covered",
                     id="reached"),
        pytest.param(LineCoverage(10, 8), 80, CriterionState.PASSED,
                     "80% of 10 lines covered", id="exactly"),
        pytest.param(LineCoverage(10_000, 7_996), 80, CriterionState.FAILED,
                     "79.9% of 10,000 lines covered, 80% asked for", id="just missed"),
        pytest.param(LineCoverage(1, 0), 0, CriterionState.PASSED,
                     "0% of 1 line covered", id="nothing asked"),
        pytest.param(LineCoverage(0, 0), 0, CriterionState.FAILED,
                     "no line in it could be covered",
                     id="no lines at all"),
    ],
)  # fmt: skip
def test_the_verdict_compares_with_the_threshold(
    found: LineCoverage, at_least: float, state: CriterionState, detail: str
) -> None:
    verdict = found.verdict(at_least)

    assert (verdict.state, verdict.detail) == (state, detail)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(b"", "c: is empty", id="empty"),
        pytest.param(b"<report/>", "c:1: is no Cobertura XML: its root is <report>", id="JaCoCo"),
        pytest.param(b'<coverage clover="4.5"/>', "c:1: is Clover XML: write Cobertura XML or LCOV",
                     id="Clover"),
        pytest.param(b"<coverage>\n<class/></coverage>", "c:2: has a class without a filename",
                     id="a class of nowhere"),
        pytest.param(b"{}", "c:1: is no LCOV: `{}`", id="JSON"),
        pytest.param(b"TN:\nSF:a.py\nDA:1,1\n", "c:4: ends in the middle of a record",
                     id="LCOV that was cut off"),
        pytest.param(b"TN:\nDA:1,1\n", "c:2: has a DA line outside any record",
                     id="a line of nowhere"),
        pytest.param(b"\x00\x01\x02", "c:1: is no LCOV: `␀␁␂`", id="binary"),
    ],
)  # fmt: skip
def test_what_is_no_coverage_is_refused_with_its_line(raw: bytes, told: str) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        read_coverage([("c", raw)])

    assert refused.value.detail == told


@pytest.mark.parametrize("number", ["", "x", "nan", "inf", "-1", "1.5", "9" * 30, "1e999"])
def test_a_line_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(EvidenceRefused, match=r"^c:2: .*is no line number"):
        read_coverage([("c", f"SF:a\nDA:{number},1\nend_of_record\n".encode())])


@pytest.mark.parametrize("hits", ["", "x", "nan", "inf", "-1", "0x1f", "1e999"])
def test_a_count_of_hits_that_is_none_is_refused(hits: str) -> None:
    content = f'<coverage>\n<class filename="a"><line number="1" hits="{hits}"/></class></coverage>'

    with pytest.raises(EvidenceRefused, match=r"^c:2: .*is no count of hits"):
        read_coverage([("c", content.encode())])


def test_large_counts_and_checksums_are_read() -> None:
    raw = b"\xef\xbb\xbfTN:\r\nSF:a.py\r\nDA:1,1e+06,Zk3x\r\nDA:2,0,Zk3x\r\nend_of_record\r\n"

    assert read_coverage([("c", raw)]) == LineCoverage(lines=2, covered=1)


def test_a_document_type_is_neither_fetched_nor_explained_by() -> None:
    raw = b"""<!DOCTYPE coverage SYSTEM "http://127.0.0.1:9/x.dtd">\n<coverage>&x;</coverage>"""

    with pytest.raises(EvidenceRefused, match=r"^c:2: uses the entity &x;, which is never read"):
        read_coverage([("c", raw)])
