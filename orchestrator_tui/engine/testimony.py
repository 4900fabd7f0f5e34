"""What is known of each agent's work, by source: reported, observed, verified."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.agent_assessment import Observed, Reported, Verified
from orchestrator_tui.domain.evidence import Measured
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import MilestoneStatus
from orchestrator_tui.engine.facts import WHOLE
from orchestrator_tui.engine.situation import Situation

GIT: Final = "git"

_BORNE_OUT = {
    MilestoneStatus.IN_REVIEW,
    MilestoneStatus.AWAITING_APPROVAL,
    MilestoneStatus.COMPLETED,
}
"""Where a milestone is only once its criteria are met and its deliverables are there."""


def reported_by(situation: Situation, agent: int) -> Reported:
    """Return what an agent says of itself and of its current task."""
    each = situation.mission.agents[situation.agent_ids[agent]]
    task = situation.current_task(agent)
    progress = None if task is None else situation.tasks.progress[task]
    return Reported(each.state, progress, situation.last_report(each))


def observed_of(situation: Situation, agent: int) -> Observed | None:
    """Return what git has of an agent; None where it is not asked, or not there."""
    evidence = situation.known.evidence
    commits = evidence.commits.get(situation.agent_ids[agent])
    if commits is None:
        return None
    return Observed(
        commits_last_hour=commits.last_hour,
        commits_last_day=commits.last_day,
        newest_commit=commits.newest,
        source=GIT,
        at=evidence.observed,
    )


def verified_by_agent(
    situation: Situation, milestones: Iterable[MilestoneAssessment]
) -> list[Verified | None]:
    """Return by agent what the evidence bears out."""
    found = _verified_tasks(situation, milestones)
    return [_verified(situation, agent, found[agent]) for agent in range(len(situation.agent_ids))]


def _verified_tasks(
    situation: Situation, milestones: Iterable[MilestoneAssessment]
) -> list[dict[TaskId, tuple[str, datetime | None]]]:
    """Return by agent its finished tasks with the source that speaks for each, and its age."""
    facts, plan = situation.facts, situation.plan
    sources: dict[TaskId, tuple[str, datetime | None]] = {
        plan.ids[task]: (each.source, each.observed)
        for task, each in facts.measured.items()
        if each.percent >= WHOLE
    }
    for milestone in milestones:
        if milestone.status in _BORNE_OUT and milestone.criteria:
            made = [each.observed for each in milestone.criteria if each.observed is not None]
            sources |= dict.fromkeys(milestone.tasks, (milestone.id, max(made, default=None)))
    found: list[dict[TaskId, tuple[str, datetime | None]]] = [{} for _ in situation.agent_ids]
    for task, key in enumerate(plan.ids if sources else ()):
        is_finished = not facts.is_open[task] and not plan.cancelled[task]
        if is_finished and facts.owner[task] >= 0 and key in sources:
            found[facts.owner[task]][key] = sources[key]
    return found


def _verified(
    situation: Situation, agent: int, tasks: dict[TaskId, tuple[str, datetime | None]]
) -> Verified | None:
    measured = _measured(situation, agent)
    if measured is None and not tasks:
        return None
    ids = tuple(tasks)
    if measured is not None:
        return Verified(ids, measured.percent, measured.detail, measured.source, measured.observed)
    sources = ", ".join(dict.fromkeys(source for source, _ in tasks.values()))
    newest = max((at for _, at in tasks.values() if at is not None), default=None)
    count = f"{len(ids)} finished task{'' if len(ids) == 1 else 's'} verified"
    return Verified(ids, None, count, sources, newest)


def _measured(situation: Situation, agent: int) -> Measured | None:
    task = situation.current_task(agent)
    return None if task is None else situation.facts.measured.get(task)
