"""What each milestone has reached, what it lacks, and when it will be there."""

from datetime import datetime

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import Acknowledgement
from orchestrator_tui.domain.ids import AgentId, BlockerId, CriterionId, MilestoneId
from orchestrator_tui.domain.milestone import Milestone, Review, Verdict
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import CriterionState, MilestoneStatus
from orchestrator_tui.engine.comparing.work import tells_only_quality
from orchestrator_tui.engine.criteria import is_review, judge_criteria
from orchestrator_tui.engine.progress import mean_progress, valid_review
from orchestrator_tui.engine.reviewers import choose_reviewer
from orchestrator_tui.engine.risks import delay_percent, find_risks, rate_risk
from orchestrator_tui.engine.scheduling.ticks import NEVER, moment_if_ever, ticks_at
from orchestrator_tui.engine.situation import Situation

_WORK = {
    EventKind.TASK_ADDED, EventKind.TASK_CHANGED, EventKind.TASK_STARTED,
    EventKind.TASK_PROGRESSED, EventKind.TASK_REGRESSED, EventKind.TASK_FINISHED,
    EventKind.TASK_REESTIMATED,
}  # fmt: skip
_SETTLED = {CriterionState.PASSED, CriterionState.WAIVED}


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
    stage = situation.plan.stages[index]
    tasks = situation.members[index]
    review = valid_review(situation, milestone)
    is_outdated = review is not None and _went_on_after(situation, tasks, review)
    criteria = judge_criteria(
        milestone, review, is_outdated=is_outdated, ticked=_ticked(situation, stage.id)
    )
    score = _quality(situation, tasks, criteria, review)
    status = _status(
        situation, index, review=review, criteria=criteria, score=score, is_outdated=is_outdated
    )
    delay = delay_percent(situation, index, tasks)
    start = min([situation.schedule.start[task] for task in tasks], default=NEVER)
    return MilestoneAssessment(
        id=stage.id,
        title=milestone.title or stage.id,
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
        probability_on_time=None,
        quality_score=score,
        reviewer=choose_reviewer(situation, milestone, tasks),
        blockers=blockers,
        risk=rate_risk(situation, index, blockers, delay),
        risks=find_risks(situation, index, tasks, blockers=blockers, delay=delay),
        missing_deliverables=(),
        criteria=criteria,
    )


def _ticked(situation: Situation, milestone: MilestoneId) -> dict[CriterionId, Acknowledgement]:
    """Return the criteria of a milestone that somebody had made sure of by now."""
    return {
        criterion: each
        for (key, criterion), each in situation.known.facts.ticked.items()
        if key == milestone and each.at <= situation.now
    }


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


def _went_on_after(situation: Situation, tasks: list[int], review: Review) -> bool:
    """Say whether something of the milestone's work changed after its review."""
    at = ticks_at(review.at)
    facts = situation.facts
    if any(at < facts.started[t] < NEVER or at < facts.finished[t] < NEVER for t in tasks):
        return True
    ids = {situation.plan.ids[task] for task in tasks}
    return any(
        review.at < each.at <= situation.now
        and each.kind in _WORK
        and each.subject in ids
        and not tells_only_quality(each)
        for each in situation.known.activity
    )


def _quality(
    situation: Situation,
    tasks: list[int],
    criteria: tuple[CriterionAssessment, ...],
    review: Review | None,
) -> float | None:
    """Return the plain mean of what was judged: criteria, tasks and the review."""
    quality = situation.tasks.quality
    scores = [100.0 for each in criteria if each.state is CriterionState.PASSED]
    scores += [0.0 for each in criteria if each.state is CriterionState.FAILED]
    scores += [score for task in tasks if (score := quality[task]) is not None]
    if review is not None and review.score is not None:
        scores.append(review.score)
    return sum(scores) / len(scores) if scores else None


def _status(
    situation: Situation,
    index: int,
    *,
    review: Review | None,
    criteria: tuple[CriterionAssessment, ...],
    score: float | None,
    is_outdated: bool,
) -> MilestoneStatus:
    if review is not None and review.verdict is Verdict.REWORK and not is_outdated:
        return MilestoneStatus.REWORK
    if not _is_work_done(situation, index):
        return (
            MilestoneStatus.IN_PROGRESS if _has_begun(situation, index) else MilestoneStatus.PENDING
        )
    checks = situation.mission.milestones[situation.plan.stages[index].id].all_criteria
    is_verified = all(each.state in _SETTLED for each in criteria if not is_review(checks[each.id]))
    if not is_verified or (score is not None and score < situation.mission.policy.quality):
        return MilestoneStatus.VERIFYING
    if review is None or review.verdict is not Verdict.PASS:
        return MilestoneStatus.IN_REVIEW
    return MilestoneStatus.AWAITING_APPROVAL


def _is_work_done(situation: Situation, index: int) -> bool:
    tasks = situation.members[index]
    if tasks:
        return not any(situation.facts.is_open[task] for task in tasks)
    return situation.ends[index] <= situation.at and _nothing_open_before(situation, index)


def _nothing_open_before(situation: Situation, index: int) -> bool:
    """Say whether all that a milestone without tasks passes on is finished."""
    network = situation.network
    passed = [network.node_of(index)]
    seen = set(passed)
    for node in passed:
        if node < network.size and situation.facts.is_open[node]:
            return False
        for each in network.predecessors[node] if node >= network.size else ():
            if each not in seen:
                seen.add(each)
                passed.append(each)
    return True


def _has_begun(situation: Situation, index: int) -> bool:
    facts = situation.facts
    return any(
        task in facts.in_hand or not facts.is_open[task] for task in situation.members[index]
    )
