"""Where a milestone is in its life, and what keeps it there."""

from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import (
    ApprovalDecision,
    CriterionState,
    MilestoneStatus,
    Verdict,
)
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.engine.approvals import LONGEST_NAME
from orchestrator_tui.engine.criteria import is_review
from orchestrator_tui.engine.milestone_case import Case
from orchestrator_tui.engine.situation import Situation

_SETTLED = {CriterionState.PASSED, CriterionState.WAIVED}


def find_status(situation: Situation, case: Case) -> tuple[MilestoneStatus, tuple[str, ...]]:
    """Return the status of a milestone, and sentences on what keeps it there.

    Once approved it stays COMPLETED, whatever is found later. Until work is done, nothing but the
    work keeps it where it is.
    """
    decision = case.decision
    if decision is not None and decision.decision is ApprovalDecision.APPROVED:
        return MilestoneStatus.COMPLETED, ()
    if sent_back := _sent_back(case):
        return MilestoneStatus.REWORK, sent_back
    if not is_work_done(situation, case.index):
        begun = _has_begun(situation, case.index)
        return MilestoneStatus.IN_PROGRESS if begun else MilestoneStatus.PENDING, ()
    if unverified := _unverified(situation, case):
        return MilestoneStatus.VERIFYING, unverified
    if unreviewed := _unreviewed(case):
        return MilestoneStatus.IN_REVIEW, unreviewed
    return MilestoneStatus.AWAITING_APPROVAL, ()


def is_work_done(situation: Situation, index: int) -> bool:
    """Say whether the tasks of a milestone are finished; without any, all that it waits for."""
    tasks = situation.members[index]
    if tasks:
        return not any(situation.facts.is_open[task] for task in tasks)
    return situation.ends[index] <= situation.at and _nothing_open_before(situation, index)


def is_under_test(situation: Situation, milestone: MilestoneAssessment) -> bool:
    """Say whether the work of a milestone is done and not approved: what fails now, counts."""
    if milestone.status is MilestoneStatus.COMPLETED:
        return False
    return is_work_done(situation, situation.network.milestone_index[milestone.id])


def _sent_back(case: Case) -> tuple[str, ...]:
    """Return who asked for rework that nothing has come of yet."""
    found = []
    review, decision = case.review, case.decision
    if decision is not None and not case.is_rejection_outdated:
        said = f": {shorten(plain_text(decision.comment))}" if decision.comment else "."
        found.append(f"{plain_text(decision.by, limit=LONGEST_NAME)} rejected it{said}")
    if review is not None and review.verdict is Verdict.REWORK and not case.is_review_outdated:
        said = f": {shorten(review.feedback)}" if review.feedback else "."
        found.append(f"{review.by} asks for rework{said}")
    return tuple(found)


def _unverified(situation: Situation, case: Case) -> tuple[str, ...]:
    """Return what the evidence lacks."""
    checks = case.milestone.all_criteria
    found = [
        f"{each.id} is {each.state}: {each.detail}"
        for each in case.criteria
        if each.state not in _SETTLED and not is_review(checks[each.id])
    ]
    found += [f"{shorten(each)} is not there." for each in case.missing]
    wanted = situation.mission.policy.quality
    if case.score is not None and case.score < wanted:
        found.append(f"Its quality is {case.score:.4g}, below {wanted:.4g}.")
    return tuple(found)


def _unreviewed(case: Case) -> tuple[str, ...]:
    """Return which reviews are still to come."""
    checks = case.milestone.all_criteria
    found = [
        f"{each.id} is {each.state}: {each.detail}"
        for each in case.criteria
        if each.state not in _SETTLED and is_review(checks[each.id])
    ]
    if case.review is None or case.review.verdict is not Verdict.PASS:
        found.append("No review says PASS yet.")
    return tuple(found)


def _nothing_open_before(situation: Situation, index: int) -> bool:
    """Say whether all that a milestone without tasks passes on is finished, and approved."""
    network, closed = situation.network, situation.gates.closed
    passed = [network.node_of(index)]
    seen = set(passed)
    for node in passed:
        if node in closed or (node < network.size and situation.facts.is_open[node]):
            return False
        for each in network.predecessors[node] if node >= network.size else ():
            if each not in seen:
                seen.add(each)
                passed.append(each)
    return True


def _has_begun(situation: Situation, index: int) -> bool:
    facts = situation.facts
    return any(
        task in facts.in_hand or not facts.is_open[task] for task in situation.members[index]
    )
