"""Which milestones' work is done."""

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState

_SETTLED = {TaskState.FINISHED, TaskState.CANCELLED}
_NOT_BEGUN = {MilestoneStatus.PENDING, MilestoneStatus.IN_PROGRESS}


def milestones_done(judgement: Judgement) -> frozenset[MilestoneId]:
    """Return the milestones of which every task is finished or cancelled.

    One without tasks is done where the work before it is.
    """
    settled = {each.id for each in judgement.tasks if each.state in _SETTLED}
    return frozenset(
        each.id
        for each in judgement.milestones
        if (settled.issuperset(each.tasks) if each.tasks else each.status not in _NOT_BEGUN)
    )
