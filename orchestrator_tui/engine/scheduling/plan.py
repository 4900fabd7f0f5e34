"""The plan of a mission as plain columns: all that the network and the baseline follow from.

A plan holds values only, so two versions of a mission with the same plan have equal plans, and what
follows from it need not be found again when only reports have changed.
"""

from datetime import timedelta
from typing import NamedTuple

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.engine.scheduling.columns import Columns
from orchestrator_tui.engine.scheduling.ticks import ticks_at, ticks_in

RANK_OF = {level: level.rank for level in Level}


class Member(NamedTuple):
    """One agent, as far as the plan goes."""

    id: AgentId
    is_standby: bool
    skills: tuple[tuple[str, int], ...]
    queue: tuple[TaskId, ...]


class Stage(NamedTuple):
    """One milestone, as far as the plan goes."""

    id: MilestoneId
    tasks: tuple[TaskId, ...]
    after: tuple[MilestoneId, ...]


class Plan(NamedTuple):
    """The plan: one value a task in each column, in mission order."""

    started: int
    team: tuple[Member, ...]
    stages: tuple[Stage, ...]
    ids: tuple[TaskId, ...]
    agents: tuple[AgentId | None, ...]
    likely: tuple[int, ...]
    """Ticks of work in hands that `estimate_by` does not name."""
    others: tuple[tuple[tuple[AgentId, int], ...], ...]
    """Ticks of work in the hands that `estimate_by` names."""
    skills: tuple[tuple[tuple[str, int], ...], ...]
    after: tuple[tuple[str, ...], ...]
    ranks: tuple[int, ...]
    """0 for LOW up to 3 for CRITICAL."""
    earliest: tuple[int, ...]
    """Ticks; nothing begins before the mission does."""
    cancelled: tuple[bool, ...]


def plan_of(mission: Mission, tasks: Columns) -> Plan:
    """Return the plan of `mission`, whose tasks are given as columns."""
    started = ticks_at(mission.started)
    return Plan(
        started=started,
        team=tuple(_member(key, agent) for key, agent in mission.agents.items()),
        stages=tuple(
            Stage(key, milestone.tasks, milestone.after)
            for key, milestone in mission.milestones.items()
        ),
        ids=tasks.id,
        agents=tasks.agent,
        likely=tuple([ticks_in(each.likely) for each in tasks.estimate]),
        others=tuple([_others(each) if each else () for each in tasks.estimate_by]),
        skills=tuple([tuple(each.items()) if each else () for each in tasks.skills]),
        after=tasks.after,
        ranks=tuple([RANK_OF[each] for each in tasks.priority]),
        earliest=tuple(
            [started if each is None else max(started, ticks_at(each)) for each in tasks.earliest]
        ),
        cancelled=tasks.cancelled,
    )


def _member(key: AgentId, agent: Agent) -> Member:
    return Member(key, agent.standby, tuple(agent.skills.items()), agent.queue)


def _others(estimate_by: dict[AgentId, timedelta]) -> tuple[tuple[AgentId, int], ...]:
    return tuple((agent, ticks_in(work)) for agent, work in estimate_by.items())
