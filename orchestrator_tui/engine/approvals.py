"""What persons decided of milestones: what counts, what is forged, and who may decide."""

from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.history import ApprovalGiven, HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone import Approval, Milestone
from orchestrator_tui.domain.milestone_assessment import ApprovalAssessment
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.policy import Policy
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.domain.text import plain_text, shorten

LONGEST_NAME: Final = 80
"""Characters of a person's name that are shown."""
WRITTEN_APART: Final = timedelta(seconds=1)
"""A decision's time in the file may lack the fraction of a second."""


def decision_on(facts: HistoryFacts, milestone: MilestoneId, now: datetime) -> ApprovalGiven | None:
    """Return the newest decision on a milestone that the history holds and that was made by now."""
    given = facts.approvals.get(milestone)
    return None if given is None or given.at > now else given


def is_approved(facts: HistoryFacts, milestone: MilestoneId, now: datetime) -> bool:
    """Say whether a milestone was approved, whatever was found of it since."""
    given = decision_on(facts, milestone, now)
    return given is not None and given.decision is ApprovalDecision.APPROVED


def may_approve(mission: Mission, milestone: MilestoneId, actor: str) -> bool:
    """Say whether `actor` may decide on a milestone.

    That is any one of its approvers, by id or by name; where it names none, anybody at the
    keyboard.
    """
    approvers = mission.milestones[milestone].approvers
    stakeholders = mission.stakeholders
    names = {name for key in approvers if key in stakeholders if (name := stakeholders[key].name)}
    return not approvers or actor in approvers or plain_text(actor) in names


def show_decision(
    given: ApprovalGiven | None, policy: Policy, *, has_changed: bool
) -> ApprovalAssessment | None:
    """Return a decision as it is shown; `has_changed` says that the evidence did since."""
    if given is None:
        return None
    is_quick = (
        given.looked_seconds is not None
        and timedelta(seconds=given.looked_seconds) < policy.suspicious_approval
    )
    return ApprovalAssessment(
        by=plain_text(given.by, limit=LONGEST_NAME),
        at=given.at,
        decision=given.decision,
        comment=shorten(plain_text(given.comment)),
        has_changed_since=has_changed,
        is_suspicious=is_quick and given.decision is ApprovalDecision.APPROVED,
    )


def find_forgery(milestone: Milestone, given: ApprovalGiven | None, now: datetime) -> str:
    """Return who claims in the file to have decided, where the history holds no such decision.

    `given` is what the history holds. Empty where nobody does.
    """
    claim = milestone.approval
    if claim is None or claim.at > now or (given is not None and _is_copy(claim, given)):
        return ""
    by = shorten(claim.by, LONGEST_NAME)
    at = f"{claim.at:%Y-%m-%d %H:%M}Z"
    return f"The file says {claim.decision} by {by} at {at}, but nobody decided that in the app."


def _is_copy(claim: Approval, given: ApprovalGiven) -> bool:
    """Say whether the file shows what was decided: by whom, when, what, and on which evidence."""
    return (
        claim.by == plain_text(given.by)
        and abs(claim.at - given.at) < WRITTEN_APART
        and claim.decision is given.decision
        and (claim.evidence or "") == given.evidence
    )
