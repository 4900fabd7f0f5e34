"""Where each thing that waits for a person is dealt with."""

from collections.abc import Callable
from typing import Final

from textual.message import Message

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.domain.standing import AttentionKind, CriterionState
from orchestrator_tui.ui.messages import (
    AgentWanted,
    ApprovalWanted,
    EscalationsWanted,
    MilestonesWanted,
    Refused,
    ReplanWanted,
    TrustWanted,
)

MENDED_IN_THE_FILE: Final = "This is mended in the file itself"
_STATES: Final = {
    AttentionKind.TRUST: CriterionState.UNTRUSTED,
    AttentionKind.MANUAL_CHECK: CriterionState.MANUAL,
}
_WAYS: Final[dict[AttentionKind, Callable[[MissionId, str], Message]]] = {
    AttentionKind.APPROVAL: lambda mission, one: ApprovalWanted(mission, MilestoneId(one)),
    AttentionKind.FORGED_APPROVAL: lambda mission, one: MilestonesWanted(mission, MilestoneId(one)),
    AttentionKind.CONTRADICTION: lambda mission, one: AgentWanted(mission, AgentId(one)),
    AttentionKind.REPLAN: lambda mission, _: ReplanWanted(mission),
    AttentionKind.BROKEN_FILE: lambda _, __: Refused(MENDED_IN_THE_FILE),
}
_ACTIONS: Final = {
    AttentionKind.APPROVAL: "approve",
    AttentionKind.ESCALATION: "escalations",
    AttentionKind.REPLAN: "replan",
    AttentionKind.TRUST: "milestones",
    AttentionKind.FORGED_APPROVAL: "milestones",
    AttentionKind.CONTRADICTION: "agent",
    AttentionKind.BROKEN_FILE: "open",
    AttentionKind.MANUAL_CHECK: "milestones",
}
"""What the key does that stands before each kind."""
_OF_MILESTONES: Final = {AttentionKind.APPROVAL, AttentionKind.FORGED_APPROVAL, *_STATES}


def milestone_of(key: str) -> MilestoneId | None:
    """Return the milestone because of which something waits; `key` is that of its paragraph."""
    kind, _, subject = key.partition(":")
    return MilestoneId(subject) if kind in _OF_MILESTONES else None


def escalation_of(key: str, judgement: Judgement) -> EscalationAssessment | None:
    """Return what is escalated, because of which something waits; `key` is as for `way_to`."""
    kind, _, subject = key.partition(":")
    if kind != AttentionKind.ESCALATION:
        return None
    found = (each for each in judgement.escalations if subject in {each.id, each.subject})
    return next(found, None)


def way_to(key: str, mission: MissionId, judgement: Judgement) -> Message:
    """Return the message that leads to where it is dealt with; `key` is that of its paragraph."""
    name, _, subject = key.partition(":")
    kind = AttentionKind(name)
    if kind is AttentionKind.ESCALATION:
        one = escalation_of(key, judgement)
        return EscalationsWanted(mission, None if one is None else one.id)
    if kind in _STATES:
        return _criteria(judgement, mission, MilestoneId(subject), _STATES[kind])
    return _WAYS[kind](mission, subject)


def answer_to(action: str, key: str, mission: MissionId, judgement: Judgement) -> Message | None:
    """Return how `action` deals with what waits; None where that is dealt with otherwise."""
    if not key or _ACTIONS[AttentionKind(key.partition(":")[0])] != action:
        return None
    wanted = way_to(key, mission, judgement)
    if isinstance(wanted, TrustWanted):
        return MilestonesWanted(mission, wanted.milestone, wanted.criterion)
    return wanted


def action_of(wanted: Message) -> str:
    """Return the action that leads there, where it may be refused; else nothing."""
    match wanted:
        case ApprovalWanted():
            return "approve"
        case ReplanWanted():
            return "replan"
        case _:
            return ""


def _criteria(
    judgement: Judgement, mission: MissionId, milestone: MilestoneId, state: CriterionState
) -> Message:
    """Return the way to the criteria in a state; one command alone is shown at once."""
    found = [
        each
        for one in judgement.milestones
        if one.id == milestone
        for each in one.criteria
        if each.state is state
    ]
    if len(found) == 1 and found[0].command is not None:
        return TrustWanted(mission, milestone, found[0].id)
    return MilestonesWanted(mission, milestone, found[0].id if found else None)
