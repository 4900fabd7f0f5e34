"""Where each thing that waits for a person is dealt with."""

from collections.abc import Callable
from typing import Final

from textual.message import Message

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.domain.standing import AttentionKind, CriterionState
from orchestrator_tui.ui.messages import (
    AgentWanted,
    ApprovalWanted,
    Asked,
    MilestonesWanted,
    Refused,
    TimelineWanted,
    TrustWanted,
)
from orchestrator_tui.ui.questions import WhatToAcknowledge

MENDED_IN_THE_FILE: Final = "This is mended in the file itself"
_STATES: Final = {
    AttentionKind.TRUST: CriterionState.UNTRUSTED,
    AttentionKind.MANUAL_CHECK: CriterionState.MANUAL,
}
_WAYS: Final[dict[AttentionKind, Callable[[MissionId, str], Message]]] = {
    AttentionKind.APPROVAL: lambda mission, one: ApprovalWanted(mission, MilestoneId(one)),
    AttentionKind.FORGED_APPROVAL: lambda mission, one: MilestonesWanted(mission, MilestoneId(one)),
    AttentionKind.CONTRADICTION: lambda mission, one: AgentWanted(mission, AgentId(one)),
    AttentionKind.ESCALATION: lambda mission, _: Asked(mission, WhatToAcknowledge()),
    AttentionKind.REPLAN: lambda mission, _: TimelineWanted(mission),
    AttentionKind.BROKEN_FILE: lambda _, __: Refused(MENDED_IN_THE_FILE),
}
_OF_MILESTONES: Final = {AttentionKind.APPROVAL, AttentionKind.FORGED_APPROVAL, *_STATES}


def milestone_of(key: str) -> MilestoneId | None:
    """Return the milestone because of which something waits; `key` is that of its paragraph."""
    kind, _, subject = key.partition(":")
    return MilestoneId(subject) if kind in _OF_MILESTONES else None


def way_to(key: str, mission: MissionId, judgement: Judgement) -> Message:
    """Return the message that leads to where it is dealt with; `key` is that of its paragraph."""
    name, _, subject = key.partition(":")
    kind = AttentionKind(name)
    if kind in _STATES:
        return _criteria(judgement, mission, MilestoneId(subject), _STATES[kind])
    return _WAYS[kind](mission, subject)


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
