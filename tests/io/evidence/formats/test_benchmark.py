from collections.abc import Mapping

import pytest

from orchestrator_tui.domain.check import BenchmarkLimit
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.formats.benchmark import read_benchmarks
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from tests.io.evidence.formats.reports import as_json, benchmark, sample

SLOW = benchmark("test_slow", mean=0.3, median=0.2, max=2.0)
FAST = benchmark("test_fast[10]", mean=3e-6, median=2.5e-6, max=0.004)


def limit(**kinds: str) -> BenchmarkLimit:
    return BenchmarkLimit.model_validate(kinds)


@pytest.mark.parametrize(
    ("limits", "state", "told"),
    [
        pytest.param({"test_slow": limit(mean="300ms")}, CriterionState.PASSED,
                     "test_slow: mean 300ms, limit 300ms", id="exactly at the limit"),
        pytest.param({"test_slow": limit(mean="250ms")}, CriterionState.FAILED,
                     "test_slow: mean 300ms, limit 250ms", id="above it"),
        pytest.param({"test_slow": limit(mean="1s", median="100ms", max="1s")},
                     CriterionState.FAILED,
                     "test_slow: median 200ms, limit 100ms (and 1 more above theirs)",
                     id="each kind counts"),
        pytest.param({"tests/test_speed.py::test_fast[10]": limit(median="5us")},
                     CriterionState.PASSED,
                     "tests/test_speed.py::test_fast[10]: median 2.5µs, limit 5µs",
                     id="by its full name"),
        pytest.param({"test_slow": limit(max="4s"), "test_fast[10]": limit(max="5ms")},
                     CriterionState.PASSED,
                     "test_fast[10]: max 4ms, limit 5ms (the closest of 2)",
                     id="the closest is told"),
        pytest.param({"test_gone": limit(mean="1s"), "test_slow": limit(mean="1s")},
                     CriterionState.FAILED, "not among 2 benchmarks: test_gone", id="not there"),
        pytest.param({"test_fast": limit(mean="1s")}, CriterionState.FAILED,
                     "not among 2 benchmarks: test_fast", id="half a name is none"),
        pytest.param({}, CriterionState.MISSING, "no limit is given to measure by", id="no limits"),
        pytest.param({"test_slow": limit()}, CriterionState.MISSING,
                     "no limit is given to measure by", id="a limit of nothing"),
    ],
)  # fmt: skip
def test_each_named_benchmark_stays_within_its_limits(
    limits: Mapping[str, BenchmarkLimit], state: CriterionState, told: str
) -> None:
    verdict = read_benchmarks(as_json({"benchmarks": [SLOW, FAST]})).verdict(limits)

    assert (verdict.state, verdict.detail) == (state, told)


def test_what_pytest_benchmark_wrote_is_read() -> None:
    (found,) = read_benchmarks(sample("benchmark.json")).found

    assert (found.name, found.fullname) == ("test_speed", "tests/test_shapes.py::test_speed")
    assert 0 < found.median < found.max < 1


def test_the_same_benchmark_in_several_reports_must_hold_in_each() -> None:
    good, bad = as_json({"benchmarks": [FAST]}), as_json({"benchmarks": [{**FAST, **SLOW}]})
    both = read_benchmarks([*good, *bad])

    verdict = both.verdict({"test_fast[10]": limit(mean="1ms"), "test_slow": limit(mean="1ms")})

    assert verdict.state is CriterionState.FAILED
    assert verdict.value == 0.3


def test_hostile_names_are_safe_to_show_and_still_found() -> None:
    raws = as_json({"benchmarks": [benchmark("a\x1b[31m\n")]})

    verdict = read_benchmarks(raws).verdict({"a␛[31m⏎": limit(mean="1ms")})

    assert verdict.detail == "a␛[31m⏎: mean 10ms, limit 1ms"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(b"[]", "b: the report is a list, not an object", id="a list"),
        pytest.param(b"{}", "b: is no report of pytest-benchmark: it has no `benchmarks`",
                     id="other JSON"),
        pytest.param(b'{"benchmarks": 3}', "b: `benchmarks` is a number, not a list",
                     id="a number"),
        pytest.param(b'{"benchmarks": [{"name": "x"}]}', "b: `mean` of x is null, not a number",
                     id="no stats"),
        pytest.param(b'{"benchmarks": [{"name": ["x"]}]}', "b: `name` is a list, not text",
                     id="a name that is none"),
        pytest.param(b"{,}", None, id="no JSON"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(raw: bytes, told: str | None) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        read_benchmarks([("b", raw)])

    assert refused.value.detail == told if told else refused.value.line == 1


@pytest.mark.parametrize(
    ("written", "told"),
    [
        pytest.param("NaN", "`mean` of x is nan", id="not a number"),
        pytest.param("Infinity", "`mean` of x is inf", id="endless"),
        pytest.param("-0.5", "`mean` of x is -0.5", id="negative"),
        pytest.param("1e999", "`mean` of x is inf", id="more than a number holds"),
        pytest.param("9" * 4000, "`mean` of x is too large", id="4,000 digits"),
        pytest.param("true", "`mean` of x is true or false, not a number", id="a truth"),
        pytest.param('"1"', "`mean` of x is text, not a number", id="text"),
    ],
)
def test_a_time_that_is_none_is_refused(written: str, told: str) -> None:
    raw = f'{{"benchmarks": [{{"name": "x", "stats": {{"mean": {written}}}}}]}}'

    with pytest.raises(EvidenceRefused) as refused:
        read_benchmarks([("b", raw.encode())])

    assert refused.value.message == told
