"""Who reviews a milestone."""

from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.engine.situation import Situation


def choose_reviewer(situation: Situation, milestone: Milestone, tasks: list[int]) -> AgentId | None:
    """Return the reviewer a milestone names, else the one that knows its subject best.

    That is the agent with the greatest sum of levels in the skills its tasks ask for, among those
    that do none of them and are not away; the least loaded of equals, then by mission order.
    """
    if milestone.reviewer is not None:
        return milestone.reviewer
    agent = situation.schedule.agent
    workers = {agent[task] for task in tasks}
    skills = {skill for task in tasks for skill, _ in situation.plan.skills[task]}
    for _, equals in situation.planned.crew.experts(tuple(sorted(skills))):
        free = [each for each in equals if each not in workers and each not in situation.away]
        if free:
            return situation.agent_ids[min(free, key=situation.loads.__getitem__)]
    return None
