"""The checks of reports: read by their formats, judged by what the mission asks of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from orchestrator_tui.domain.check import Benchmark, Build, Coverage, Junit, Sarif
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.content import read_whole
from orchestrator_tui.io.evidence.formats.benchmark import read_benchmarks
from orchestrator_tui.io.evidence.formats.build import read_builds
from orchestrator_tui.io.evidence.formats.coverage import read_coverage
from orchestrator_tui.io.evidence.formats.junit import read_junit
from orchestrator_tui.io.evidence.formats.sarif import read_sarif
from orchestrator_tui.io.evidence.formats.verdict import Verdict
from orchestrator_tui.io.evidence.found_files import Matches
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.evidence.seen import Seen, found, missing

ReportCheck: TypeAlias = Junit | Coverage | Sarif | Benchmark | Build
Report = TypeVar("Report")


def pattern_of(check: ReportCheck) -> str:
    """Return the glob whose files a check reads."""
    match check:
        case Junit(junit=pattern) | Coverage(coverage=pattern) | Sarif(sarif=pattern):
            return pattern
        case Benchmark(benchmark=pattern) | Build(build=pattern):
            return pattern


def look_at_report(check: ReportCheck, seen: Seen, *, coverage: float) -> Finding:
    """Return what the reports say; `coverage` is asked for where the check names no threshold."""
    matches = seen.find(pattern_of(check))
    newest = matches.newest
    if newest is None:
        return missing(matches.nothing)
    try:
        verdict, digest = _judged(check, seen, matches, coverage)
    except EvidenceRefused as refused:
        told = found(CriterionState.FAILED, refused.detail, newest, digest=matches.digest)
        return replace(told, source=refused.file)
    # What was not looked at may say otherwise.
    detail = f"{verdict.detail}; left out: {matches.remark}" if matches.remark else verdict.detail
    return found(verdict.state, detail, newest, value=verdict.value, digest=digest)


def read_reports(
    seen: Seen, matches: Matches, read: Callable[[Sequence[tuple[str, bytes]]], Report]
) -> tuple[Report, str]:
    """Return what the reports say together, and the SHA-256 of what was read.

    Raises EvidenceRefused for malformed ones, and NotLookedAt where they cannot be read.
    """

    def all_of_them() -> tuple[Report, str]:
        raws, digest = read_whole(matches.files)
        return read(raws), digest

    return seen.read(read, matches.files, all_of_them)


def _judged(
    check: ReportCheck, seen: Seen, matches: Matches, coverage: float
) -> tuple[Verdict, str]:
    match check:
        case Junit():
            tests, digest = read_reports(seen, matches, read_junit)
            return tests.verdict(), digest
        case Coverage(at_least=at_least):
            lines, digest = read_reports(seen, matches, read_coverage)
            return lines.verdict(coverage if at_least is None else at_least), digest
        case Sarif(max_level=max_level):
            results, digest = read_reports(seen, matches, read_sarif)
            return results.verdict(max_level), digest
        case Benchmark(limits=limits):
            benchmarks, digest = read_reports(seen, matches, read_benchmarks)
            return benchmarks.verdict(limits), digest
        case Build():
            builds, digest = read_reports(seen, matches, read_builds)
            return builds.verdict(), digest
