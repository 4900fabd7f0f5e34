"""Every agent: what it does, how far it is, and whether it can be believed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.agent_assessment import AgentAssessment, Away, Verified
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import AgentId, BlockerId, TaskId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import AgentState, EscalationLevel
from orchestrator_tui.engine.acknowledging import who_watches
from orchestrator_tui.engine.contradictions import find_failing
from orchestrator_tui.engine.freshness import find_contradictions, find_doubts, is_fresh
from orchestrator_tui.engine.overload import find_overloaded
from orchestrator_tui.engine.progress import weighted_mean
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in, moment_if_ever, ticks_in
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.testimony import observed_of, reported_by, verified_by_agent


class _Found(NamedTuple):
    """What other judgements found of one agent."""

    level: EscalationLevel | None
    is_overloaded: bool
    contradictions: tuple[str, ...]
    quality: float | None
    blockers: tuple[BlockerId, ...]
    verified: Verified | None


def judge_agents(
    situation: Situation,
    escalations: Iterable[EscalationAssessment],
    milestones: Sequence[MilestoneAssessment],
) -> tuple[AgentAssessment, ...]:
    """Return every agent, in mission order."""
    levels: dict[AgentId, EscalationLevel] = {}
    for each in escalations:
        if each.agent is not None:
            levels[each.agent] = max(each.level, levels.get(each.agent, each.level))
    overloaded = find_overloaded(situation)
    doubts = find_doubts(situation)
    failing = find_failing(situation, milestones)
    verified = verified_by_agent(situation, milestones)
    quality = _quality(situation)
    blockers = blockers_by_agent(situation)
    return tuple(
        _judge(
            situation,
            index,
            _Found(
                level=levels.get(key),
                is_overloaded=index in overloaded,
                contradictions=find_contradictions(situation, index, doubts, failing),
                quality=quality[index],
                blockers=blockers[index],
                verified=verified[index],
            ),
        )
        for index, key in enumerate(situation.agent_ids)
    )


def blockers_by_agent(situation: Situation) -> list[tuple[BlockerId, ...]]:
    """Return by agent the open blockers that name it or its current task."""
    current = [situation.current_task(agent) for agent in range(len(situation.agent_ids))]
    agents_on: dict[int, list[int]] = {}
    for agent, task in enumerate(current):
        if task is not None:
            agents_on.setdefault(task, []).append(agent)
    found: list[list[BlockerId]] = [[] for _ in current]
    for key, each in situation.open_blockers.items():
        named = -1 if each.agent is None else situation.network.agent_index.get(each.agent, -1)
        task = -1 if each.task is None else situation.network.task_index.get(each.task, -1)
        for agent in sorted({named, *agents_on.get(task, ())} - {-1}):
            found[agent].append(key)
    return [tuple(each) for each in found]


def _judge(situation: Situation, index: int, found: _Found) -> AgentAssessment:
    key = situation.agent_ids[index]
    agent = situation.mission.agents[key]
    task = situation.current_task(index)
    return AgentAssessment(
        id=key,
        title=agent.title or key,
        icon=agent.icon,
        state=_state(
            agent, found.level, has_work=bool(situation.in_hand[index]), blockers=found.blockers
        ),
        reported_state=agent.state,
        task=None if task is None else situation.plan.ids[task],
        task_title=None if task is None else situation.title_of(task),
        progress_percent=None if task is None else situation.facts.progress[task],
        spent_hours=None if task is None else _spent(situation, task),
        estimate_hours=None if task is None else _estimate(situation, task, index),
        eta_hours=None if task is None else _eta(situation, task),
        queue=_queue(situation, index, task),
        is_overloaded=found.is_overloaded,
        blockers=found.blockers,
        escalation_level=found.level,
        quality_score=found.quality,
        updated=situation.last_report(agent),
        is_fresh=is_fresh(situation, index),
        is_silent=situation.silent_since(index) is not None,
        contradictions=found.contradictions,
        note=agent.note,
        is_standby=agent.standby,
        is_away=index in situation.away,
        away=_absences(situation, index),
        skills=tuple(agent.skills.items()),
        acknowledged_by=who_watches(situation, key),
        reported=reported_by(situation, index),
        observed=observed_of(situation, index),
        verified=found.verified,
    )


def _state(
    agent: Agent, level: EscalationLevel | None, *, has_work: bool, blockers: tuple[BlockerId, ...]
) -> AgentState:
    if level is not None and level >= EscalationLevel.CRITICAL:
        return AgentState.ESCALATED
    if blockers:
        return AgentState.BLOCKED
    if agent.state is not None:
        return agent.state
    return AgentState.ACTIVE if has_work else AgentState.AVAILABLE


def _queue(situation: Situation, agent: int, current: int | None) -> tuple[TaskId, ...]:
    return tuple(situation.plan.ids[each] for each in situation.sequences[agent] if each != current)


def _absences(situation: Situation, agent: int) -> tuple[Away, ...]:
    return tuple(
        Away(moment_if_ever(start) if start else None, moment_if_ever(end))
        for start, end in situation.schedule.load.absences[agent]
    )


def _spent(situation: Situation, task: int) -> float:
    return hours_in(ticks_in(situation.tasks.spent[task]))


def _estimate(situation: Situation, task: int, agent: int) -> float:
    return hours_in(situation.planned.whole_work(situation.plan, task, agent))


def _eta(situation: Situation, task: int) -> float | None:
    """Return the hours until a task's finish; 0 for one that is finished."""
    if situation.plan.cancelled[task]:
        return None
    finish = situation.schedule.finish[task]
    return None if finish >= NEVER else hours_in(max(0, finish - situation.at))


def _quality(situation: Situation) -> list[float | None]:
    """Return by agent the quality of its own tasks, weighted by their estimates."""
    pairs: list[list[tuple[float, float]]] = [[] for _ in situation.agent_ids]
    plan, owner = situation.plan, situation.facts.owner
    for task, quality in enumerate(situation.tasks.quality):
        if quality is not None and owner[task] >= 0 and not plan.cancelled[task]:
            pairs[owner[task]].append((float(plan.likely[task]), quality))
    return [weighted_mean(each) for each in pairs]
