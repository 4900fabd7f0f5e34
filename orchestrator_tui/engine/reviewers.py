"""Who reviews a milestone."""

from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.engine.situation import Situation


def choose_reviewer(
    situation: Situation, milestone: Milestone, tasks: list[int]
) -> AgentId | None:
    """Return the reviewer a milestone names, else the one that knows its subject best.

    That is the agent with the greatest sum of levels in the skills its tasks ask for, among those
    that do none of them and are not away; the least loaded of equals, then by mission order.
    """
    if milestone.reviewer is not None:
        return milestone.reviewer
    agent = situation.schedule.agent
    workers = {agent[task] for task in tasks}
    skills = {skill for task in tasks for skill, _ in situation.plan.skills[task]}
    candidates = situation.planned.crew.by_expertise(tuple(sorted(skills)))
    best: tuple[int, int, int] | None = None
    for level, index in candidates:
        if best is not None and -level > best[0]:
            break
        each = situation.mission.agents[situation.agent_ids[index]]
        if index not in workers and not each.is_away(situation.now):
            found = (-level, situation.loads[index], index)
            best = found if best is None else min(best, found)
    return None if best is None else situation.agent_ids[best[2]]
