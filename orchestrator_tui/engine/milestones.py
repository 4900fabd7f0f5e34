"""What each milestone has reached, what it lacks, and when it will be there."""

from datetime import datetime

from orchestrator_tui.domain.ids import AgentId, BlockerId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import MilestoneStatus
from orchestrator_tui.engine.approvals import find_forgery, show_decision
from orchestrator_tui.engine.milestone_case import case_of
from orchestrator_tui.engine.milestone_status import find_status
from orchestrator_tui.engine.odds import chance_by
from orchestrator_tui.engine.progress import mean_progress
from orchestrator_tui.engine.reviewers import choose_reviewer
from orchestrator_tui.engine.risks import delay_percent, find_risks, rate_risk
from orchestrator_tui.engine.scheduling.ticks import NEVER, moment_if_ever
from orchestrator_tui.engine.situation import Situation


def judge_milestones(situation: Situation) -> tuple[MilestoneAssessment, ...]:
    """Return every milestone, in mission order."""
    blockers = _blockers(situation)
    return tuple(
        _judge(situation, index, milestone, blockers[index])
        for index, milestone in enumerate(situation.mission.milestones.values())
    )


def _judge(
    situation: Situation, index: int, milestone: Milestone, blockers: tuple[BlockerId, ...]
) -> MilestoneAssessment:
    key = situation.plan.stages[index].id
    case = case_of(situation, index, milestone)
    tasks = case.tasks
    status, held_by = find_status(situation, case)
    facts, policy = situation.known.facts, situation.mission.policy
    delay = delay_percent(situation, index, tasks)
    chance = chance_by(situation, key, milestone.due)
    start = min([situation.schedule.start[task] for task in tasks], default=NEVER)
    return MilestoneAssessment(
        id=key,
        title=milestone.title or key,
        type=milestone.type,
        status=status,
        progress_percent=_progress(situation, tasks, status),
        tasks=milestone.tasks,
        agents=_agents(situation, tasks),
        after=milestone.after,
        is_gate=milestone.gate,
        start=moment_if_ever(start),
        eta=_moment(situation.ends[index]),
        baseline_finish=_moment(situation.baseline.ends[index]),
        due=milestone.due,
        delay_percent=delay,
        probability_on_time=chance,
        quality_score=case.score,
        reviewer=choose_reviewer(situation, milestone, tasks),
        blockers=blockers,
        risk=rate_risk(situation, index, blockers, delay=delay, chance=chance),
        risks=find_risks(situation, index, tasks, blockers=blockers, delay=delay, chance=chance),
        missing_deliverables=case.missing,
        criteria=case.criteria,
        approval=show_decision(case.decision, policy, has_changed=case.has_changed),
        forged=find_forgery(milestone, facts.approvals.get(key), situation.now),
        rework_count=facts.rework.get(key, 0),
        evidence_digest=case.digest,
        held_by=held_by,
    )


def _progress(situation: Situation, tasks: list[int], status: MilestoneStatus) -> float:
    """Return the mean progress; without tasks, none or all, as the status has it."""
    progress = mean_progress(situation, tasks)
    if progress is None:
        return 0.0 if status is MilestoneStatus.PENDING else 100.0
    return progress


def _moment(end: int) -> datetime | None:
    """Return when a milestone ends; None where nothing has to, or nothing can."""
    return None if end < 0 else moment_if_ever(end)


def _blockers(situation: Situation) -> list[tuple[BlockerId, ...]]:
    """Return by milestone the open blockers on it or on its tasks."""
    index = situation.network.milestone_index
    milestone_of = {
        task: number for number, stage in enumerate(situation.plan.stages) for task in stage.tasks
    }
    found: list[list[BlockerId]] = [[] for _ in situation.plan.stages]
    for key, each in situation.open_blockers.items():
        places = {
            None if each.milestone is None else index.get(each.milestone),
            None if each.task is None else milestone_of.get(each.task),
        }
        for place in places:
            if place is not None:
                found[place].append(key)
    return [tuple(each) for each in found]


def _agents(situation: Situation, tasks: list[int]) -> tuple[AgentId, ...]:
    agent = situation.schedule.agent
    return tuple(
        situation.agent_ids[each] for each in sorted({agent[t] for t in tasks if agent[t] >= 0})
    )
