"""Plans as somebody might write them by hand."""

from collections.abc import Iterable
from typing import Any

from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import (
    Method,
    PlanChange,
    PlanChangeKind,
    PlanOption,
    Slot,
    Strategy,
)
from tests.builders import after


def slot(task: str, agent: str | None, start: float | None, finish: float | None) -> Slot:
    """Return who does a task from when to when, in hours after the start."""
    return Slot(
        TaskId(task),
        None if agent is None else AgentId(agent),
        None if start is None else after(start),
        None if finish is None else after(finish),
    )


def split(task: str, *parts: str) -> PlanChange:
    """Return that parts replace a task."""
    return PlanChange(PlanChangeKind.SPLIT, TaskId(task), after=parts)


def option(*slots: Slot, strategy: Strategy = Strategy.REASSIGN, **fields: Any) -> PlanOption:
    """Return a plan with this schedule."""
    ends = [each.finish for each in slots]
    whole: dict[str, Any] = {
        "id": "B",
        "strategy": strategy,
        "title": "A plan",
        "method": Method.RULES,
        "finish": None if None in ends else max(ends, default=None),  # type: ignore[type-var]
        "makespan_hours": None,
        "lower_bound_hours": None,
        "is_optimal": False,
        "saves_hours": None,
        "lateness_hours": None,
        "agent_hours": 0.0,
        "activation_hours": 0.0,
        "probability_on_time": None,
        "reassigned": 0,
        "moved": 0,
        "dropped": (),
        "lost_scope": (),
        "is_recommended": False,
        "trade_offs": (),
        "milestones": (),
        "changes": (),
        "schedule": slots,
        "edits": (),
    }
    return PlanOption(**(whole | fields))


def written(one: Mission, edits: Iterable[Edit]) -> Mission:
    """Return a mission as it reads with `edits` in it."""
    tree = one.model_dump(by_alias=True)
    for edit in edits:
        *above, key = edit.place
        place = tree
        for name in above:
            place = place[name]
        if isinstance(edit, Put):
            place[key] = edit.value
        else:
            place.pop(key)
    return Mission.model_validate(tree)
