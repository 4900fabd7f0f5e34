"""Who goes on from a milestone: the milestones that come next, and their agents."""

from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState

_OVER: Final = {TaskState.FINISHED, TaskState.CANCELLED}


def next_milestones(mission: Mission, milestone: MilestoneId) -> tuple[MilestoneId, ...]:
    """Return the milestones that wait for `milestone`, themselves or with a task, in mission order.

    Where none does, it is the one that the mission names next.
    """
    before: set[str] = {milestone, *mission.milestones[milestone].tasks}
    waiting = tuple(
        key
        for key, each in mission.milestones.items()
        if key != milestone and (milestone in each.after or _waits(mission, each.tasks, before))
    )
    return waiting or _named_next(mission, milestone)


def next_agents(
    mission: Mission, judgement: Judgement, milestone: MilestoneId
) -> tuple[AgentId, ...]:
    """Return to whom `milestone` is handed over, in mission order: as it says, else who goes on.

    Those are the agents of the next milestones, and of the tasks that wait for it, as far as they
    are still to be reached.
    """
    wanted = set(mission.milestones[milestone].handover.to)
    if not wanted:
        following = set(next_milestones(mission, milestone))
        wanted = {
            agent
            for each in judgement.milestones
            if each.id in following and each.status is not MilestoneStatus.COMPLETED
            for agent in each.agents
        }
        before: set[str] = {milestone, *mission.milestones[milestone].tasks}
        wanted |= {
            each.agent
            for each in judgement.tasks
            if each.agent is not None
            and each.id not in before
            and each.state not in _OVER
            and not before.isdisjoint(each.after)
        }
    return tuple(key for key in mission.agents if key in wanted)


def is_still_needed(mission: Mission, judgement: Judgement, milestone: MilestoneId) -> bool:
    """Say whether something that comes after `milestone` is still to be reached."""
    following = set(next_milestones(mission, milestone))
    return any(
        each.id in following and each.status is not MilestoneStatus.COMPLETED
        for each in judgement.milestones
    )


def _waits(mission: Mission, tasks: tuple[TaskId, ...], before: set[str]) -> bool:
    return any(
        not mission.tasks[key].cancelled and not before.isdisjoint(mission.tasks[key].after)
        for key in tasks
        if key in mission.tasks
    )


def _named_next(mission: Mission, milestone: MilestoneId) -> tuple[MilestoneId, ...]:
    keys = list(mission.milestones)
    at = keys.index(milestone) + 1
    return tuple(keys[at : at + 1])
