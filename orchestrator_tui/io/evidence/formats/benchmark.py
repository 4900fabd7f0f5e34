"""The JSON of pytest-benchmark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from orchestrator_tui.domain.check import BenchmarkLimit
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import PlainText, plain_text, shorten
from orchestrator_tui.io.evidence.formats.json_values import (
    as_amount,
    as_object,
    object_at,
    objects_at,
    read_json,
    refusing,
    text_at,
)
from orchestrator_tui.io.evidence.formats.verdict import Verdict, counted
from orchestrator_tui.io.evidence.refusal import Malformed

LONGEST_NAME: Final = 60

_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark; times in seconds."""

    name: PlainText
    fullname: PlainText
    mean: float
    median: float
    max: float


class _Measure(NamedTuple):
    """One time beside the limit for it."""

    name: str
    kind: str
    seconds: float
    limit: float

    @property
    def share(self) -> float:
        """Return how much of the limit is taken."""
        if self.limit:
            return self.seconds / self.limit
        return float("inf") if self.seconds else 0.0

    @property
    def words(self) -> str:
        """Return name, time and limit."""
        name = plain_text(self.name, limit=LONGEST_NAME)
        seconds, limit = _duration(self.seconds), _duration(self.limit)
        return f"{name}: {self.kind} {seconds}, limit {limit}"


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """All benchmarks of the reports, in their order."""

    found: tuple[Benchmark, ...]

    def verdict(self, limits: Mapping[str, BenchmarkLimit]) -> Verdict:
        """Return PASSED where each benchmark that `limits` name is there and within them.

        A limit is for every benchmark whose name or full name it gives; MISSING without limits.
        The value is the time that takes the greatest share of its limit.
        """
        measures = [each for name, limit in limits.items() for each in self._measures(name, limit)]
        absent = [name for name in limits if not any(self._named(name))]
        if absent:
            return Verdict(CriterionState.FAILED, self._absent_words(absent))
        if not measures:
            return Verdict(CriterionState.MISSING, PlainText("no limit is given to measure by"))
        return _judged(measures)

    def _named(self, name: str) -> Iterator[Benchmark]:
        return (each for each in self.found if name in {each.name, each.fullname})

    def _measures(self, name: str, limit: BenchmarkLimit) -> Iterator[_Measure]:
        for each in self._named(name):
            if limit.mean is not None:
                yield _Measure(name, "mean", each.mean, limit.mean)
            if limit.median is not None:
                yield _Measure(name, "median", each.median, limit.median)
            if limit.max is not None:
                yield _Measure(name, "max", each.max, limit.max)

    def _absent_words(self, absent: list[str]) -> PlainText:
        names = ", ".join(plain_text(each, limit=LONGEST_NAME) for each in absent)
        return shorten(f"not among {counted(len(self.found), 'benchmark')}: {names}")


def _judged(measures: list[_Measure]) -> Verdict:
    worst = max(measures, key=lambda each: each.share)
    above = sum(each.seconds > each.limit for each in measures)
    if above:
        more = f" (and {above - 1:,} more above theirs)" if above > 1 else ""
        return Verdict(CriterionState.FAILED, shorten(f"{worst.words}{more}"), worst.seconds)
    more = f" (the closest of {len(measures):,})" if len(measures) > 1 else ""
    return Verdict(CriterionState.PASSED, shorten(f"{worst.words}{more}"), worst.seconds)


def read_benchmarks(raws: Sequence[tuple[str, bytes]]) -> Benchmarks:
    """Return what the reports say together.

    Raises EvidenceRefused for what is no report of pytest-benchmark.
    """
    found: list[Benchmark] = []
    for file, raw in raws:
        report = read_json(file, raw)
        with refusing(file):
            root = as_object(report, "the report")
            if "benchmarks" not in root:
                raise Malformed("is no report of pytest-benchmark: it has no `benchmarks`")
            found += [_benchmark(each) for each in objects_at(root, "benchmarks")]
    return Benchmarks(tuple(found))


def _benchmark(raw: Mapping[str, object]) -> Benchmark:
    name = plain_text(text_at(raw, "name"))
    stats = object_at(raw, "stats")
    shown = plain_text(name, limit=LONGEST_NAME)
    mean, median, longest = (
        as_amount(stats.get(each), f"`{each}` of {shown}") for each in ("mean", "median", "max")
    )
    return Benchmark(name, plain_text(text_at(raw, "fullname")), mean, median, longest)


def _duration(seconds: float) -> str:
    """Return a time to three digits, in the greatest unit that it fills: `1.53ms`."""
    for size, unit in _UNITS:
        if seconds >= size:
            return f"{seconds / size:.3g}{unit}"
    return f"{seconds * 1e9:.3g}ns"
