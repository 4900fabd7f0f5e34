"""What a model is to make least: lateness, the end, then what a plan disturbs and costs."""

from enum import Enum, auto
from typing import Any

from orchestrator_tui.engine.replanning.problem.disturbance import (
    REASSIGNED_MINUTES,
    is_near,
    least_minutes,
)
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Activity, Problem, Score
from orchestrator_tui.engine.replanning.solving.plan_model import PlanModel, Variables
from orchestrator_tui.engine.replanning.solving.plan_rows import Ends


class Goal(Enum):
    """What is to be least."""

    LATENESS = auto()
    BOTH = auto()
    """Lateness, and at the least lateness the end."""
    MAKESPAN = auto()
    DISTURBANCE = auto()


def aim(plan: PlanModel, ends: Ends, goal: Goal, *, limit: Score) -> None:
    """Let `goal` be what the model makes least; what ranks above it stays within `limit`."""
    lateness = _lateness(plan, ends, limit if goal in {Goal.MAKESPAN, Goal.DISTURBANCE} else None)
    match goal:
        case Goal.LATENESS:
            plan.model.minimize(lateness)
        case Goal.BOTH:
            plan.model.minimize(lateness * (plan.horizon + 1) + plan.makespan)
        case Goal.MAKESPAN:
            plan.model.minimize(plan.makespan)
        case Goal.DISTURBANCE:
            plan.model.add(plan.makespan <= limit.makespan)
            plan.model.minimize(_disturbance(plan))


def least_lateness(problem: Problem) -> int:
    """Return what is late whatever is done: dues that are over."""
    return sum(weight * max(0, -minute) for _, minute, weight in problem.dues)


def _lateness(plan: PlanModel, ends: Ends, limit: Score | None) -> Any:
    """Return the weighted lateness; with a limit it is at most that."""
    late: Any = 0
    for node, minute, weight in plan.problem.dues:
        least = max(0, -minute)
        if plan.horizon - minute > least and not isinstance(ends[node], int):
            most = plan.horizon - minute
            minutes = plan.number(least, most, max(least, plan.around.times.finish[node] - minute))
            row = plan.model.add(minutes >= ends[node] - minute)
            if node < plan.problem.size:
                row.only_enforce_if(plan.activities[node].conditions)
            late += weight * minutes
        else:
            end = ends[node] if isinstance(ends[node], int) else 0
            late += weight * max(least, end - minute)
    if limit is not None and not isinstance(late, int):
        plan.model.add(late <= limit.lateness)
    return late


def _disturbance(plan: PlanModel) -> Any:
    """Return work that is left out; then what changes; then what it costs; as one number."""
    problem = plan.problem
    cost, most_cost = _cost(plan)
    changes, most_changes = _changes(plan)
    dropped = sum(
        least_minutes(activity) * (1 - each.presence)
        for activity, each in zip(problem.activities, plan.activities, strict=True)
        if activity.is_optional
    )
    return (dropped * (most_changes + 1) + changes) * (most_cost + 1) + cost


def _changes(plan: PlanModel) -> tuple[Any, int]:
    """Return reassignments and shifts, in minutes, and the most that they can be."""
    changes: Any = 0
    most = 0
    for activity, each in zip(plan.problem.activities, plan.activities, strict=True):
        if activity.is_part or activity.holder == ABSENT or each.is_never or not each.hands:
            continue
        own = [hand.literal for hand in each.hands if hand.agent == activity.holder]
        changes += REASSIGNED_MINUTES * (each.presence - sum(own))
        most += REASSIGNED_MINUTES
        if is_near(activity, plan.around.score.makespan):
            changes += _shift(plan, activity, each)
            most += max(plan.horizon, activity.start)
    return changes, most


def _shift(plan: PlanModel, activity: Activity, each: Variables) -> Any:
    """Return by how many minutes an activity begins earlier or later than it would."""
    most = max(plan.horizon, activity.start)
    shift = plan.number(0, most)
    for row in (shift >= each.start - activity.start, shift >= activity.start - each.start):
        plan.model.add(row).only_enforce_if(each.conditions)
    return shift


def _cost(plan: PlanModel) -> tuple[Any, int]:
    """Return what it costs to bring agents in, and all work, and the most that they can be."""
    problem = plan.problem
    cost: Any = 0
    most = sum(problem.activation)
    for agent, minutes in enumerate(problem.activation):
        used = [
            hand.literal
            for each in plan.activities
            for hand in each.hands
            if hand.agent == agent and minutes
        ]
        if used and not plan.release[agent]:
            is_in = plan.claim(hint=bool(plan.around.choice.sequences[agent]))
            for literal in used:
                plan.model.add(is_in >= literal)
            cost += minutes * is_in
    for each in plan.activities:
        cost += sum(hand.minutes * hand.literal for hand in each.hands)
        most += max((hand.minutes for hand in each.hands), default=0)
    return cost, most
