"""What one entry says about another, or about itself, and cannot be true."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.duration import LONGEST
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.rules.violation import Violation

MOST_WORK: Final = 10 * LONGEST
"""Work of all tasks together; more, one task after the other, would leave the calendar."""

_ALL_DONE = 100.0


def find_impossible_facts(
    mission: Mission, broken: Mapping[str, AbstractSet[str]]
) -> tuple[Violation, ...]:
    """Return a violation for each statement that cannot be true."""
    return (
        *_of_agents(mission),
        *_of_tasks(mission),
        *_of_all_work(mission),
        *_of_membership(mission),
        *_of_reviews(mission, broken.get("agents", frozenset())),
        *_of_blockers(mission),
    )


def _of_agents(mission: Mission) -> Iterator[Violation]:
    for agent_id, agent in mission.agents.items():
        task = mission.tasks.get(agent.task) if agent.task is not None else None
        if task is not None and task.cancelled:
            yield Violation(
                ("agents", agent_id, "task"),
                f"`agents.{agent_id}.task` {agent.task!r} is cancelled: name another, or none",
                other=("tasks", str(agent.task), "cancelled"),
            )
        for at, window in enumerate(agent.unavailable):
            if window.start and window.until and window.start >= window.until:
                yield Violation(
                    ("agents", agent_id, "unavailable", at, "until"),
                    f"`agents.{agent_id}.unavailable[{at}]` ends before it begins: write `from`"
                    " before `until`",
                )


def _of_tasks(mission: Mission) -> Iterator[Violation]:
    for task_id, task in mission.tasks.items():
        if task.finished is None:
            continue
        if task.started is not None and task.finished < task.started:
            yield Violation(
                ("tasks", task_id, "finished"),
                f"`tasks.{task_id}.finished` is before `started`: correct one of the two",
                other=("tasks", task_id, "started"),
            )
        if task.progress is not None and task.progress != _ALL_DONE:
            yield Violation(
                ("tasks", task_id, "progress"),
                f"`tasks.{task_id}.progress` is {task.progress:g}, but the task is `finished`:"
                " write 100, or remove `finished`",
                other=("tasks", task_id, "finished"),
            )


def _of_all_work(mission: Mission) -> Iterator[Violation]:
    works = {key: _most_work(task) for key, task in mission.tasks.items()}
    if sum(works.values(), timedelta()) > MOST_WORK:
        longest = max(works, key=works.__getitem__)
        yield Violation(
            ("tasks", longest, "estimate"),
            f"`tasks.{longest}.estimate`, with all other work, is more than ten centuries:"
            " correct the estimates",
        )


def _most_work(task: Task) -> timedelta:
    """Return the longest that a task can take in the plan or the forecast, in any hands."""
    longest = task.estimate.likely
    if task.remaining is not None:
        longest = max(longest, task.remaining)
    if task.estimate_by:
        longest = max(longest, *task.estimate_by.values())
    return longest


def _of_membership(mission: Mission) -> Iterator[Violation]:
    first: dict[TaskId, tuple[str, int]] = {}
    for milestone_id, milestone in mission.milestones.items():
        for at, task in enumerate(milestone.tasks):
            there = first.setdefault(task, (milestone_id, at))
            if there == (milestone_id, at):
                continue
            whose = "twice in it" if there[0] == milestone_id else f"in {there[0]} too"
            yield Violation(
                ("milestones", milestone_id, "tasks", at),
                f"`milestones.{milestone_id}.tasks[{at}]` {task!r} is {whose}: a task belongs to"
                " one milestone",
                other=("milestones", there[0], "tasks", there[1]),
            )


def _of_reviews(mission: Mission, unreadable: AbstractSet[str]) -> Iterator[Violation]:
    for milestone_id, milestone in mission.milestones.items():
        if milestone.reviewer is None and milestone.review is None:
            continue
        own = _agents_of(milestone, mission)
        if milestone.reviewer in own:
            yield Violation(
                ("milestones", milestone_id, "reviewer"),
                f"`milestones.{milestone_id}.reviewer` {milestone.reviewer!r} works on its tasks:"
                " name an agent that does not",
            )
        if milestone.review is not None:
            by = milestone.review.by
            why = "works on its tasks" if by in own else "is not the id of an agent"
            if by in own or (by not in mission.agents and by not in unreadable):
                yield Violation(
                    ("milestones", milestone_id, "review", "by"),
                    f"`milestones.{milestone_id}.review.by` {by!r} {why}: the review counts for"
                    " nothing",
                    severity=Severity.WARNING,
                )


def _agents_of(milestone: Milestone, mission: Mission) -> set[AgentId]:
    tasks = (mission.tasks.get(each) for each in milestone.tasks)
    return {task.agent for task in tasks if task is not None and task.agent is not None}


def _of_blockers(mission: Mission) -> Iterator[Violation]:
    for blocker_id, blocker in mission.blockers.items():
        if blocker.criterion is not None and blocker.milestone is None:
            yield Violation(
                ("blockers", blocker_id, "criterion"),
                f"`blockers.{blocker_id}.criterion` belongs to a milestone: write `milestone` too",
            )
        if blocker.resolved is not None and blocker.resolved < blocker.opened:
            yield Violation(
                ("blockers", blocker_id, "resolved"),
                f"`blockers.{blocker_id}.resolved` is before `opened`: correct one of the two",
                severity=Severity.WARNING,
                other=("blockers", blocker_id, "opened"),
            )
