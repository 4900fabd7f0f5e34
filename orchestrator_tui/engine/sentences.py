"""Events as sentences; what a stamp tells and what was seen to change read the same."""

import re
from collections.abc import Sequence
from typing import Final

from orchestrator_tui.domain.accepted_plan import PlanOutcome
from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.external import Change, ChangeDecision, External, ExternalStatus
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.knowledge import Decision
from orchestrator_tui.domain.milestone import Approval, Review
from orchestrator_tui.domain.standing import EscalationLevel, MilestoneStatus, Verdict
from orchestrator_tui.domain.text import quoted, shorten

_RESPONSES: Final = {
    EscalationLevel.MODERATE: "Peer consultation requested",
    EscalationLevel.CRITICAL: "Tech lead intervention required",
    EscalationLevel.MISSION_CRITICAL: "Stakeholder notification required",
}
"""What the response protocol asks for; at the first level those who work on it help themselves."""
_STANDS: Final = {
    ExternalStatus.OK: "is well again",
    ExternalStatus.DEGRADED: "is degraded",
    ExternalStatus.FAILED: "has failed",
    ExternalStatus.CHANGED: "has changed",
}
_REACHED: Final = {
    MilestoneStatus.PENDING: "is pending",
    MilestoneStatus.IN_PROGRESS: "is in progress",
    MilestoneStatus.VERIFYING: "is being verified",
    MilestoneStatus.IN_REVIEW: "is in review",
    MilestoneStatus.AWAITING_APPROVAL: "is awaiting approval",
    MilestoneStatus.REWORK: "needs rework",
    MilestoneStatus.COMPLETED: "is completed",
}
_FOUND: Final = {Verdict.PASS: "passed", Verdict.REWORK: "needs rework"}
_SENT_BACK: Final = re.compile(rf": {_FOUND[Verdict.REWORK]}( \(\d+/100\))?\Z")


def started(title: str, agent: AgentId | None) -> str:
    """Say that a task was started."""
    return f"{agent} started {shorten(title)}" if agent else f"{shorten(title)} was started"


def completed(title: str, agent: AgentId | None) -> str:
    """Say that a task was finished."""
    return f"{agent} completed {shorten(title)}" if agent else f"{shorten(title)} was completed"


def opened(blocker: Blocker) -> str:
    """Say that a blocker was opened."""
    return f"BLOCKER: {shorten(blocker.title)}"


def resolved(blocker: Blocker) -> str:
    """Say that a blocker was resolved, and how."""
    how = f": {shorten(blocker.resolution)}" if blocker.resolution else ""
    return f"Resolved: {shorten(blocker.title)}{how}"


def stands(external: External) -> str:
    """Say how something outside the team stands."""
    return f"{shorten(external.title)} {_STANDS[external.status]}"


def reached(title: str, status: MilestoneStatus) -> str:
    """Say that a milestone came to a status."""
    return f"{shorten(title)} {_REACHED[status]}"


def ended(title: str) -> str:
    """Say that the last task of a milestone, or of a mission, has ended."""
    return f"All work of {shorten(title)} has ended"


def reviewed(title: str, review: Review) -> str:
    """Say what a reviewer found."""
    score = "" if review.score is None else f" ({review.score:.0f}/100)"
    return f"{review.by} reviewed {shorten(title)}: {_FOUND[review.verdict]}{score}"


def tells_of_rework(sentence: str) -> bool:
    """Say whether a sentence that `reviewed` made tells of a milestone that was sent back."""
    return _SENT_BACK.search(sentence) is not None


def claimed(title: str, approval: Approval | None) -> str:
    """Say what a mission's file claims that was decided on a milestone: a claim, and no more."""
    if approval is None:
        return f"{shorten(title)}: the file no longer says what was decided"
    return f"{shorten(title)}: the file says {approval.decision} by {shorten(approval.by)}"


def forged(title: str) -> str:
    """Say that the decision which the file claims was never taken."""
    return f"FORGED APPROVAL of {shorten(title)}: it counts for nothing"


def evidence_changed(title: str) -> str:
    """Say that an approver was shown something else than what there is now."""
    return f"The evidence of {shorten(title)} has changed since it was approved"


def requested(change: Change) -> str:
    """Say that a change was asked for."""
    return f"{change.by or 'Somebody'} asked for a change: {shorten(change.title)}"


def answered(change: Change, decision: ChangeDecision) -> str:
    """Say what was decided on a change that was asked for."""
    return f"Change request {decision.decision.lower()}: {shorten(change.title)}"


def decided(decision: Decision) -> str:
    """Say what was decided."""
    who = f"{shorten(decision.by)} decided" if decision.by else "Decided"
    return f"{who}: {shorten(decision.title)}"


def escalated(level: EscalationLevel, title: str) -> str:
    """Say that something came to a level, and what that asks for."""
    response = _RESPONSES.get(level)
    if response is None:
        return f"Escalation began: {shorten(title)}"
    return f"Escalation triggered: {response} ({shorten(title)})"


def advised(agent: str, texts: Sequence[str], title: str) -> str:
    """Say what an agent is asked, or sent, about something that is escalated."""
    more = f", and {len(texts) - 1} more" if len(texts) > 1 else ""
    about = "" if shorten(title) in texts[0] else f" ({shorten(title)})"
    return f"Sent to {agent}: {texts[0]}{more}{about}"


def graded(outcome: PlanOutcome) -> str:
    """Say whether a plan that was accepted helped, now that all work has ended."""
    title = "" if outcome.decided.plan is None else f" {quoted(outcome.decided.plan.title)}"
    plan = f"The plan{title} {'helped' if outcome.helped else 'did not help'}"
    gained = outcome.gained_hours
    if gained is None:
        return f"{plan}: without it the work was never to end"
    if not gained:
        return f"{plan}: all work ended just when it was to end without it"
    when = "before" if gained > 0 else "after"
    return f"{plan}: all work ended {hours_words(abs(gained))} {when} it was to end without it"


def recovered(title: str) -> str:
    """Say that something needs no attention any more."""
    return f"Escalation over: {shorten(title)}"
