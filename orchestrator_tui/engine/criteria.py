"""What is known of a milestone's criteria from the mission, and from what a person ticked."""

from collections.abc import Mapping

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
from orchestrator_tui.domain.history import Acknowledgement
from orchestrator_tui.domain.ids import AgentId, CriterionId
from orchestrator_tui.domain.milestone import Milestone, PeerReview, Review, Verdict
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.acknowledging import name_of


def judge_criteria(
    milestone: Milestone,
    review: Review | None,
    *,
    is_outdated: bool,
    ticked: Mapping[CriterionId, Acknowledgement],
) -> tuple[CriterionAssessment, ...]:
    """Return every criterion of `milestone`, the type's own first.

    `review` is its valid review; `is_outdated` says that the work went on after it.
    `ticked` holds the `manual` criteria that a person has made sure of.
    """
    return tuple(
        _judge(key, check, review, is_outdated=is_outdated, tick=ticked.get(key))
        for key, check in milestone.all_criteria.items()
    )


def _judge(
    key: CriterionId,
    check: Check | PeerReview,
    review: Review | None,
    *,
    is_outdated: bool,
    tick: Acknowledgement | None,
) -> CriterionAssessment:
    observed = None
    match check:
        case PeerReview() | ReviewBy():
            by = check.review if isinstance(check, ReviewBy) else None
            state, detail = _reviewed(review, by, is_outdated=is_outdated)
            observed = None if review is None else review.at
        case Manual() if tick is not None:
            state, detail = CriterionState.PASSED, f"ticked by {name_of(tick)}"
            observed = tick.at
        case _:
            state, detail = _unobserved(check)
    return CriterionAssessment(id=key, state=state, detail=shorten(detail), observed=observed)


def is_review(check: Check | PeerReview) -> bool:
    """Say whether a criterion is what IN_REVIEW waits for."""
    return isinstance(check, PeerReview | ReviewBy)


def _unobserved(check: Check | PeerReview) -> tuple[CriterionState, str]:
    match check:
        case Waive():
            return CriterionState.WAIVED, check.waive
        case Manual():
            return CriterionState.MANUAL, check.manual
        case Run():
            return CriterionState.UNTRUSTED, "not allowed to run: " + " ".join(check.run)
        case _:
            return CriterionState.MISSING, f"nothing observed yet of {_evidence(check)}"


def _evidence(check: Check | PeerReview) -> str:
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
        case _:
            found = "it"
    return found


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
