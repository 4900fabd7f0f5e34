"""How far the mission is, how it stands against its baseline, and how good the work is."""

from collections.abc import Iterable
from typing import Final

from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.milestone import Milestone, Review
from orchestrator_tui.domain.milestone_assessment import NextMilestone
from orchestrator_tui.domain.outlook import CriticalPath, EarnedValue, Timeline
from orchestrator_tui.domain.standing import Standing
from orchestrator_tui.engine.odds import LIKELY, chance_by
from orchestrator_tui.engine.scheduling.ticks import (
    NEVER,
    TICKS_PER_HOUR,
    hours_in,
    moment_at,
    moment_if_ever,
    ticks_at,
    ticks_in,
)
from orchestrator_tui.engine.situation import Situation

AHEAD_FROM_PERCENT: Final = 1.0
MARGIN_SHARE: Final = 0.05
"""How far past the baseline a mission without a deadline may go, as a share of its length."""
DELAYED_SHARE: Final = 0.2
"""How far past its limit a mission is delayed, as a share of the baseline's length."""


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Return the mean of (weight, value) pairs; the plain mean where all weights are zero."""
    known = list(pairs)
    if not known:
        return None
    weight = sum([each for each, _ in known])
    if weight <= 0:
        return sum(value for _, value in known) / len(known)
    return sum([each * value for each, value in known]) / weight


def mean_progress(situation: Situation, tasks: Iterable[int]) -> float | None:
    """Return the progress of `tasks`, weighted by their likely estimates; None without any."""
    likely, progress = situation.plan.likely, situation.facts.progress
    return weighted_mean([(likely[each], progress[each]) for each in tasks])


def mission_progress(situation: Situation) -> float:
    """Return the progress of the whole mission."""
    columns = zip(
        situation.plan.likely, situation.facts.progress, situation.plan.cancelled, strict=True
    )
    return weighted_mean([(work, done) for work, done, gone in columns if not gone]) or 0.0


def judge_timeline(situation: Situation) -> Timeline:
    """Return how the mission as a whole stands against its baseline."""
    forecast, baseline = situation.end, situation.baseline.end
    deadline = situation.mission.deadline
    variance = _variance(situation, forecast, baseline)
    status = _standing(situation, forecast, baseline)
    if status is Standing.ON_TRACK and variance is not None and variance >= AHEAD_FROM_PERCENT:
        status = Standing.AHEAD
    return Timeline(
        status=status,
        variance_percent=variance,
        baseline_finish=None if baseline is None else moment_at(baseline),
        forecast_finish=None if forecast is None else moment_if_ever(forecast),
        deadline=deadline,
        probability_on_time=chance_by(situation, WHOLE, deadline),
        replanned=situation.known.facts.replanned,
    )


def judge_critical_path(situation: Situation) -> CriticalPath:
    """Return the chain of work that decides when the mission ends, and how it stands."""
    status = _standing(situation, situation.end, situation.baseline.end)
    if status is Standing.ON_TRACK and _is_endangered(situation):
        status = Standing.AT_RISK
    chain = situation.schedule.criticality.chain
    return CriticalPath(
        status=status,
        tasks=tuple(situation.plan.ids[each] for each in chain),
        length_hours=hours_in(sum(remaining_of(situation, each) for each in chain)),
    )


def remaining_of(situation: Situation, task: int) -> int:
    """Return the ticks of work left in the hands that the forecast gives `task` to."""
    load = situation.schedule.load
    by_agent = load.work_by.get(task)
    if by_agent is None:
        return load.work[task]
    return by_agent.get(situation.schedule.agent[task], load.work[task])


def find_next_milestone(situation: Situation) -> NextMilestone | None:
    """Return the milestone with unfinished tasks that is forecast to be finished first."""
    is_open = situation.facts.is_open
    ahead = [
        (end, index)
        for index, end in enumerate(situation.ends)
        if end < NEVER and any(is_open[task] for task in situation.members[index])
    ]
    if not ahead:
        return None
    end, index = min(ahead)
    key = situation.plan.stages[index].id
    return NextMilestone(key, situation.milestone_title(key), hours_in(end - situation.at))


def valid_review(situation: Situation, milestone: Milestone) -> Review | None:
    """Return the review of a milestone where it counts: by an agent that did none of its work."""
    review = milestone.review
    if review is None or review.at > situation.now or review.by not in situation.mission.agents:
        return None
    return None if review.by in _workers(situation, milestone) else review


def _workers(situation: Situation, milestone: Milestone) -> set[AgentId]:
    """Return whose work a milestone is: the agents of its tasks, else the first that names each."""
    named, index, ids = situation.facts.named, situation.network.task_index, situation.agent_ids
    tasks = situation.mission.tasks
    workers: set[AgentId] = set()
    for key in milestone.tasks:
        if key in tasks:
            agent = tasks[key].agent
            if agent is not None:
                workers.add(agent)
            elif index[key] in named:
                workers.add(ids[named[index[key]][0]])
    return workers


def mission_quality(situation: Situation) -> float | None:
    """Return the mean of the tasks' quality and the reviews' scores, weighted by estimates."""
    plan = situation.plan
    pairs = [
        (float(work), quality)
        for work, quality, gone in zip(
            plan.likely, situation.tasks.quality, plan.cancelled, strict=True
        )
        if quality is not None and not gone
    ]
    for index, milestone in enumerate(situation.mission.milestones.values()):
        review = valid_review(situation, milestone)
        if review is not None and review.score is not None:
            weight = sum(plan.likely[task] for task in situation.members[index])
            pairs.append((float(weight), review.score))
    return weighted_mean(pairs)


def earned_value(situation: Situation) -> EarnedValue:
    """Return planned value, earned value and actual cost, planned work spread evenly in time."""
    plan, baseline, at = situation.plan, situation.baseline, situation.at
    work = [0 if gone else each for each, gone in zip(plan.likely, plan.cancelled, strict=True)]
    planned = [
        each * _share_passed(start, finish, at)
        for each, start, finish in zip(work, baseline.start, baseline.finish, strict=True)
    ]
    earned = [each * done / 100 for each, done in zip(work, situation.facts.progress, strict=True)]
    return EarnedValue(
        planned_hours=sum(planned) / TICKS_PER_HOUR,
        earned_hours=sum(earned) / TICKS_PER_HOUR,
        actual_hours=sum(ticks_in(each) for each in situation.tasks.spent if each) / TICKS_PER_HOUR,
    )


def _share_passed(start: int, finish: int, at: int) -> float:
    """Return how much of a stretch has passed."""
    if at >= finish:
        return 1.0
    return 0.0 if at <= start else (at - start) / (finish - start)


def _variance(situation: Situation, forecast: int | None, baseline: int | None) -> float | None:
    if forecast is None or forecast >= NEVER or baseline is None:
        return None
    length = baseline - situation.plan.started
    return 100 * (baseline - forecast) / length if length > 0 else None


def _standing(situation: Situation, forecast: int | None, baseline: int | None) -> Standing:
    """Return how the forecast stands against the limit, whatever blocks or is silent."""
    if forecast is None:
        return Standing.ON_TRACK
    if forecast >= NEVER:
        return Standing.DELAYED
    length = 0 if baseline is None else max(0, baseline - situation.plan.started)
    deadline = situation.mission.deadline
    if deadline is not None:
        limit = float(ticks_at(deadline))
    elif baseline is not None:
        limit = baseline + MARGIN_SHARE * length
    else:
        return Standing.ON_TRACK
    if forecast > limit + DELAYED_SHARE * length:
        return Standing.DELAYED
    chance = chance_by(situation, WHOLE, deadline)
    is_unlikely = chance is not None and chance < LIKELY
    return Standing.AT_RISK if forecast > limit or is_unlikely else Standing.ON_TRACK


def _is_endangered(situation: Situation) -> bool:
    """Say whether a critical task has an open blocker, or is in the hands of a silent agent."""
    critical = situation.schedule.criticality.is_critical
    index = situation.network.task_index
    blocked = (index.get(each.task, -1) for each in situation.open_blockers.values() if each.task)
    if any(task >= 0 and critical[task] for task in blocked):
        return True
    agent = situation.schedule.agent
    hands = {agent[task] for task, each in enumerate(critical) if each and agent[task] >= 0}
    return any(situation.silent_since(each) is not None for each in hands)
