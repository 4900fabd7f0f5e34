"""What missions tell of finished work, of blockers, and of reviews."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.experience import (
    MOST_RECORDS,
    NO_EXPERIENCE,
    BlockedSpell,
    Experience,
    ReviewRecord,
    SilentSpell,
    WorkRecord,
)
from orchestrator_tui.domain.ids import MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.domain.standing import Verdict
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.scheduling.absences import absences_of
from orchestrator_tui.engine.scheduling.ticks import hours_in, ticks_at, ticks_in

Kept = TypeVar("Kept")


def records_of(mission_id: MissionId, mission: Mission, now: datetime) -> Experience:
    """Return what one mission tells at `now`; what is stamped later has not happened yet."""
    return _in_order(
        Experience(
            tuple(_work(mission_id, mission, now)),
            tuple(_blocked(mission_id, mission, now)),
            tuple(_reviews(mission_id, mission, now)),
        )
    )


def gathered(missions: Iterable[KnownMission], now: datetime) -> Experience:
    """Return what the history holds and all that `missions` tell, each thing once.

    Where both know of a thing, what the mission says now counts.
    """
    known = sorted(missions, key=lambda each: each.id)
    held = {id(each.facts.experience): each.facts.experience for each in known}
    told = [records_of(each.id, each.mission, now) for each in known if each.mission is not None]
    return joined((*held.values(), *told))


def joined(parts: Iterable[Experience]) -> Experience:
    """Return several experiences as one; of two things with the same key the later part's counts.

    The newest few thousand of each kind stay, in order of time, then of their keys.
    """
    some = [each for each in parts if each != NO_EXPERIENCE]
    return _in_order(
        Experience(
            tuple({each.key: each for part in some for each in part.work}.values()),
            tuple({each.key: each for part in some for each in part.blocked}.values()),
            tuple({each.key: each for part in some for each in part.reviews}.values()),
            tuple({_silence(each)[1:]: each for part in some for each in part.silences}.values()),
        )
    )


def category_of(task: Task) -> str:
    """Return the skill of which a task asks most, the first of equals; empty if it asks none."""
    return max(task.skills, key=lambda skill: task.skills[skill], default="")


def groups_of(mission: Mission) -> dict[TaskId, MilestoneId]:
    """Return by task the first milestone, in mission order, that it is done for."""
    found: dict[TaskId, MilestoneId] = {}
    for key, milestone in mission.milestones.items():
        for task in milestone.tasks:
            found.setdefault(task, key)
    return found


def _work(mission_id: MissionId, mission: Mission, now: datetime) -> Iterator[WorkRecord]:
    groups = groups_of(mission)
    for key, task in mission.tasks.items():
        if task.finished is None or task.finished > now or task.cancelled:
            continue
        agent = mission.agents.get(task.agent) if task.agent is not None else None
        estimate = hours_in(ticks_in(task.duration_by(task.agent)))
        actual = _actual_hours(task, agent)
        if estimate > 0 and actual > 0:
            yield WorkRecord(
                mission_id, key, task.finished, estimate, actual,
                task.agent or "", category_of(task), groups.get(key, ""),
            )  # fmt: skip


def _actual_hours(task: Task, agent: Agent | None) -> float:
    """Return the hours that a finished task took; 0 where nothing tells."""
    if task.spent:
        return hours_in(ticks_in(task.spent))
    if task.started is None or task.finished is None:
        return 0.0
    begin, end = ticks_at(task.started), ticks_at(task.finished)
    away = sum(
        max(0, min(back, end) - max(gone, begin))
        for gone, back in absences_of(() if agent is None else agent.unavailable)
    )
    return hours_in(end - begin - away)


def _blocked(mission_id: MissionId, mission: Mission, now: datetime) -> Iterator[BlockedSpell]:
    for key, each in mission.blockers.items():
        if each.resolved is not None and each.opened <= each.resolved <= now:
            yield BlockedSpell(
                mission_id, key, each.opened, each.resolved, each.severity,
                each.agent or "", each.task or "", cause_of(each),
            )  # fmt: skip


def cause_of(blocker: Blocker) -> str:
    """Return what a blocker is about in one word; empty where nothing tells."""
    return next(iter(blocker.tags), "") or blocker.external or blocker.needs or ""


def _reviews(mission_id: MissionId, mission: Mission, now: datetime) -> Iterator[ReviewRecord]:
    for key, milestone in mission.milestones.items():
        review = milestone.review
        if review is not None and review.at <= now:
            is_rework = review.verdict is Verdict.REWORK
            yield ReviewRecord(
                mission_id, key, review.at, review.by, milestone.type.value, is_rework
            )


def _in_order(one: Experience) -> Experience:
    return Experience(
        _newest(one.work, lambda each: (each.finished, each.key)),
        _newest(one.blocked, lambda each: (each.resolved, each.key)),
        _newest(one.reviews, lambda each: (each.at, each.key)),
        _newest(one.silences, _silence),
    )


def _silence(each: SilentSpell) -> tuple[datetime, str, str, datetime]:
    return each.ended, each.mission, each.agent, each.began


def _newest(kept: Iterable[Kept], order: Callable[[Kept], Any]) -> tuple[Kept, ...]:
    return tuple(sorted(kept, key=order)[-MOST_RECORDS:])
