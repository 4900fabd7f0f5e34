"""What if: a mission as it would be if something else were so; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.agent import Agent, Window
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.external import Change, ChangeDecision, ChangeVerdict
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.naming import not_found

_WHOLE: Final = 100.0
_BY: Final = "what-if"
"""Who decided a change in a mission that is only imagined."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is to be other than it is."""

    unavailable: tuple[tuple[AgentId, datetime | None], ...] = ()
    """Agents that are away from now until then; None: for ever."""
    drop: tuple[TaskId, ...] = ()
    """Tasks that are cancelled."""
    deadline: datetime | None = None
    """The mission's; None: as it is."""
    dues: tuple[tuple[MilestoneId, datetime], ...] = ()
    """When milestones are due."""
    change: ChangeId | None = None
    """The change request that is taken in."""


AS_IT_IS: Final = WhatIf()


def imagined(mission: Mission, what_if: WhatIf, now: datetime) -> Mission:
    """Return `mission` as it would be at `now`.

    Raises MissionNotFound where an id names nothing, UsageError where something cannot be.
    """
    if what_if == AS_IT_IS:
        return mission
    changed = mission if what_if.change is None else taken_in(mission, what_if.change, now)
    update: dict[str, object] = {
        "agents": _with_absences(changed, what_if.unavailable, now),
        "milestones": _with_dues(changed, what_if.dues),
    }
    if what_if.deadline is not None:
        update["deadline"] = what_if.deadline
    there = changed.model_copy(update=update)
    for each in what_if.drop:
        _refuse_to_drop(there, each, now)
    return without(there, what_if.drop)


def taken_in(mission: Mission, key: ChangeId, now: datetime) -> Mission:
    """Return `mission` with a change request accepted and carried out at `now`.

    Raises MissionNotFound where there is none of that name, UsageError where it was decided.
    """
    change = mission.changes.get(key)
    if change is None:
        raise not_found("change request", key, mission.changes)
    if change.decision is not None and change.decision.at <= now:
        was = change.decision.decision.value.lower()
        raise UsageError(f"{key} was {was} at {format_instant(change.decision.at)} already")
    verdict = ChangeDecision(by=_BY, at=now, decision=ChangeVerdict.ACCEPTED)
    decided = change.model_copy(update={"decision": verdict})
    update = {
        "tasks": _with_added(mission.tasks, change),
        "changes": {**mission.changes, key: decided},
    }
    going = tuple(each for each in change.remove if _is_open(mission.tasks[each], now))
    return without(mission.model_copy(update=update), going)


def without(mission: Mission, dropped: tuple[TaskId, ...]) -> Mission:
    """Return `mission` with tasks cancelled; no agent works on them any more."""
    gone = frozenset(dropped)
    if not gone:
        return mission
    tasks = {
        key: each.model_copy(update={"cancelled": True}) if key in gone else each
        for key, each in mission.tasks.items()
    }
    agents = {
        key: each.model_copy(update={"task": None}) if each.task in gone else each
        for key, each in mission.agents.items()
    }
    return mission.model_copy(update={"tasks": tasks, "agents": agents})


def _with_added(tasks: Mapping[TaskId, Task], change: Change) -> dict[TaskId, Task]:
    """Return the tasks and those that a change adds; one that is there already stays as it is."""
    return {**tasks, **{key: each for key, each in change.add.items() if key not in tasks}}


def _is_open(task: Task, now: datetime) -> bool:
    if task.finished is not None:
        return task.finished > now
    return task.progress != _WHOLE


def _refuse_to_drop(mission: Mission, key: TaskId, now: datetime) -> None:
    task = mission.tasks.get(key)
    if task is None:
        raise not_found("task", key, mission.tasks)
    if not _is_open(task, now):
        raise UsageError(f"{key} is finished: there is nothing left to drop")


def _with_absences(
    mission: Mission, absences: tuple[tuple[AgentId, datetime | None], ...], now: datetime
) -> dict[AgentId, Agent]:
    agents = dict(mission.agents)
    for key, until in absences:
        if key not in agents:
            raise not_found("agent", key, agents)
        if until is not None and until <= now:
            raise UsageError(
                f"{key} cannot be away until {format_instant(until)}: that is not after"
                f" {format_instant(now)}"
            )
        window = Window.model_validate({"from": now, "until": until})
        away = (*agents[key].unavailable, window)
        agents[key] = agents[key].model_copy(update={"unavailable": away})
    return agents


def _with_dues(
    mission: Mission, dues: tuple[tuple[MilestoneId, datetime], ...]
) -> dict[MilestoneId, Milestone]:
    milestones = dict(mission.milestones)
    for key, due in dues:
        if key not in milestones:
            raise not_found("milestone", key, milestones)
        milestones[key] = milestones[key].model_copy(update={"due": due})
    return milestones
