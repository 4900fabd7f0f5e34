"""The case for a milestone: all that speaks for or against it, before its status is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from orchestrator_tui.domain.check import Coverage
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.history import Acknowledgement, ApprovalGiven
from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from orchestrator_tui.domain.milestone import Milestone, Review
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import ApprovalDecision, CriterionState
from orchestrator_tui.engine.approvals import decision_on
from orchestrator_tui.engine.criteria import Known, judge_criteria
from orchestrator_tui.engine.evidence_digest import evidence_digest
from orchestrator_tui.engine.evidence_facts import (
    findings_of,
    missing_deliverables,
    newest_work,
    was_looked_at,
    went_on_after,
)
from orchestrator_tui.engine.progress import valid_review
from orchestrator_tui.engine.situation import Situation


@dataclass(frozen=True, slots=True)
class Case:
    """All that speaks for or against one milestone."""

    index: int
    milestone: Milestone
    tasks: list[int]
    """Its tasks that are not cancelled."""
    review: Review | None
    """The one that counts."""
    is_review_outdated: bool
    """Whether the work or its evidence went on after it."""
    criteria: tuple[CriterionAssessment, ...]
    missing: tuple[str, ...]
    """Deliverables that are not there."""
    score: float | None
    """The plain mean of what was judged."""
    decision: ApprovalGiven | None
    """The newest that counts."""
    digest: str
    has_changed: bool
    """Whether what speaks for it is no longer what was shown when it was decided.

    Before it was looked at, and while a command runs, nobody can tell.
    """
    is_rejection_outdated: bool
    """Whether something changed after it was rejected."""


def case_of(situation: Situation, index: int, milestone: Milestone) -> Case:
    """Return the case for the milestone at `index`."""
    key, tasks = situation.plan.stages[index].id, situation.members[index]
    findings = findings_of(situation, key, milestone)
    review = valid_review(situation, milestone)
    is_outdated = review is not None and went_on_after(situation, tasks, review.at, findings)
    known = Known(
        review=review,
        is_outdated=is_outdated,
        ticked=_ticked(situation, key),
        findings=findings,
        newest_work=cache(partial(newest_work, situation, tasks)),
        may_run=bool(situation.known.facts.trusted),
    )
    criteria = judge_criteria(milestone, known)
    digest = evidence_digest(situation, key, tasks=tasks, criteria=criteria, findings=findings)
    decision = decision_on(situation.known.facts, key, situation.now)
    has_changed = (
        decision is not None
        and decision.evidence not in ("", digest)
        and was_looked_at(situation, milestone, tasks)
        and not any(each.state is CriterionState.RUNNING for each in criteria)
    )
    return Case(
        index=index,
        milestone=milestone,
        tasks=tasks,
        review=review,
        is_review_outdated=is_outdated,
        criteria=criteria,
        missing=missing_deliverables(situation, tasks),
        score=_score(situation, milestone, tasks, criteria=criteria, review=review),
        decision=decision,
        digest=digest,
        has_changed=has_changed,
        is_rejection_outdated=has_changed or _was_answered(situation, tasks, decision, findings),
    )


def _ticked(situation: Situation, milestone: MilestoneId) -> dict[CriterionId, Acknowledgement]:
    """Return the criteria of a milestone that somebody had made sure of by now."""
    return {
        criterion: each
        for (key, criterion), each in situation.known.facts.ticked.items()
        if key == milestone and each.at <= situation.now
    }


def _was_answered(
    situation: Situation,
    tasks: list[int],
    decision: ApprovalGiven | None,
    findings: Mapping[CriterionId, Finding],
) -> bool:
    """Say whether the work went on after it was rejected."""
    if decision is None or decision.decision is not ApprovalDecision.REJECTED:
        return False
    return went_on_after(situation, tasks, decision.at, findings)


def _score(
    situation: Situation,
    milestone: Milestone,
    tasks: list[int],
    *,
    criteria: tuple[CriterionAssessment, ...],
    review: Review | None,
) -> float | None:
    """Return the plain mean of what was judged: criteria, tasks and the review."""
    quality = situation.tasks.quality
    scores = [_points(milestone, each) for each in criteria if each.state is CriterionState.PASSED]
    scores += [0.0 for each in criteria if each.state is CriterionState.FAILED]
    scores += [score for task in tasks if (score := quality[task]) is not None]
    if review is not None and review.score is not None:
        scores.append(review.score)
    return sum(scores) / len(scores) if scores else None


def _points(milestone: Milestone, passed: CriterionAssessment) -> float:
    """Return what a criterion that passed is worth: coverage its measured per cent, others 100."""
    is_coverage = isinstance(milestone.all_criteria[passed.id], Coverage)
    if not is_coverage or passed.value is None:
        return 100.0
    return min(100.0, max(0.0, passed.value))
