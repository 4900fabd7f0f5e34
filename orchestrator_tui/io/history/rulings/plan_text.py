"""Accepted plans, and the causes that were decided, as JSON and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orchestrator_tui.domain.accepted_plan import (
    AcceptedPlan,
    AgentTouched,
    DecidedCause,
    MilestonePromise,
)
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.io.history.coding import stored_time, told_time

Json = dict[str, Any]
Planned = Mapping[TaskId, tuple[datetime | None, datetime | None]]


def plan_written(plan: AcceptedPlan) -> Json:
    """Return `plan` as JSON values."""
    return {
        "strategy": plan.strategy.value,
        "title": plan.title,
        "finish": _time_written(plan.finish),
        "kept": _time_written(plan.kept_finish),
        "milestones": [
            [each.id, _time_written(each.finish), _time_written(each.kept_finish)]
            for each in plan.milestones
        ],
        "frozen": stored_time(plan.baseline.frozen),
        "planned": {
            task: [_time_written(start), _time_written(finish)]
            for task, (start, finish) in plan.baseline.planned.items()
        },
        "touched": [_touched_written(each) for each in plan.touched],
        "change": plan.scope_change,
    }


def plan_told(written: Json) -> AcceptedPlan:
    """Return the plan that JSON values tell; raises what is raised where they tell none."""
    change = written["change"]
    return AcceptedPlan(
        strategy=Strategy(written["strategy"]),
        title=str(written["title"]),
        finish=_time_told(written["finish"]),
        kept_finish=_time_told(written["kept"]),
        milestones=tuple(
            MilestonePromise(MilestoneId(str(key)), _time_told(finish), _time_told(kept))
            for key, finish, kept in written["milestones"]
        ),
        baseline=Baseline(told_time(written["frozen"]), _planned_told(written["planned"])),
        touched=tuple(_touched_told(each) for each in written["touched"]),
        scope_change=None if change is None else ChangeId(str(change)),
    )


def cause_written(cause: DecidedCause) -> list[str]:
    """Return a cause as JSON values."""
    return [cause.kind.value, cause.subject, cause.cause]


def cause_told(written: list[Any]) -> DecidedCause:
    """Return the cause that JSON values tell; raises what is raised where they tell none."""
    kind, subject, cause = written
    return DecidedCause(TriggerKind(kind), str(subject), str(cause))


def _touched_written(each: AgentTouched) -> Json:
    return {
        "agent": each.agent,
        "activated": each.is_activated,
        "gets": list(each.gets),
        "loses": list(each.loses),
        "order": list(each.order),
    }


def _touched_told(written: Json) -> AgentTouched:
    return AgentTouched(
        AgentId(str(written["agent"])),
        is_activated=bool(written["activated"]),
        gets=_tasks_told(written["gets"]),
        loses=_tasks_told(written["loses"]),
        order=_tasks_told(written["order"]),
    )


def _tasks_told(written: list[Any]) -> tuple[TaskId, ...]:
    return tuple(TaskId(str(each)) for each in written)


def _planned_told(written: Json) -> Planned:
    return {
        TaskId(task): (_time_told(start), _time_told(finish))
        for task, (start, finish) in written.items()
    }


def _time_written(moment: datetime | None) -> int | None:
    return None if moment is None else stored_time(moment)


def _time_told(written: Any) -> datetime | None:
    return None if written is None else told_time(written)
