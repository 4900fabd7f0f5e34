"""What a person's decision on a milestone needs, and what it says in the mission's file."""

from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.deeds import Decide
from orchestrator_tui.domain.edits import Edit, Put, Value
from orchestrator_tui.domain.errors import UsageError, WriteRefused
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import ApprovalDecision, CriterionState, MilestoneStatus
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.engine.approvals import may_approve
from orchestrator_tui.engine.facts import WHOLE
from orchestrator_tui.engine.naming import listing, not_found
from orchestrator_tui.engine.saying import one_line, whole_second

LONGEST_COMMENT: Final = 2_000
"""Characters that a person may say to a decision."""
_LONGEST_LACK: Final = 400
"""Characters of what a milestone lacked that are kept with its approval."""
_LONGEST_NAME: Final = 80

_SETTLED: Final = {CriterionState.PASSED, CriterionState.WAIVED}
_DECIDABLE: Final = {
    MilestoneStatus.VERIFYING, MilestoneStatus.IN_REVIEW, MilestoneStatus.AWAITING_APPROVAL,
    MilestoneStatus.COMPLETED,
}  # fmt: skip
"""What a milestone whose work is done can be in."""


class DecisionKept(NamedTuple):
    """What is kept of a decision."""

    comment: str
    """What the person said; of an approval against the evidence also what was lacking."""
    edits: tuple[Edit, ...]
    """What the mission's file shows of it."""


def milestone_of(mission: Mission, key: MilestoneId) -> Milestone:
    """Return the milestone of that id; raises MissionNotFound with the nearest."""
    milestone = mission.milestones.get(key)
    if milestone is None:
        raise not_found("milestone", key, mission.milestones)
    return milestone


def keep_decision(
    mission: Mission, judged: MilestoneAssessment, deed: Decide, *, actor: str, now: datetime
) -> DecisionKept:
    """Return what is kept of `deed`, which `actor` does now to a milestone as it is judged now.

    Raises UsageError where it cannot be, and WriteRefused where what speaks for the milestone is
    no longer what was shown.
    """
    _refuse_strangers(mission, deed.milestone, actor)
    if not deed.evidence or deed.evidence != judged.evidence_digest:
        raise WriteRefused(
            f"the evidence of {deed.milestone} has changed since you opened it: look again"
        )
    said = one_line(deed.comment)
    if len(said) > LONGEST_COMMENT:
        raise UsageError(
            f"a comment has at most {LONGEST_COMMENT:,} characters: this has {len(said):,}"
        )
    if deed.decision is ApprovalDecision.APPROVED:
        comment = _approving(judged, said)
    else:
        comment = _rejecting(judged, said)
    return DecisionKept(comment, (_shown_in_the_file(deed, actor, comment, now),))


def lacks_of(judged: MilestoneAssessment) -> tuple[str, ...]:
    """Return what a milestone lacks to be approved without a word, as sentences."""
    if judged.held_by:
        return judged.held_by
    criteria = (
        f"{each.id} is {each.state}: {each.detail}"
        for each in judged.criteria
        if each.state not in _SETTLED
    )
    missing = (f"{shorten(each)} is not there." for each in judged.missing_deliverables)
    return (*criteria, *missing)


def _refuse_strangers(mission: Mission, key: MilestoneId, actor: str) -> None:
    approvers = milestone_of(mission, key).approvers
    if not may_approve(mission, key, actor):
        raise UsageError(
            f"{plain_text(actor, limit=_LONGEST_NAME) or 'somebody without a name'} may not decide"
            f" on {key}: that is for {listing(approvers)}"
        )


def _approving(judged: MilestoneAssessment, said: str) -> str:
    """Return the comment of an approval; one against the evidence says what was lacking."""
    approval = judged.approval
    if judged.status is MilestoneStatus.COMPLETED and not (approval and approval.has_changed_since):
        raise UsageError(f"{judged.id} is approved already")
    _refuse_work_to_come(judged)
    lacks = lacks_of(judged)
    if not lacks:
        return said
    if not said:
        raise UsageError(
            f"{judged.id} lacks something ({shorten(lacks[0])}):"
            " say in a comment why it is approved all the same"
        )
    return f"{said} (approved although: {shorten(' '.join(lacks), _LONGEST_LACK)})"


def _rejecting(judged: MilestoneAssessment, said: str) -> str:
    if judged.status is MilestoneStatus.REWORK:
        raise UsageError(f"{judged.id} was sent back already: nothing has come of that yet")
    _refuse_work_to_come(judged)
    if not said:
        raise UsageError(f"say in a comment what {judged.id} needs, so that it can be mended")
    return said


def _refuse_work_to_come(judged: MilestoneAssessment) -> None:
    is_done = judged.status in _DECIDABLE or (
        judged.status is MilestoneStatus.REWORK and judged.progress_percent >= WHOLE
    )
    if not is_done:
        raise UsageError(
            f"{judged.id} is {judged.status.replace('_', ' ')}: its tasks are not finished,"
            " and there is nothing to decide on yet"
        )


def _shown_in_the_file(deed: Decide, actor: str, comment: str, now: datetime) -> Edit:
    said: dict[str, Value] = {"by": actor, "at": whole_second(now), "decision": deed.decision.value}
    if comment:
        said["comment"] = comment
    return Put(("milestones", deed.milestone, "approval"), {**said, "evidence": deed.evidence})
