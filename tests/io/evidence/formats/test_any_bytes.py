"""Whatever is in a file, its format is read or refused, and nothing else happens."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.check import BenchmarkLimit, SarifLevel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.formats.benchmark import read_benchmarks
from orchestrator_tui.io.evidence.formats.build import read_builds
from orchestrator_tui.io.evidence.formats.coverage import read_coverage
from orchestrator_tui.io.evidence.formats.junit import read_junit
from orchestrator_tui.io.evidence.formats.sarif import read_sarif
from orchestrator_tui.io.evidence.formats.verdict import Verdict
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from tests.io.evidence.formats.reports import SAMPLES, as_json, benchmark, sarif

Raws = Sequence[tuple[str, bytes]]

LIMITS = {"test_speed": BenchmarkLimit.model_validate({"mean": "1s", "max": "1ms"})}
BUILD = b'{"status": "passed", "finished": "2024-01-15T14:00Z", "url": "https://ci.example/7"}'
READERS: dict[str, Callable[[Raws], Verdict]] = {
    "junit": lambda raws: read_junit(raws).verdict(),
    "coverage": lambda raws: read_coverage(raws).verdict(80),
    "sarif": lambda raws: read_sarif(raws).verdict(SarifLevel.NOTE),
    "benchmark": lambda raws: read_benchmarks(raws).verdict(LIMITS),
    "build": lambda raws: read_builds(raws).verdict(),
}
HONEST = [each.read_bytes() for each in sorted(SAMPLES.iterdir())] + [
    BUILD,
    b"status: passed\nfinished: 2024-01-15T14:00Z\n",
    sarif({"ruleId": "R", "suppressions": [{}]})[0][1],
    as_json({"benchmarks": [benchmark("test_speed")]})[0][1],
]

each_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a report that somebody cut, doubled or overwrote a piece of."""
    raw = draw(st.sampled_from(HONEST))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 200)))
        piece = draw(st.one_of(st.binary(max_size=12), st.just(raw[start:end] * 2)))
        raw = raw[:start] + piece + raw[end:]
    return raw


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["version", "runs", "results", "tool", "driver", "rules", "level", "kind", "id",
                 "suppressions", "status", "locations", "physicalLocation", "artifactLocation",
                 "index", "benchmarks", "stats", "name", "mean", "finished", "url", "rule"]
            ),
            inner, max_size=4,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


def look(read: Callable[[Raws], Verdict], file: str, raw: bytes) -> None:
    detail: str
    line: int | None = None
    try:
        detail = read([(file, raw)]).detail
    except EvidenceRefused as refused:
        detail, line = refused.detail, refused.line
    assert line is None or line >= 1
    assert 0 < len(detail) <= 200
    assert detail == plain_text(detail)


@each_reader
@given(raw=st.binary(max_size=300), file=st.sampled_from(["a.json", "a.yaml", "a\x1b.xml"]))
def test_any_bytes_are_read_or_refused(
    read: Callable[[Raws], Verdict], raw: bytes, file: str
) -> None:
    look(read, file, raw)


@each_reader
@given(raw=damaged(), file=st.sampled_from(["a.json", "a.yaml"]))
def test_damaged_reports_are_read_or_refused(
    read: Callable[[Raws], Verdict], raw: bytes, file: str
) -> None:
    look(read, file, raw)


@pytest.mark.parametrize("kind", ["sarif", "benchmark", "build"])
@given(value=json_values)
def test_any_json_is_read_or_refused(kind: str, value: Any) -> None:
    for wrapped in (value, {"version": "2.1.0", "runs": [value]}, {"benchmarks": [value]}):
        (report,) = as_json(wrapped)
        look(READERS[kind], *report)
