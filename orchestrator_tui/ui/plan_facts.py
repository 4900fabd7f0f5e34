"""What of a mission a plan depends on: only if that changes is it worth another search."""

from typing import TYPE_CHECKING

from orchestrator_tui.domain.assessment import Judgement

if TYPE_CHECKING:
    from orchestrator_tui.domain.agent import Agent
    from orchestrator_tui.domain.milestone import Milestone
    from orchestrator_tui.domain.mission import Mission
    from orchestrator_tui.domain.task import Task

PlanFacts = tuple[object, ...]
"""Equal where a plan for one version of a mission is one for the other."""


def plan_facts(mission: "Mission", judgement: Judgement) -> PlanFacts:
    """Return what decides which plans there are; words, scores and freshness do not."""
    return (
        mission.deadline,
        mission.policy.replan,
        tuple((key, _of_agent(each)) for key, each in mission.agents.items()),
        tuple((key, _of_task(each)) for key, each in mission.tasks.items()),
        tuple((key, _of_milestone(each)) for key, each in mission.milestones.items()),
        tuple((key, each.decision, each.add, each.remove) for key, each in mission.changes.items()),
        tuple((each.id, each.state, each.remaining_hours) for each in judgement.tasks),
        tuple((each.id, each.status) for each in judgement.milestones),
        tuple((each.kind, each.subject) for each in judgement.triggers),
    )


def _of_agent(each: "Agent") -> PlanFacts:
    return (
        each.skills, each.queue, each.standby, each.activation_cost, each.unavailable, each.task,
    )  # fmt: skip


def _of_task(each: "Task") -> PlanFacts:
    return (
        each.agent, each.skills, each.estimate, each.estimate_by, each.after, each.priority,
        each.optional, each.earliest, each.alternatives, each.cancelled,
    )  # fmt: skip


def _of_milestone(each: "Milestone") -> PlanFacts:
    return each.tasks, each.after, each.due, each.gate
