"""What a plan disturbs, and what it costs: of plans that are as good, the least is best."""

from typing import Final

from orchestrator_tui.engine.replanning.problem.incumbent import Incumbent
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Activity, Problem
from orchestrator_tui.engine.scheduling.ticks import NEVER

REASSIGNED_MINUTES: Final = 1000
"""What a task in other hands weighs, in minutes by which others begin at another time."""
NEAR_SHARE: Final = 4
"""Activities that were to start in the first quarter of the time are to stay where they are."""


def disturbance_of(problem: Problem, plan: Incumbent, makespan: int) -> tuple[int, int, int]:
    """Return what `plan` leaves out, what it changes, and what it costs; the least is best.

    `makespan` says what is near.
    """
    dropped = changes = 0
    cost = sum(problem.activation[n] for n, each in enumerate(plan.choice.sequences) if each)
    for number, activity in enumerate(problem.activities):
        agent = plan.choice.agents[number]
        if agent == ABSENT:
            dropped += least_minutes(activity) if activity.is_optional else 0
            continue
        cost += next(mode.minutes for mode in activity.modes if mode.agent == agent)
        if not activity.is_part and activity.holder != ABSENT:
            changes += REASSIGNED_MINUTES * (agent != activity.holder)
            if is_near(activity, makespan):
                changes += abs(plan.times.start[number] - activity.start)
    return dropped, changes, cost


def least_minutes(activity: Activity) -> int:
    """Return the least work that an activity is in anybody's hands, a minute at least."""
    return max(1, min((mode.minutes for mode in activity.modes), default=1))


def is_near(activity: Activity, makespan: int) -> bool:
    """Say whether an activity is so near that people count on its start."""
    return activity.start < NEVER and activity.start * NEAR_SHARE <= makespan
