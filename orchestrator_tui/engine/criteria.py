"""How each criterion of a milestone stands: from its evidence, its review, and what was ticked."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.check import (
    Benchmark,
    Build,
    Check,
    Contains,
    Coverage,
    Exists,
    Junit,
    Manual,
    Newer,
    ReviewBy,
    Run,
    Sarif,
    Waive,
)
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.history import Acknowledgement
from orchestrator_tui.domain.ids import AgentId, CriterionId
from orchestrator_tui.domain.milestone import Milestone, PeerReview, Review
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import CriterionState, Verdict
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.acknowledging import name_of

OLDER_AT_MOST: Final = timedelta(seconds=2)
"""How much older than the work its report may be: clocks of file systems are coarse."""
AnyCheck: TypeAlias = Check | PeerReview

_REPORTS = (Junit, Coverage, Sarif, Benchmark, Build)
"""Checks that read a report on the work: it says nothing of work that is newer."""
_JUDGED = {CriterionState.PASSED, CriterionState.FAILED}


class Known(NamedTuple):
    """What is known of the criteria of one milestone."""

    review: Review | None
    """Its valid review."""
    is_outdated: bool
    """Whether the work went on after that."""
    ticked: Mapping[CriterionId, Acknowledgement]
    """The `manual` criteria that a person has made sure of."""
    findings: Mapping[CriterionId, Finding]
    newest_work: Callable[[], tuple[datetime, str] | None]
    """Finds when its work was last touched, and where."""
    may_run: bool
    """Whether any command may run at all."""


def judge_criteria(milestone: Milestone, known: Known) -> tuple[CriterionAssessment, ...]:
    """Return every criterion of `milestone`, the type's own first."""
    return tuple(_judge(key, check, known) for key, check in milestone.all_criteria.items())


def is_review(check: AnyCheck) -> bool:
    """Say whether a criterion is what IN_REVIEW waits for."""
    return isinstance(check, PeerReview | ReviewBy)


def is_looked_at(check: AnyCheck) -> bool:
    """Say whether a criterion is judged by what is found in the workspace."""
    return not isinstance(check, PeerReview | ReviewBy | Manual | Waive)


def evidence_words(check: AnyCheck) -> str:
    """Return what a check looks at, in words."""
    match check:
        case Exists():
            found = ", ".join(check.exists)
        case Contains():
            found = f"{check.contains.path} with the text {check.contains.text}"
        case Newer():
            found = f"{check.newer}, newer than {check.than}"
        case (
            Junit(junit=path)
            | Coverage(coverage=path)
            | Sarif(sarif=path)
            | Benchmark(benchmark=path)
            | Build(build=path)
        ):
            found = path
        case Run():
            found = " ".join(check.run)
        case _:
            found = "it"
    return found


def _judge(key: CriterionId, check: AnyCheck, known: Known) -> CriterionAssessment:
    finding = known.findings.get(key)
    if finding is not None and is_looked_at(check):
        return _found(key, check, finding, known)
    observed = None
    match check:
        case PeerReview() | ReviewBy():
            by = check.review if isinstance(check, ReviewBy) else None
            state, detail = _reviewed(known.review, by, is_outdated=known.is_outdated)
            observed = None if known.review is None else known.review.at
        case Manual() if (tick := known.ticked.get(key)) is not None:
            state, detail = CriterionState.PASSED, f"ticked by {name_of(tick)}"
            observed = tick.at
        case _:
            state, detail = _unobserved(check, may_run=known.may_run)
    return CriterionAssessment(id=key, state=state, detail=shorten(detail), observed=observed)


def _found(
    key: CriterionId, check: AnyCheck, finding: Finding, known: Known
) -> CriterionAssessment:
    state, detail = finding.state, finding.detail
    if isinstance(check, Benchmark) and not check.limits and state is not CriterionState.MISSING:
        state, detail = CriterionState.MISSING, f"no limit given for {evidence_words(check)}"
    elif isinstance(check, _REPORTS) and state in _JUDGED and finding.observed is not None:
        work = known.newest_work()
        if work is not None and work[0] - finding.observed > OLDER_AT_MOST:
            age = hours_words((work[0] - finding.observed) / timedelta(hours=1))
            state, detail = CriterionState.STALE, f"{age} older than {work[1]}: {detail}"
    return CriterionAssessment(
        id=key,
        state=state,
        detail=shorten(detail),
        observed=finding.observed,
        source=finding.source,
        command=finding.command,
        value=finding.value,
    )


def _unobserved(check: AnyCheck, *, may_run: bool) -> tuple[CriterionState, str]:
    match check:
        case Waive():
            return CriterionState.WAIVED, check.waive
        case Manual():
            return CriterionState.MANUAL, check.manual
        case Run() if not may_run:
            return CriterionState.UNTRUSTED, f"not allowed to run: {evidence_words(check)}"
        case _:
            return CriterionState.MISSING, f"nothing observed yet of {evidence_words(check)}"


def _reviewed(
    review: Review | None, by: AgentId | None, *, is_outdated: bool
) -> tuple[CriterionState, str]:
    if review is None or (by is not None and review.by != by):
        return CriterionState.MISSING, f"no review by {by} yet" if by else "no peer review yet"
    if review.verdict is Verdict.PASS:
        return CriterionState.PASSED, f"{review.by} says PASS"
    if is_outdated:
        return CriterionState.MISSING, f"work went on after {review.by} asked for rework"
    feedback = f": {review.feedback}" if review.feedback else ""
    return CriterionState.FAILED, f"{review.by} asks for rework{feedback}"
