"""The plan of a mission as plain columns: all that the network and the baseline follow from.

A plan holds values only, so two versions of a mission with the same plan have equal plans, and what
follows from it need not be found again when only reports have changed.
"""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.policy import Level
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.ticks import ticks_at, ticks_in

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
    """Ticks; 0 where none is given."""
    cancelled: tuple[bool, ...]


def plan_of(mission: Mission) -> Plan:
    """Return the plan of `mission`."""
    tasks = list(mission.tasks.values())
    return Plan(
        started=ticks_at(mission.started),
        team=tuple(_member(id, agent) for id, agent in mission.agents.items()),
        stages=tuple(
            Stage(id, milestone.tasks, milestone.after)
            for id, milestone in mission.milestones.items()
        ),
        ids=tuple(mission.tasks),
        agents=tuple([each.agent for each in tasks]),
        likely=tuple([ticks_in(each.estimate.likely) for each in tasks]),
        others=tuple([_others(each) for each in tasks]),
        skills=tuple([tuple(each.skills.items()) if each.skills else () for each in tasks]),
        after=tuple([each.after for each in tasks]),
        ranks=tuple([RANK_OF[each.priority] for each in tasks]),
        earliest=tuple([_ticks_or_zero(each.earliest) for each in tasks]),
        cancelled=tuple([each.cancelled for each in tasks]),
    )


def _member(id: AgentId, agent: Agent) -> Member:  # noqa: A002 - the format's own word
    return Member(id, agent.standby, tuple(agent.skills.items()), agent.queue)


def _others(task: Task) -> tuple[tuple[AgentId, int], ...]:
    if not task.estimate_by:
        return ()
    return tuple((agent, ticks_in(work)) for agent, work in task.estimate_by.items())


def _ticks_or_zero(moment: datetime | None) -> int:
    return 0 if moment is None else ticks_at(moment)
